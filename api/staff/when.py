"""Dates and times as people type them into a form."""

import re
from collections.abc import Mapping
from datetime import date, time

from api.domain.errors import UnacceptableError

NOON = 12
_CLOCK = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*(am|pm)?", re.IGNORECASE)


def read_day(fields: Mapping[str, str], name: str) -> date:
    """The date in the three fields `<name>_day`, `<name>_month` and `<name>_year`.

    Raises:
        UnacceptableError: there is no such day.
    """
    typed = [fields.get(f"{name}_{part}", "").strip() for part in ("year", "month", "day")]
    try:
        year, month, day = (int(one) for one in typed)
        return date(year, month, day)
    except (ValueError, OverflowError):
        raise UnacceptableError(name, "Give a real date, as 27 3 2027") from None


def read_clock(typed: str) -> time:
    """A time of day: 14:30, 14.30, 1430, 2pm.

    Raises:
        UnacceptableError: there is no such time.
    """
    found = _CLOCK.fullmatch(typed.strip())
    if found is None:
        raise UnacceptableError("time", "Give a time, as 14:30")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half and not 1 <= hour <= NOON:
        raise UnacceptableError("time", "Give a time, as 14:30")
    if half:
        hour = hour % NOON + (NOON if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise UnacceptableError("time", "Give a time, as 14:30") from None
