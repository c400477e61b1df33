"""Jobs as rows of our own database: claimed by lease, retried with back-off, dead-lettered."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, Table

from common.runtime.clock import Clock
from common.runtime.database import Database
from common.runtime.jobrows import Claimed, DeadJob, JobRows
from common.runtime.jobs import Dispatcher, Handler, JobRequest, Periodic
from common.runtime.jobtable import job_table
from common.runtime.jobtries import Tries
from common.runtime.logs import get
from common.runtime.vault import Vault

__all__ = ["DeadJob", "SqlDispatcher", "job_table"]

KEEP_DONE = timedelta(days=7)  # so long a unique key is known after its job is done
TIDY_EVERY = timedelta(hours=1)
POLL = 1.0  # seconds: how late a job that falls due may be noticed
MOST_AT_BIRTH = 256  # jobs running here, beyond which new ones wait for a free hand

log = get(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """Jobs under our lease from birth; `whole`: there are no others that were asked for."""

    claimed: Sequence[Claimed]
    whole: bool


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
        lease_seconds: float = 20,
        max_attempts: int = 12,
        grace: float = 3.0,
    ) -> None:
        self._database = database
        self._rows = JobRows(table, vault)
        self._clock = clock
        self._workers = workers
        self._lease = timedelta(seconds=lease_seconds)
        self._tries = Tries(self._rows, clock, max_attempts)
        self._grace = grace  # seconds for what runs to finish when we are asked to stop
        self._handlers: Mapping[str, Handler] | None = None
        self._running: dict[asyncio.Task[None], Claimed] = {}
        self._waited_for: set[str] = set()  # lanes in which something waits for its turn
        self._asked: list[JobRequest] = []
        self._look = asyncio.Event()

    def enqueue(self, connection: Connection, requests: Sequence[JobRequest]) -> None:
        self._rows.add(connection, requests, self._clock())

    def take(self, connection: Connection, requests: Sequence[JobRequest]) -> Taken:
        """Write the jobs, and lease at once what can be worked here; for `begin`, after the commit.

        Asking for a job and claiming it later would be two transactions, and people wait.
        """
        handlers, now = self._handlers or {}, self._clock()
        has_hands = len(self._running) < MOST_AT_BIRTH
        later: list[JobRequest] = []
        at_once: list[JobRequest] = []
        for one in requests:
            due = has_hands and one.due is None and one.kind in handlers
            (at_once if due else later).append(one)
        self._rows.add(connection, later, now)
        claimed = self._rows.take(connection, at_once, (now, now + self._lease))
        lanes = [one.lane for one in claimed]
        self._waited_for.update(one.lane for one in at_once if one.lane not in lanes)
        return Taken(claimed, whole=len(claimed) == len(requests))

    def begin(self, taken: Taken) -> None:
        """Work what was leased when it was asked for, and look for the rest."""
        for one in taken.claimed:
            self._start(one)
        if not taken.whole:
            self.wake()

    def busy(self, connection: Connection, lane: str) -> bool:
        """Whether anything of this lane is still to be done."""
        return self._rows.busy(connection, lane)

    def wake(self) -> None:
        """Look for work at once: call it after a commit that asked for jobs."""
        self._look.set()

    async def run(self, handlers: Mapping[str, Handler], periodic: Sequence[Periodic] = ()) -> None:
        """Work jobs until cancelled; then what runs may finish, and the rest is given back."""
        self._handlers = handlers
        await self._free_what_died_with_its_process()
        keeper = asyncio.create_task(self._keep(handlers, periodic))
        try:
            while True:
                self._look.clear()
                await self._start_what_is_due(handlers)
                await self._wait_for_a_reason()
        finally:
            self._handlers = None
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

    async def _free_what_died_with_its_process(self) -> None:
        """Where only one process can be, nobody else holds a lease: no need to sit it out."""
        if not self._database.shared:
            with suppress(Exception):  # the leases end by themselves, too
                await self._database.write(self._rows.free)

    async def _start_what_is_due(self, handlers: Mapping[str, Handler]) -> None:
        try:
            claimed = await self._claim(handlers, self._workers - len(self._running))
        except Exception:
            log.exception("jobs.claim_failed")  # a full disk must not end the loop
            return
        for one in claimed:
            self._start(one)

    def _start(self, one: Claimed) -> None:
        if self._handlers is None:
            return  # asked to stop a moment ago: its lease will end
        task = asyncio.create_task(self._work(one, self._handlers))
        self._running[task] = one
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """A hand is free. What was not leased at birth may have others behind it."""
        one = self._running.pop(task)
        if one.payload is None or one.lane in self._waited_for:
            self._waited_for.discard(one.lane)
            self._look.set()

    async def _wait_for_a_reason(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(POLL):
                await self._look.wait()

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
            ending = await self._tries.once(one, handlers[one.kind])
            if not await self._database.write(ending.write, patient=True):
                log.warning("job.lease_lost", job=one.id, kind=one.kind)
            ending.then()
        except Exception:  # not written down: it comes again after its lease
            log.exception("job.not_settled", job=one.id, kind=one.kind)

    async def _keep(self, handlers: Mapping[str, Handler], periodic: Sequence[Periodic]) -> None:
        """Renew leases, and from time to time do what is to be done, as long as jobs are worked."""
        tidied = self._clock() - TIDY_EVERY
        while True:
            try:
                await self.renew()
                await self._ask_for(periodic)
                if self._clock() - tidied >= TIDY_EVERY:
                    tidied = self._clock()
                    await self._tidy(handlers)
            except Exception:
                log.exception("jobs.keeping_failed")  # the next round tries again
            await asyncio.sleep(self._lease.total_seconds() / 3)

    async def _ask_for(self, periodic: Sequence[Periodic]) -> None:
        """Ask for what is due in this span of time; whoever is first among all processes does."""
        requests = [one.request(self._clock()) for one in periodic]
        if requests and requests != self._asked:
            await self._database.write(lambda c: self.enqueue(c, requests))
            self._asked = requests
            self.wake()

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
