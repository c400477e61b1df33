"""Working days in England: weekends and bank holidays do not count, and the day is an office's."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from holidays import country_holidays

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9), time(17)
SATURDAY = 5
ONE_DAY = timedelta(days=1)


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """England's, with the days in place of those that fall on a weekend."""
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))


def is_working(day: date) -> bool:
    """Whether the office is open on this day."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year)


def counted_from(moment: datetime) -> datetime:
    """From when a wait counts, in London: at night and at the weekend nobody could have come."""
    local = moment.astimezone(LONDON)
    if is_working(local.date()) and local.time() < CLOSES:
        return local if local.time() >= OPENS else local.replace(hour=OPENS.hour, minute=0)
    return datetime.combine(next(_working_after(local.date())), OPENS, LONDON)


def due(since: datetime, days: int) -> datetime:
    """When something has waited so many whole working days: always within office hours."""
    start = counted_from(since)
    if days == 0:
        return start
    last = next(islice(_working_after(start.date()), days - 1, None))
    return datetime.combine(last, start.time(), LONDON)


def waited(since: datetime, now: datetime) -> int:
    """How many whole working days something has waited, as it is said: waiting 3 working days."""
    start, local = counted_from(since), now.astimezone(LONDON)
    ends = (datetime.combine(day, start.time(), LONDON) for day in _working_after(start.date()))
    return sum(1 for _ in takewhile(lambda end: end <= local, ends))


def _working_after(day: date) -> Iterator[date]:
    """The working days after this one, in order."""
    while True:
        day += ONE_DAY
        if is_working(day):
            yield day
