"""When somebody is left alone, until when, and when their summary of the day is due."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from api.domain.chat import Choices, Silence

LONDON = ZoneInfo("Europe/London")
USUAL = Choices().silence
AT_LUNCH = Silence(time(12), time(13), free_days=False)


def worked(day: date) -> bool:
    """Mondays to Fridays, but for Christmas."""
    return day.weekday() < 5 and day != date(2026, 12, 25)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("silence", "now", "end"),
    [
        (USUAL, "2026-11-23T09:30", ""),
        (USUAL, "2026-11-23T17:59", ""),
        (USUAL, "2026-11-23T18:00", "2026-11-24T08:00"),
        (USUAL, "2026-11-24T03:00", "2026-11-24T08:00"),
        (USUAL, "2026-11-24T08:00", ""),
        (USUAL, "2026-11-27T18:00", "2026-11-30T08:00"),
        (USUAL, "2026-11-28T12:00", "2026-11-30T08:00"),
        (USUAL, "2026-12-24T20:00", "2026-12-28T08:00"),
        (USUAL, "2026-12-25T10:00", "2026-12-28T08:00"),
        (AT_LUNCH, "2026-11-23T12:30", "2026-11-23T13:00"),
        (AT_LUNCH, "2026-11-28T11:59", ""),
        (AT_LUNCH, "2026-11-28T13:00", ""),
        (Silence(time(0), time(0), free_days=False), "2026-11-28T00:00", ""),
        (Silence(time(0), time(0), free_days=True), "2026-11-28T10:00", "2026-11-30T00:00"),
    ],
)
def test_silence_lasts_until_something_may_be_sent(silence: Silence, now: str, end: str) -> None:
    assert silence.until(at(now), worked) == (at(end) if end else None)


def test_the_night_the_clocks_change_ends_by_the_clock_on_the_wall() -> None:
    night = at("2026-10-24T23:00")
    end = Silence(time(18), time(8), free_days=False).until(night, worked)
    assert end == at("2026-10-25T08:00")
    assert end.astimezone(ZoneInfo("UTC")).hour == 8


@pytest.mark.parametrize(
    ("now", "since", "due"),
    [
        ("2026-11-23T08:29", "2026-11-01T00:00", False),
        ("2026-11-23T08:30", "2026-11-01T00:00", True),
        ("2026-11-23T10:29", "2026-11-01T00:00", True),
        ("2026-11-23T10:30", "2026-11-01T00:00", False),
        ("2026-11-23T08:45", "2026-11-23T08:40", False),
        ("2026-11-28T08:30", "2026-11-01T00:00", False),
    ],
    ids=["early", "on time", "late", "too late", "chosen since", "a free day"],
)
def test_the_summary_of_the_day_is_due(now: str, since: str, *, due: bool) -> None:
    assert Choices().digest_is_due(at(now), at(since), worked) is due


def test_whoever_wants_no_summary_has_none() -> None:
    now = at("2026-11-23T08:30")
    assert not Choices(digest=None).digest_is_due(now, now - timedelta(days=1), worked)
