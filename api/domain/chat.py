"""What is said to staff in a chat: a message with buttons, and when somebody wants to hear it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

Worked = Callable[[date], bool]
"""Whether this is a working day."""


@dataclass(frozen=True, slots=True)
class Button:
    """Either opens `url`, or brings `data` (64 bytes at most) back to us."""

    label: str
    url: str = ""
    data: str = ""


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A finished message, without anything personal in it."""

    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True)
class Silence:
    """Hours of each day in which nothing is sent, over midnight where `end` is the earlier one.

    Two equal times mean none. `free_days` adds the whole of every day that is not worked.
    """

    start: time
    end: time
    free_days: bool

    def until(self, now: datetime, worked: Worked) -> datetime | None:
        """When it ends, or None when something may be sent now; both by the clock on the wall."""
        moment = now
        while self._is_silent(moment, worked):
            moment = self._step(moment, worked)
        return None if moment == now else moment

    def _is_silent(self, moment: datetime, worked: Worked) -> bool:
        return self._is_free(moment, worked) or self._is_in_hours(moment.time())

    def _is_free(self, moment: datetime, worked: Worked) -> bool:
        return self.free_days and not worked(moment.date())

    def _is_in_hours(self, clock: time) -> bool:
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def _step(self, moment: datetime, worked: Worked) -> datetime:
        """The next moment at which it may be over."""
        if self._is_free(moment, worked):
            end, later = time(), True
        else:
            end, later = self.end, moment.time() >= self.end
        day = moment.date() + timedelta(days=later)
        return datetime.combine(day, end, moment.tzinfo)


@dataclass(frozen=True, slots=True)
class Choices:
    """How somebody wants to be told; `digest` None: no summary each working day.

    Staff are not on call, and an e-mail goes out at once in any case: unless somebody wants it
    otherwise, what is urgent waits for the end of the silence as well.
    """

    digest: time | None = time(8, 30)
    silence: Silence = Silence(time(18), time(8), free_days=True)
    urgent_through: bool = False

    def digest_is_due(self, now: datetime, since: datetime, worked: Worked) -> bool:
        """Whether today's summary is to be sent; `since` is when this was chosen.

        Not for a time that had gone by when it was chosen, nor hours after a standstill.
        """
        if self.digest is None or not worked(now.date()):
            return False
        due = datetime.combine(now.date(), self.digest, now.tzinfo)
        return since <= due <= now < due + LATEST_DIGEST


LATEST_DIGEST = timedelta(hours=2)
