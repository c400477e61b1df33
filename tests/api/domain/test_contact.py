"""Trying to reach somebody: only as they allow, and given up only after three tries."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from api.domain.contact import (
    Attempt,
    NoSuchTimeError,
    Outcome,
    Permitted,
    after_attempt,
    booked_for,
    may_give_up,
    offered,
    tries,
)
from api.domain.referral import Status

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
CALL = {"reached", "no_answer", "wrong_number"}


@pytest.mark.parametrize(
    ("permitted", "outcomes", "why"),
    [
        (Permitted(), {"reached"}, "they may always come to us"),
        (Permitted(call=True), CALL, "a call says nothing by itself"),
        (Permitted(call=True, voicemail=True), CALL | {"voicemail_left"}, "they allowed voicemail"),
        (Permitted(call=True, text=True), CALL | {"text_sent"}, "they allowed text messages"),
        (Permitted(email=True), {"reached", "email_sent"}, "they gave an e-mail address"),
        (Permitted(letter=True), {"reached", "letter_sent"}, "they gave a postal address"),
    ],
)
def test_only_what_was_allowed_is_offered(
    permitted: Permitted, outcomes: set[str], why: str
) -> None:
    assert {one.value for one in offered(permitted)} == outcomes, why


@pytest.mark.parametrize(
    ("status", "outcome", "after"),
    [
        (Status.ACCEPTED, Outcome.NO_ANSWER, Status.CONTACTING),
        (Status.ACCEPTED, Outcome.REACHED, Status.IN_CONTACT),
        (Status.CONTACTING, Outcome.WRONG_NUMBER, Status.CONTACTING),
        (Status.CONTACTING, Outcome.REACHED, Status.IN_CONTACT),
        (Status.IN_CONTACT, Outcome.NO_ANSWER, Status.IN_CONTACT),
    ],
)
def test_where_a_try_leads(status: Status, outcome: Outcome, after: Status) -> None:
    assert after_attempt(status, outcome) is after


def test_tries_in_vain_count_since_it_was_last_opened() -> None:
    attempts = [
        Attempt(Outcome.NO_ANSWER, "staff:1", NOW - timedelta(days=3)),
        Attempt(Outcome.NO_ANSWER, "staff:1", NOW),
        Attempt(Outcome.VOICEMAIL_LEFT, "staff:1", NOW + timedelta(days=1)),
        Attempt(Outcome.REACHED, "staff:1", NOW + timedelta(days=2)),
    ]
    assert tries(attempts, NOW) == 2


@pytest.mark.parametrize(
    ("tried", "permitted", "may", "why"),
    [
        (2, Permitted(call=True), False, "twice is not enough"),
        (3, Permitted(call=True), True, "three tries were made"),
        (0, Permitted(), True, "there is no way to try"),
        (0, Permitted(letter=True), False, "a letter is a way"),
        (0, Permitted(text=True), False, "a text is a way"),
        (0, Permitted(email=True), False, "an e-mail is a way"),
    ],
)
def test_when_it_may_be_given_up(
    tried: int,
    permitted: Permitted,
    may: bool,  # noqa: FBT001 a case
    why: str,
) -> None:
    assert may_give_up(tried, permitted) is may, why


def test_a_booking_is_by_the_clock_in_london() -> None:
    summer, winter = date(2027, 7, 1), date(2027, 1, 4)
    now = datetime(2026, 12, 1, tzinfo=UTC)
    assert booked_for(winter, time(14, 30), now).astimezone(UTC).hour == 14
    assert booked_for(summer, time(14, 30), now).astimezone(UTC).hour == 13


@pytest.mark.parametrize(
    ("day", "clock", "words"),
    [
        (date(2026, 11, 23), time(9, 30), "still to come"),
        (date(2027, 11, 25), time(9, 30), "within the next year"),
        (date(2027, 3, 28), time(1, 30), "skip this time"),
    ],
)
def test_what_cannot_be_booked(day: date, clock: time, words: str) -> None:
    with pytest.raises(NoSuchTimeError, match=words):
        booked_for(day, clock, NOW)
