"""The days that are worked, and the clock on the wall in London, for all that goes by them."""

from datetime import date, datetime

from api.services.desk import LONDON, Desk

SATURDAY = 5


def is_worked(day: date) -> bool:
    """Whether somebody works on this day; it does not know bank holidays."""
    return day.weekday() < SATURDAY


def local(desk: Desk) -> datetime:
    """Now, in London."""
    return desk.clock().astimezone(LONDON)
