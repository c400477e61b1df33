"""Working days in England, by the clock in London."""

from datetime import date, datetime

import pytest

from api.domain.workdays import LONDON, bank_holidays, counted_from, due, is_working, waited


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        ("2026-11-23", True, "a Monday"),
        ("2026-11-28", False, "a Saturday"),
        ("2026-11-29", False, "a Sunday"),
        ("2026-12-25", False, "Christmas"),
        ("2026-12-28", False, "the Monday in place of Boxing Day on a Saturday"),
        ("2026-04-06", False, "Easter Monday is a holiday in England"),
        ("2026-11-30", True, "St Andrew's Day is one in Scotland only"),
    ],
)
def test_when_the_office_is_open(day: str, works: bool, why: str) -> None:  # noqa: FBT001 a case
    assert is_working(date.fromisoformat(day)) is works, why


def test_holidays_are_looked_up_once_for_each_year() -> None:
    assert bank_holidays(2026) is bank_holidays(2026)
    assert len(bank_holidays(2027)) >= 8


@pytest.mark.parametrize(
    ("came", "counted", "why"),
    [
        ("2026-11-23 09:30", "2026-11-23 09:30", "in office hours at once"),
        ("2026-11-23 03:00", "2026-11-23 09:00", "in the night from when the office opens"),
        ("2026-11-23 17:00", "2026-11-24 09:00", "after closing from the next morning"),
        ("2026-11-27 23:10", "2026-11-30 09:00", "on Friday night from Monday"),
        ("2026-11-28 12:00", "2026-11-30 09:00", "on Saturday from Monday"),
        ("2026-12-24 18:00", "2026-12-29 09:00", "before Christmas from after the holidays"),
    ],
)
def test_a_wait_counts_from_when_somebody_could_have_come(
    came: str, counted: str, why: str
) -> None:
    assert counted_from(at(came)) == at(counted), why


@pytest.mark.parametrize(
    ("came", "days", "moment", "why"),
    [
        ("2026-11-23 09:30", 0, "2026-11-23 09:30", "no day at all is at once"),
        ("2026-11-23 09:30", 2, "2026-11-25 09:30", "Monday and two days"),
        ("2026-11-26 16:00", 2, "2026-11-30 16:00", "over a weekend"),
        ("2026-12-23 10:00", 2, "2026-12-29 10:00", "over Christmas"),
        ("2026-12-23 10:00", 4, "2026-12-31 10:00", "four days over Christmas"),
        ("2026-03-27 10:00", 1, "2026-03-30 10:00", "the clocks go forward meanwhile"),
    ],
)
def test_when_so_many_working_days_are_over(came: str, days: int, moment: str, why: str) -> None:
    assert due(at(came), days) == at(moment), why


@pytest.mark.parametrize(
    ("came", "now", "days"),
    [
        ("2026-11-23 09:30", "2026-11-23 09:30", 0),
        ("2026-11-23 09:30", "2026-11-24 09:29", 0),
        ("2026-11-23 09:30", "2026-11-24 09:30", 1),
        ("2026-11-23 09:30", "2026-11-29 12:00", 4),
        ("2026-12-23 10:00", "2026-12-29 10:00", 2),
        ("2026-11-25 10:00", "2026-11-23 10:00", 0),
    ],
)
def test_how_long_something_has_waited(came: str, now: str, days: int) -> None:
    assert waited(at(came), at(now)) == days
