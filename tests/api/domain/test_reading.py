"""Who is to read what somebody wrote, and by when."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from api.domain.reading import ForWhom, Reader, Unread, for_whom, is_overdue, to_be_read_by
from api.domain.staff import Role

LONDON = ZoneInfo("Europe/London")
AMINA = Reader(1, Role.PRESCRIBER, frozenset({"F84001"}), frozenset({"bn"}))
CHIDI = Reader(3, Role.PRESCRIBER, frozenset({"F84003"}), frozenset({"so"}))
KOFI = Reader(4, Role.COORDINATOR, languages=frozenset({"ar"}))
PLAIN = Reader(5, Role.PRESCRIBER, frozenset({"F84001"}))
READERS = (AMINA, CHIDI, KOFI)


def unread(language: str, *, assigned_to: int | None = 1, flagged: bool = False) -> Unread:
    received = datetime(2026, 11, 27, 15, tzinfo=UTC)
    return Unread("TH-1", language, "F84001", assigned_to, flagged, received, 1)


@pytest.mark.parametrize(
    ("found", "asker", "whose"),
    [
        (unread("en"), AMINA, ForWhom.YOU),
        (unread("en"), PLAIN, ForWhom.OTHERS),
        (unread("en", assigned_to=None), KOFI, ForWhom.YOU),
        (unread("en", assigned_to=None), PLAIN, ForWhom.OTHERS),
        (unread("bsl"), AMINA, ForWhom.YOU),
        (unread("bn"), AMINA, ForWhom.YOU),
        (unread("syl"), AMINA, ForWhom.YOU),
        (unread("bn"), KOFI, ForWhom.OTHERS),
        (unread("ar"), PLAIN, ForWhom.OTHERS),
        (unread("so"), PLAIN, ForWhom.INTERPRETER),
        (unread("so", assigned_to=3), PLAIN, ForWhom.OTHERS),
        (unread("other"), KOFI, ForWhom.INTERPRETER),
    ],
    ids=[
        "English goes to whoever has the referral",
        "and not to a colleague",
        "while nobody has it, to the coordinators",
        "and not to a prescriber",
        "who signs writes English",
        "a language goes to who reads it",
        "Sylheti is written as Bengali",
        "and not to who does not",
        "a coordinator sees all, and may read it",
        "who reads it may not see it: so nobody can read it",
        "who covers may see it",
        "a language that we do not know",
    ],
)
def test_a_text_finds_its_reader(found: Unread, asker: Reader, whose: ForWhom) -> None:
    assert for_whom(found, asker, READERS) is whose


def worked(day: date) -> bool:
    return day.weekday() < 5 and day != date(2026, 12, 25)


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("2026-11-23T09:30", "2026-11-24T09:30"),
        ("2026-11-27T15:00", "2026-11-30T15:00"),
        ("2026-11-28T10:00", "2026-12-01T00:00"),
        ("2026-12-24T10:00", "2026-12-28T10:00"),
    ],
    ids=["the next day", "over a weekend", "from Monday on", "over Christmas"],
)
def test_it_is_to_be_read_within_one_working_day(received: str, by: str) -> None:
    moment = datetime.fromisoformat(received).replace(tzinfo=LONDON)
    assert to_be_read_by(moment, worked) == datetime.fromisoformat(by).replace(tzinfo=LONDON)


def test_what_is_flagged_is_overdue_at_once() -> None:
    at_once = datetime(2026, 11, 27, 15, tzinfo=UTC).astimezone(LONDON)
    later = datetime(2026, 11, 30, 15, 1, tzinfo=UTC).astimezone(LONDON)
    assert is_overdue(unread("bn", flagged=True), at_once, worked)
    assert not is_overdue(unread("bn"), at_once, worked)
    assert is_overdue(unread("bn"), later, worked)
