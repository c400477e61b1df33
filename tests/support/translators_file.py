"""A file that a translator has sent back, with something of everything in it."""

from dataclasses import replace
from typing import Any

from api.services import wordtrips
from api.services.desk import Desk
from common.words.formats import po
from common.words.formats.units import Key, Words
from tests.support.caseload import COORDINATOR


async def bring_words(desk: Desk) -> None:
    """A translator's file: something to take, something to choose, something that is broken."""
    _, data = await wordtrips.export(desk, COORDINATOR, "ar", "po")
    words = po.read(data)
    told: dict[Key, dict[str, Any]] = {
        ("welcome", "question"): {"texts": ("هل يمكننا نقل ما تخبرنا به إلى الفريق؟",)},
        ("language", "question"): {"texts": ("ما اللغة المناسبة لك؟",), "base": "0" * 16},
        ("language", "greeting"): {"texts": ("<b>",)},
        ("language", "other"): {"id": "gone_since"},
    }
    units = (replace(one, **told.get(one.key, {})) for one in words.units)
    await wordtrips.bring(desk, COORDINATOR, "ar", po.write(Words("ar", tuple(units))))
