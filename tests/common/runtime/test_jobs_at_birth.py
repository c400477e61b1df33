"""Jobs leased when they are asked for, jobs that ask for themselves, and what ends with a job."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from sqlalchemy import Connection, text

from common.runtime.jobs import Also, Handler, Job, JobRequest, LaterError, Periodic
from common.runtime.sqljobs import SqlDispatcher
from tests.support.dispatchers import Bench, bench_at, note


@pytest.fixture
async def bench(store_url: str) -> AsyncIterator[Bench]:
    made = bench_at(store_url)
    yield made
    await made.database.close()


@asynccontextmanager
async def running(
    dispatcher: SqlDispatcher, handler: Handler, *periodic: Periodic
) -> AsyncIterator[None]:
    """The dispatcher's loop as a process has it."""
    task = asyncio.create_task(dispatcher.run({"note": handler}, periodic))
    await asyncio.sleep(0)
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def take(bench: Bench, *requests: JobRequest) -> None:
    bench.dispatcher.begin(await bench.database.write(lambda c: bench.dispatcher.take(c, requests)))


class Done:
    """A handler that notes what it was given, and can be waited for."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._changed = asyncio.Condition()

    async def __call__(self, job: Job) -> None:
        await self._bench.note(job)
        async with self._changed:
            self._changed.notify_all()

    async def times(self, count: int) -> None:
        async with asyncio.timeout(15), self._changed:
            await self._changed.wait_for(lambda: len(self._bench.seen) >= count)


async def test_what_is_taken_is_under_our_lease_before_anybody_else_can_see_it(
    bench: Bench,
) -> None:
    done = Done(bench)
    async with running(bench.dispatcher, done):
        taken = await bench.database.write(lambda c: bench.dispatcher.take(c, [note("mine")]))
        assert (len(taken.claimed), taken.whole) == (1, True)
        assert await bench.again().work_due({"note": bench.note}) == 0
        bench.dispatcher.begin(taken)
        await done.times(1)
    assert bench.seen == ["mine"]


async def test_a_lane_keeps_its_order_however_its_jobs_were_asked_for(bench: Bench) -> None:
    done = Done(bench)
    async with running(bench.dispatcher, done):
        for number in range(10):
            await take(bench, note(f"a{number}", lane="a"), note(f"b{number}", lane="a"))
        await done.times(20)
    assert bench.seen == [f"{letter}{number}" for number in range(10) for letter in "ab"]


async def test_what_was_taken_by_who_died_is_worked_by_another(bench: Bench) -> None:
    async with running(bench.dispatcher, Done(bench)):
        await bench.database.write(lambda c: bench.dispatcher.take(c, [note("x")]))  # and died
    assert await bench.work(bench.again()) == 0
    bench.clock.move(seconds=20)
    assert await bench.work(bench.again()) == 1


async def test_where_only_one_process_can_be_its_successor_does_not_wait(bench: Bench) -> None:
    async with running(bench.dispatcher, Done(bench)):
        await bench.database.write(lambda c: bench.dispatcher.take(c, [note("x")]))  # and died
    if not bench.database.shared:
        done = Done(bench)
        async with running(bench.again(), done):
            await done.times(1)


async def test_who_is_not_working_takes_nothing_and_unknown_kinds_wait(bench: Bench) -> None:
    await take(bench, note("later"))
    done = Done(bench)
    async with running(bench.dispatcher, done):
        await take(bench, JobRequest("strange", {}), note("known"))
        await done.times(2)
    assert sorted(bench.seen) == ["known", "later"]


async def test_a_known_unique_job_is_not_taken_twice(bench: Bench) -> None:
    done = Done(bench)
    async with running(bench.dispatcher, done):
        await take(bench, note("first", unique="k"))
        await take(bench, note("second", unique="k"), note("third"))
        await done.times(2)
    assert bench.seen == ["first", "third"]


async def test_periodic_work_is_done_once_in_its_time_by_one_of_all(bench: Bench) -> None:
    hourly = Periodic("note", timedelta(hours=1))
    seen: list[str] = []
    told = asyncio.Event()

    async def count(job: Job) -> None:
        seen.append(job.kind)
        told.set()

    async with running(bench.dispatcher, count, hourly), running(bench.again(), count, hourly):
        async with asyncio.timeout(15):
            await told.wait()
    assert seen == ["note"]
    assert await bench.dispatcher.work_due({"note": count}) == 0
    bench.clock.move(hours=1)
    await bench.ask(hourly.request(bench.clock()), hourly.request(bench.clock()))
    assert await bench.dispatcher.work_due({"note": count}) == 1


async def test_what_belongs_to_a_jobs_end_is_written_with_it_and_told_after(bench: Bench) -> None:
    told: list[str] = []

    def outcome(connection: Connection) -> None:
        bench.dispatcher.enqueue(connection, [JobRequest("outcome", {})])

    async def work(job: Job) -> Also:
        also = Also(outcome, lambda: told.append(str(job.payload["what"])))
        if job.payload["what"] == "later":
            raise LaterError(60, also=also)
        return also

    await bench.ask(note("now"), note("later"))
    assert await bench.dispatcher.work_due({"note": work}) == 2
    assert sorted(told) == ["later", "now"]
    count = text("SELECT count(*) FROM job WHERE kind = 'outcome'")
    assert await bench.database.read(lambda c: c.execute(count).scalar_one()) == 2
