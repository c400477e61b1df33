"""One try at a job: the handler is called, and how it went becomes what is to be written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from common.runtime.clock import Clock
from common.runtime.jobrows import Claimed, JobRows
from common.runtime.jobs import Also, Handler, LaterError, PermanentError
from common.runtime.logs import get

LONGEST_PAUSE = 300  # seconds

Settle = Callable[[Connection], bool]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a try went: `write` writes it down (False: the lease was lost), `then` comes after."""

    write: Settle
    then: Callable[[], object] = lambda: None


log = get(__name__)


def pause(attempts: int) -> timedelta:
    """How long to wait after a failure, by the tries before it: 1, 2, 4 … 300 seconds."""
    return timedelta(seconds=min(2.0 ** min(attempts, 16), LONGEST_PAUSE))


class Tries:
    """Tries jobs of one table, each at most `most` times."""

    def __init__(self, rows: JobRows, clock: Clock, most: int) -> None:
        self._rows = rows
        self._clock = clock
        self._most = most

    async def once(self, one: Claimed, handler: Handler) -> Ending:
        """Try a job once. Raises only when cancelled."""
        if one.attempts >= self._most:  # its workers were killed each time
            return self._buried(one, "WorkerLost", None)
        try:
            also = await handler(self._rows.open(one))
        except LaterError as later:
            return self._postponed(one, later)
        except PermanentError as error:
            return self._buried(one, type(error).__name__, error.also)
        except Exception as error:  # noqa: BLE001 whatever went wrong, the job is not lost
            return self._failed(one, error)
        now = self._clock()
        return _with(lambda c: self._rows.finish(c, one, now), also)

    def _postponed(self, one: Claimed, later: LaterError) -> Ending:
        due = self._clock() + timedelta(seconds=later.after)
        return _with(lambda c: self._rows.postpone(c, one, due, later.payload), later.also)

    def _failed(self, one: Claimed, error: Exception) -> Ending:
        if one.attempts + 1 >= self._most:
            return self._buried(one, type(error).__name__, None)
        log.warning("job.failed", job=one.id, kind=one.kind, attempts=one.attempts, exc_info=error)
        due: datetime = self._clock() + pause(one.attempts)
        return Ending(lambda c: self._rows.fail(c, one, due, type(error).__name__))

    def _buried(self, one: Claimed, error: str, also: Also | None) -> Ending:
        log.critical("job.dead", job=one.id, kind=one.kind, attempts=one.attempts, error=error)
        now = self._clock()
        return _with(lambda c: self._rows.bury(c, one, now, error), also)


def _with(settle: Settle, also: Also | None) -> Ending:
    """What the handler asked for is written even when the lease was lost: it did happen."""
    if also is None:
        return Ending(settle)

    def both(connection: Connection) -> bool:
        also.write(connection)
        return settle(connection)

    return Ending(both, also.then)
