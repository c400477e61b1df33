"""What a dispatcher promises while it runs: leases kept, given back, and lost."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

import pytest

from common.runtime.jobs import Job, PermanentError
from common.runtime.sqljobs import SqlDispatcher
from tests.support.dispatchers import Bench, bench_at, note


@pytest.fixture
async def bench(store_url: str) -> AsyncIterator[Bench]:
    made = bench_at(store_url)
    yield made
    await made.database.close()


class Running:
    """A dispatcher's loop as a process has it."""

    def __init__(self, dispatcher: SqlDispatcher, handler: Callable[[Job], object]) -> None:
        async def handle(job: Job) -> None:
            result = handler(job)
            if asyncio.iscoroutine(result):
                await result

        self.task = asyncio.create_task(dispatcher.run({"note": handle}))

    async def stop(self) -> None:
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task


async def test_the_loop_works_what_is_asked_for_while_it_runs(bench: Bench) -> None:
    done = asyncio.Event()

    async def handle(job: Job) -> None:
        await bench.note(job)
        if len(bench.seen) == 40:
            done.set()

    running = Running(bench.dispatcher, handle)
    await asyncio.sleep(0)
    await bench.ask(*(note(str(n), lane="one") for n in range(20)))
    bench.dispatcher.wake()
    await bench.ask(*(note(str(n)) for n in range(20)))
    bench.dispatcher.wake()
    async with asyncio.timeout(10):
        await done.wait()
    await running.stop()
    assert sorted(bench.seen) == sorted(2 * [str(n) for n in range(20)])


async def test_what_does_not_end_when_we_stop_is_given_back_at_once(bench: Bench) -> None:
    await bench.ask(note("endless"))
    begun, never = asyncio.Event(), asyncio.Event()

    async def hang(_: Job) -> None:
        begun.set()
        await never.wait()

    running = Running(bench.again(grace=0.01), hang)
    await begun.wait()
    await running.stop()
    tries: list[int] = []

    async def count(job: Job) -> None:
        tries.append(job.attempts)

    assert await bench.again().work_due({"note": count}) == 1
    assert tries == [0]


async def test_a_long_job_keeps_its_lease(bench: Bench) -> None:
    await bench.ask(note("long"))
    begun, end = asyncio.Event(), asyncio.Event()

    async def take_long(job: Job) -> None:
        begun.set()
        await end.wait()
        await bench.note(job)

    running = Running(bench.dispatcher, take_long)
    await begun.wait()
    for _ in range(3):
        bench.clock.move(seconds=15)
        await bench.dispatcher.renew()
        assert await bench.work(bench.again()) == 0
    end.set()
    await running.stop()
    assert bench.seen == ["long"]
    assert await bench.work() == 0


async def test_a_loop_that_overslept_takes_no_job_that_it_is_working(bench: Bench) -> None:
    await bench.ask(note("long"))
    begun, end = asyncio.Event(), asyncio.Event()

    async def take_long(job: Job) -> None:
        assert not begun.is_set()
        begun.set()
        await end.wait()
        await bench.note(job)

    running = Running(bench.dispatcher, take_long)
    await begun.wait()
    bench.clock.move(hours=8)
    assert await bench.work() == 0
    end.set()
    await running.stop()
    assert bench.seen == ["long"]


async def test_whoever_lost_the_lease_settles_nothing(bench: Bench) -> None:
    await bench.ask(note("x"))
    slow, quick = bench.again(), bench.again()

    async def lose(_: Job) -> None:
        bench.clock.move(seconds=21)
        assert await quick.work_due({"note": bench.note}) == 1
        raise PermanentError("too late to say so")

    assert await slow.work_due({"note": lose}) == 1
    assert await bench.dispatcher.dead() == []
    assert bench.seen == ["x"]
