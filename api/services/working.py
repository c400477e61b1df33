"""The days that are worked, and the clock on the wall in London, for all that goes by them."""

from datetime import date, datetime

from api.domain.workdays import is_working
from api.services.desk import LONDON, Desk


def is_worked(day: date) -> bool:
    """Whether somebody works on this day: at weekends and on bank holidays nobody does."""
    return is_working(day)


def local(desk: Desk) -> datetime:
    """Now, in London."""
    return desk.clock().astimezone(LONDON)
