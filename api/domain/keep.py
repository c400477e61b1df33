"""How long each kind of data is kept, and by when somebody who asks must have their answer."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Keep:
    """`closed_years` a referral after its end, `record_years` the audit, `answers_days` the rest.

    The rest is what was answered under an Idempotency-Key: the bot asks again for some days.
    """

    closed_years: int = 8
    record_years: int = 8
    answers_days: int = 30

    def closed_before(self, today: date) -> date:
        """A referral that ended before this day has been kept long enough."""
        return years_ago(today, self.closed_years)

    def recorded_before(self, today: date) -> date:
        """Lines of the audit that were sealed before this day have been kept long enough."""
        return years_ago(today, self.record_years)

    def answered_before(self, today: date) -> date:
        """What was answered before this day is not asked for any more."""
        return today - timedelta(days=self.answers_days)


@dataclass(frozen=True, slots=True)
class Asked:
    """Something a person has asked for about their referral, by its reference."""

    reference: str
    at: datetime
    id: int = 0


def answer_by(asked: date) -> date:
    """The last day on which the law lets a request be answered: a month after it came.

    The same day of the next month; its last day when it has no such day (UK GDPR, article 12(3)).
    """
    next_month = (asked.replace(day=1) + timedelta(days=32)).replace(day=1)
    last = (next_month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    return min(next_month + timedelta(days=asked.day - 1), last)


def years_ago(day: date, years: int) -> date:
    """The same day so many years earlier; for a leap day the one before it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
