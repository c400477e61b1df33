"""A short run: some trouble of each kind, both sides killed, and nothing lost or doubled."""

from pathlib import Path

import pytest

from tests.chaos.plan import Kind, Plan
from tests.chaos.run import run
from tests.chaos.tally import total

QUICK = Plan(talking=6, residents=8, settling=90, impatience=2, hurried=True)


@pytest.mark.timeout(180)
async def test_nothing_is_lost_and_nothing_doubled(tmp_path: Path) -> None:
    result = await run(QUICK, tmp_path)

    assert [one.wrong for one in result.fates if one.wrong] == []
    assert total(result.fates) == {
        **dict.fromkeys(("started", "sent", "received", "notified"), QUICK.residents),
        **dict.fromkeys(("lost", "doubled", "stuck"), 0),
    }
    assert result.is_good
    assert result.troubles["bot killed"] == result.troubles["api killed"] == 1
    assert QUICK.store is Kind.SQLITE
