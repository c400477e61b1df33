"""How long each kind of data is kept, and which day that is counted back to."""

from dataclasses import dataclass
from datetime import date, timedelta


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


def years_ago(day: date, years: int) -> date:
    """The same day so many years earlier; for a leap day the one before it."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
