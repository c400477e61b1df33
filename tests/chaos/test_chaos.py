"""A short run: some trouble of each kind, both sides killed, and nothing lost or doubled."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.chaos.plan import Kind, Plan
from tests.chaos.run import run
from tests.chaos.stores import SIDES
from tests.chaos.tally import total

QUICK = Plan(talking=4, residents=8, settling=120, impatience=2, hurried=True)


@pytest.mark.timeout(240)
@pytest.mark.parametrize("store", Kind)
async def test_nothing_is_lost_and_nothing_doubled(tmp_path: Path, store: Kind) -> None:
    result = await run(replace(QUICK, store=store), tmp_path)

    assert [one.wrong for one in result.fates if one.wrong] == []
    assert total(result.fates) == {
        **dict.fromkeys(("started", "sent", "received", "notified"), QUICK.residents),
        **dict.fromkeys(("lost", "doubled", "stuck"), 0),
    }
    assert result.is_good
    assert all(result.troubles[f"{side} killed"] for side in SIDES)
