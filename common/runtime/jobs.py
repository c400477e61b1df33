"""Work that must not be lost: rows written in the caller's transaction, worked by lease."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import Connection

Payload = Mapping[str, object]
Change = Callable[[Connection], object]
"""Something to write in a transaction of somebody else's."""


@dataclass(frozen=True, slots=True)
class Also:
    """What belongs to a job's end: written in its transaction, and `then` done after it."""

    write: Change
    then: Callable[[], object] = lambda: None


@dataclass(frozen=True, slots=True)
class JobRequest:
    """Work to be done at least once.

    `lane`: jobs of one lane are worked one after the other, in the order they were asked for;
    empty means any time beside any other. `due` None means at once. `unique`: a second request
    with the same kind and unique key is ignored while the first is known.
    """

    kind: str
    payload: Payload
    lane: str = ""
    due: datetime | None = None
    unique: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """A job as its handler gets it; `attempts` counts the tries before this one."""

    id: int
    kind: str
    lane: str
    payload: Payload
    attempts: int


class PermanentError(Exception):
    """Trying again cannot help: the job goes to the dead letters at once."""

    def __init__(self, reason: str, *, also: Also | None = None) -> None:
        super().__init__(reason)
        self.also = also


class LaterError(Exception):
    """Not now: try again after so many seconds, with this payload if one is given."""

    def __init__(
        self, after: float, payload: Payload | None = None, *, also: Also | None = None
    ) -> None:
        super().__init__(f"again in {after:g} s")
        self.after = after
        self.payload = payload
        self.also = also


Handler = Callable[[Job], Awaitable[Also | None]]
"""Does a job. What it gives back is written together with the job's end, or not at all."""


class Dispatcher(Protocol):
    """Carries jobs from the transaction that asks for them to the handler that does them."""

    def enqueue(self, connection: Connection, requests: Sequence[JobRequest]) -> None:
        """Write the jobs in the caller's own transaction."""
        ...

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Work jobs until cancelled. Any other exception of a handler is retried with back-off."""
        ...


@dataclass(frozen=True, slots=True)
class Periodic:
    """A kind of job that is asked for by itself, once in each span of time, by one process."""

    kind: str
    every: timedelta

    def request(self, now: datetime) -> JobRequest:
        """The job of the span that `now` is in; whoever asks second asks in vain."""
        span = int(now.timestamp() // self.every.total_seconds())
        return JobRequest(self.kind, {}, unique=f"span {span}")
