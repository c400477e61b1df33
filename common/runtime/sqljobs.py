"""Jobs as rows of our own database: claimed by lease, retried with back-off, dead-lettered."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from sqlalchemy import Connection, Table

from common.runtime.clock import Clock
from common.runtime.database import Database
from common.runtime.jobrows import Claimed, DeadJob, JobRows
from common.runtime.jobs import Dispatcher, Handler, JobRequest, LaterError, PermanentError
from common.runtime.jobtable import job_table
from common.runtime.logs import get
from common.runtime.vault import Vault

__all__ = ["DeadJob", "SqlDispatcher", "job_table"]

LONGEST_PAUSE = 300  # seconds
KEEP_DONE = timedelta(days=7)  # so long a unique key is known after its job is done
TIDY_EVERY = timedelta(hours=1)
POLL = 1.0  # seconds: how late a job that falls due may be noticed

Settle = Callable[[Connection], bool]
log = get(__name__)


def pause(attempts: int) -> timedelta:
    """How long to wait after a failure, by the tries before it: 1, 2, 4 … 300 seconds."""
    return timedelta(seconds=min(2.0 ** min(attempts, 16), LONGEST_PAUSE))


class SqlDispatcher(Dispatcher):
    """Works the rows of one job table, `workers` at once, each under a lease that is renewed."""

    def __init__(  # noqa: PLR0913 what it stands on, and settings by name
        self,
        database: Database,
        table: Table,
        vault: Vault,
        clock: Clock,
        *,
        workers: int = 16,
        lease_seconds: float = 60,
        max_attempts: int = 12,
        grace: float = 3.0,
    ) -> None:
        self._database = database
        self._rows = JobRows(table, vault)
        self._clock = clock
        self._workers = workers
        self._lease = timedelta(seconds=lease_seconds)
        self._max_attempts = max_attempts
        self._grace = grace  # seconds for what runs to finish when we are asked to stop
        self._running: dict[asyncio.Task[None], Claimed] = {}
        self._look = asyncio.Event()

    def enqueue(self, connection: Connection, requests: Sequence[JobRequest]) -> None:
        self._rows.add(connection, requests, self._clock())

    def busy(self, connection: Connection, lane: str) -> bool:
        """Whether anything of this lane is still to be done."""
        return self._rows.busy(connection, lane)

    def wake(self) -> None:
        """Look for work at once: call it after a commit that asked for jobs."""
        self._look.set()

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Work jobs until cancelled; then what runs may finish, and the rest is given back."""
        keeper = asyncio.create_task(self._keep(handlers))
        try:
            while True:
                self._look.clear()
                await self._start_what_is_due(handlers)
                await self._wait_for_a_reason()
        finally:
            await self._stop()
            keeper.cancel()
            await asyncio.gather(keeper, return_exceptions=True)

    async def work_due(self, handlers: Mapping[str, Handler]) -> int:
        """Work all that is due now, and what becomes due by that; returns how many tries."""
        worked = 0
        while claimed := await self._claim(handlers, self._workers):
            await asyncio.gather(*(self._work(one, handlers) for one in claimed))
            worked += len(claimed)
        return worked

    async def renew(self) -> None:
        """Keep the leases of all jobs that are running here."""
        claims, until = list(self._running.values()), self._clock() + self._lease
        if claims:
            await self._database.write(lambda c: self._rows.renew(c, claims, until))

    async def dead(self) -> Sequence[DeadJob]:
        """The jobs that were given up, longest ago first."""
        return await self._database.read(self._rows.dead)

    async def retry(self, job_id: int) -> bool:
        """Try a job anew that was given up; False when there is none such."""
        now = self._clock()
        found = await self._database.write(lambda c: self._rows.revive(c, job_id, now))
        self.wake()
        return found

    async def purge(self) -> int:
        """Forget what was done a week ago or longer; returns how many."""
        before = self._clock() - KEEP_DONE
        return await self._database.write(lambda c: self._rows.purge(c, before))

    async def _start_what_is_due(self, handlers: Mapping[str, Handler]) -> None:
        try:
            claimed = await self._claim(handlers, self._workers - len(self._running))
        except Exception:
            log.exception("jobs.claim_failed")  # a full disk must not end the loop
            return
        for one in claimed:
            task = asyncio.create_task(self._work(one, handlers))
            self._running[task] = one
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self._look.set()  # a hand is free, and the next of its lane may be

    async def _wait_for_a_reason(self) -> None:
        try:
            async with asyncio.timeout(POLL):
                await self._look.wait()
        except TimeoutError:
            return

    async def _claim(self, handlers: Mapping[str, Handler], limit: int) -> list[Claimed]:
        if limit <= 0:
            return []
        now, mine, kinds = self._clock(), list(self._running.values()), list(handlers)
        until = now + self._lease

        def work(connection: Connection) -> list[Claimed]:
            # First our own: after a laptop's sleep we must not take a job that we are working.
            self._rows.renew(connection, mine, until)
            return self._rows.claim(connection, kinds, limit, (now, until))

        return await self._database.write(work)

    async def _work(self, one: Claimed, handlers: Mapping[str, Handler]) -> None:
        """Try a job once and write down how it went. Raises only when cancelled."""
        try:
            settle = await self._outcome(one, handlers[one.kind])
            if not await self._database.write(settle):
                log.warning("job.lease_lost", job=one.id, kind=one.kind)
        except Exception:  # not written down: it comes again after its lease
            log.exception("job.not_settled", job=one.id, kind=one.kind)

    async def _outcome(self, one: Claimed, handler: Handler) -> Settle:
        if one.attempts >= self._max_attempts:  # its workers were killed each time
            return self._bury(one, "WorkerLost")
        try:
            await handler(self._rows.open(one))
        except LaterError as later:
            due, payload = self._clock() + timedelta(seconds=later.after), later.payload
            return lambda c: self._rows.postpone(c, one, due, payload)
        except PermanentError as error:
            return self._bury(one, type(error).__name__)
        except Exception as error:  # noqa: BLE001 whatever went wrong, the job is not lost
            return self._failed(one, error)
        now = self._clock()
        return lambda c: self._rows.finish(c, one, now)

    def _failed(self, one: Claimed, error: Exception) -> Settle:
        if one.attempts + 1 >= self._max_attempts:
            return self._bury(one, type(error).__name__)
        log.warning("job.failed", job=one.id, kind=one.kind, attempts=one.attempts, exc_info=error)
        due = self._clock() + pause(one.attempts)
        return lambda c: self._rows.fail(c, one, due, type(error).__name__)

    def _bury(self, one: Claimed, error: str) -> Settle:
        log.critical("job.dead", job=one.id, kind=one.kind, attempts=one.attempts, error=error)
        now = self._clock()
        return lambda c: self._rows.bury(c, one, now, error)

    async def _keep(self, handlers: Mapping[str, Handler]) -> None:
        """Renew leases, and tidy up from time to time, as long as jobs are worked."""
        tidied = self._clock() - TIDY_EVERY
        while True:
            try:
                await self.renew()
                if self._clock() - tidied >= TIDY_EVERY:
                    tidied = self._clock()
                    await self._tidy(handlers)
            except Exception:
                log.exception("jobs.keeping_failed")  # the next round tries again
            await asyncio.sleep(self._lease.total_seconds() / 3)

    async def _tidy(self, handlers: Mapping[str, Handler]) -> None:
        await self.purge()
        kinds, now = list(handlers), self._clock()
        for kind in await self._database.read(lambda c: self._rows.orphans(c, kinds, now)):
            log.error("jobs.nobody_handles", kind=kind)

    async def _stop(self) -> None:
        running = dict(self._running)
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=self._grace)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        given_back, now = [running[task] for task in late], self._clock()
        if given_back:
            await self._database.write(
                lambda c: [self._rows.postpone(c, one, now) for one in given_back]
            )
