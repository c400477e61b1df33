"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


class MovedClock:
    """Tells the time it was set to."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **parts: float) -> None:
        """Go on by so many `seconds`, `minutes`, `hours` or `days`."""
        self.now += timedelta(**parts)
