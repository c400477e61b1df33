"""Trying to reach somebody: what may be tried, what came of it, and what that leads to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from api.domain.referral import Status
from api.domain.workdays import LONDON

TRIES = 3
"""So many tries until it may be said that somebody could not be reached."""
LONGEST_AHEAD = timedelta(days=366)


class Outcome(StrEnum):
    """What came of a try."""

    REACHED = "reached"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"
    VOICEMAIL_LEFT = "voicemail_left"
    TEXT_SENT = "text_sent"
    EMAIL_SENT = "email_sent"
    LETTER_SENT = "letter_sent"


@dataclass(frozen=True, slots=True)
class Permitted:
    """What the person allows. What they did not plainly allow is not permitted."""

    call: bool = False
    voicemail: bool = False
    text: bool = False
    email: bool = False
    letter: bool = False

    @property
    def anything(self) -> bool:
        """Whether there is any way at all to try."""
        return self.call or self.text or self.email or self.letter


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try, with its author; `note` is empty when there is none."""

    outcome: Outcome
    author: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Booking:
    """The first conversation: when, and where or by which phone; the newest one counts."""

    starts_at: datetime
    author: str
    at: datetime
    note: str = ""


def offered(permitted: Permitted) -> tuple[Outcome, ...]:
    """What may be logged: only what was allowed to be tried. They may always come to us."""
    return tuple(_offered(permitted))


def _offered(permitted: Permitted) -> Iterator[Outcome]:
    yield Outcome.REACHED
    if permitted.call:
        yield Outcome.NO_ANSWER
        yield Outcome.WRONG_NUMBER
    if permitted.voicemail:
        yield Outcome.VOICEMAIL_LEFT
    if permitted.text:
        yield Outcome.TEXT_SENT
    if permitted.email:
        yield Outcome.EMAIL_SENT
    if permitted.letter:
        yield Outcome.LETTER_SENT


def after_attempt(status: Status, outcome: Outcome) -> Status:
    """Where a referral stands after a try: in contact for good once somebody was reached."""
    if status is Status.IN_CONTACT or outcome is Outcome.REACHED:
        return Status.IN_CONTACT
    return Status.CONTACTING


def tries(attempts: Sequence[Attempt], since: datetime) -> int:
    """How often it was tried in vain from then on, which is from the last time it was opened."""
    return sum(one.at >= since and one.outcome is not Outcome.REACHED for one in attempts)


def may_give_up(tried: int, permitted: Permitted) -> bool:
    """Whether it may be said that they could not be reached."""
    return tried >= TRIES or not permitted.anything


class NoSuchTimeError(ValueError):
    """A date and time at which nobody can be met; `args[0]` says why, for a person."""


def booked_for(day: date, clock: time, now: datetime) -> datetime:
    """The moment of this date and time by the clock in London.

    Raises:
        NoSuchTimeError: it has passed, is too far ahead, or the clocks skip it in spring.
    """
    moment = datetime.combine(day, clock, LONDON)
    if moment <= now:
        raise NoSuchTimeError("Choose a time that is still to come")
    if moment - now > LONGEST_AHEAD:
        raise NoSuchTimeError("Choose a day within the next year")
    if moment.astimezone(UTC).astimezone(LONDON).time() != clock:
        raise NoSuchTimeError("The clocks go forward then, and skip this time")
    return moment
