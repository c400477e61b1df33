"""On the page a question with a clip has a player, whose sound comes from the page's own host."""

import hashlib
from pathlib import Path

from common.contract.publication import Clip, Publication
from tests.support.sound import ogg_opus
from tests.support.webbot import web_bot

SOUND = ogg_opus(2.0)
HASH = hashlib.sha256(SOUND).hexdigest()


def publish(folder: Path) -> None:
    """As an earlier process of the bot has kept it."""
    clip = Clip(language="syl", step="welcome", sha256=HASH, seconds=2)
    kept = Publication(version=2, etag="2", clips=(clip,))
    (folder / "publication.json").write_text(kept.model_dump_json(), encoding="utf-8")
    (folder / "clips").mkdir()
    (folder / "clips" / f"{HASH}.ogg").write_bytes(SOUND)


async def test_sylheti_is_chosen_read_in_bengali_and_heard(tmp_path: Path) -> None:
    publish(tmp_path)
    async with web_bot(tmp_path) as bot:
        visitor = bot.visitor()
        page = await visitor.open()
        assert page.labels["language=syl"] == "সিলেটি"
        assert "<audio" not in page.source
        page = await visitor.press("language=syl")
        assert page.language == "bn"
        assert page.source.count("<audio") == 1
        assert '<audio class="voice" controls preload="none" src="/voices/syl/welcome"' in (
            page.source
        )
        assert "do=listen" not in page.choices, "the player is there already"
        page = await visitor.press("welcome=yes")
        assert page.source.count("<audio") == 1, "this question has no clip"
        heard = await bot.browsers[0].get("/voices/syl/welcome")
        assert (heard.status_code, heard.content) == (200, SOUND)
        assert heard.headers["content-type"] == "audio/ogg"
        part = await bot.browsers[0].get("/voices/syl/welcome", headers={"range": "bytes=0-3"})
        assert (part.status_code, part.content) == (206, b"OggS")
        for missing in ("syl/name", "bn/welcome", "xx/yy"):
            assert (await bot.browsers[0].get(f"/voices/{missing}")).status_code == 404
