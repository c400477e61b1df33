"""What stands still: who is to know after how long, and in what words it is said."""

from datetime import UTC, datetime, timedelta

import pytest

from api.domain.ageing import Stage, stage, words

MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "reached", "why"),
    [
        (0, Stage.NONE, "it has only come"),
        (47, Stage.NONE, "nearly two days"),
        (48, Stage.HOLDER, "two working days"),
        (95, Stage.HOLDER, "nearly four days"),
        (96, Stage.COORDINATORS, "four working days"),
        (24 * 30, Stage.COORDINATORS, "a month"),
    ],
)
def test_who_is_to_know(hours: int, reached: Stage, why: str) -> None:
    assert stage(MONDAY, MONDAY + timedelta(hours=hours)) is reached, why


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "waiting less than a working day"),
        (1, "waiting 1 working day"),
        (2, "waiting 2 working days"),
        (6, "waiting 4 working days"),
    ],
)
def test_how_long_is_said_in_working_days(days: int, said: str) -> None:
    assert words(MONDAY, MONDAY + timedelta(days=days)) == said
