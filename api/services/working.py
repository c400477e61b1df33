"""The clock on the wall in London, for all that goes by the hours and days of an office."""

from datetime import datetime

from api.domain.workdays import is_working as is_worked
from api.services.desk import LONDON, Desk

__all__ = ["is_worked", "local"]


def local(desk: Desk) -> datetime:
    """Now, in London."""
    return desk.clock().astimezone(LONDON)
