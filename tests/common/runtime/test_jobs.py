"""What every dispatcher promises, whatever database it stands on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from common.runtime.jobs import Job, JobRequest, LaterError, PermanentError
from tests.support.dispatchers import Bench, bench_at, note


@pytest.fixture
async def bench(store_url: str) -> AsyncIterator[Bench]:
    made = bench_at(store_url)
    yield made
    await made.database.close()


async def test_a_job_is_worked_once_with_its_payload(bench: Bench) -> None:
    await bench.ask(note("একা"))
    assert await bench.work() == 1
    assert await bench.work() == 0
    assert bench.seen == ["একা"]


async def test_a_job_asked_for_in_a_transaction_that_fails_never_was(bench: Bench) -> None:
    def fails(connection: Connection) -> None:
        bench.dispatcher.enqueue(connection, [note("never")])
        raise KeyError

    with pytest.raises(KeyError):
        await bench.database.write(fails)
    assert await bench.work() == 0


async def test_nothing_is_worked_before_it_is_due(bench: Bench) -> None:
    due = bench.clock() + timedelta(hours=1)
    await bench.ask(JobRequest("note", {"what": "later"}, due=due))
    assert await bench.work() == 0
    bench.clock.move(hours=1)
    assert await bench.work() == 1


async def test_a_lane_is_worked_in_order_and_lanes_side_by_side(bench: Bench) -> None:
    await bench.ask(*(note(f"{lane}{n}", lane=lane) for n in range(3) for lane in "ab"))
    together: list[set[str]] = []
    running: set[str] = set()

    async def watch(job: Job) -> None:
        running.add(job.lane)
        await asyncio.sleep(0)
        together.append(set(running))
        running.discard(job.lane)
        await bench.note(job)

    assert await bench.dispatcher.work_due({"note": watch}) == 6
    assert [one for one in bench.seen if one[0] == "a"] == ["a0", "a1", "a2"]
    assert [one for one in bench.seen if one[0] == "b"] == ["b0", "b1", "b2"]
    assert {"a", "b"} in together


async def test_a_failed_job_holds_its_lane_and_no_other(bench: Bench) -> None:
    await bench.ask(note("bad", lane="a"), note("a2", lane="a"), note("b1", lane="b"))

    async def stumble(job: Job) -> None:
        if job.payload["what"] == "bad" and job.attempts == 0:
            raise ConnectionError
        await bench.note(job)

    await bench.dispatcher.work_due({"note": stumble})
    assert bench.seen == ["b1"]
    bench.clock.move(seconds=1)
    await bench.dispatcher.work_due({"note": stumble})
    assert bench.seen == ["b1", "bad", "a2"]


async def fail(_: Job) -> None:
    raise ConnectionError


async def test_the_pauses_between_tries_grow_to_five_minutes_and_then_it_is_dead(
    bench: Bench,
) -> None:
    await bench.ask(note("bad", lane="a"), note("next", lane="a"))
    assert await bench.dispatcher.work_due({"note": fail}) == 1
    for pause in (1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300):
        assert await bench.dispatcher.dead() == []
        bench.clock.move(seconds=pause - 0.001)
        assert await bench.work() == 0
        bench.clock.move(seconds=0.001)
        assert await bench.dispatcher.work_due({"note": fail}) >= 1
    (dead,) = await bench.dispatcher.dead()
    assert (dead.kind, dead.attempts, dead.last_error) == ("note", 12, "ConnectionError")


async def test_a_dead_job_lets_its_lane_go_on_and_can_be_tried_anew(bench: Bench) -> None:
    await bench.ask(note("bad", lane="a"), note("next", lane="a"))

    async def refuse(job: Job) -> None:
        if job.payload["what"] == "bad":
            raise PermanentError("no such chat")
        await bench.note(job)

    assert await bench.dispatcher.work_due({"note": refuse}) == 2
    assert bench.seen == ["next"]
    (dead,) = await bench.dispatcher.dead()
    assert dead.last_error == "PermanentError"
    assert await bench.dispatcher.retry(dead.id)
    assert not await bench.dispatcher.retry(dead.id)
    assert await bench.work() == 1
    assert bench.seen == ["next", "bad"]


async def test_later_is_no_failure_and_may_change_the_payload(bench: Bench) -> None:
    await bench.ask(note("0"))
    tries: list[int] = []

    async def step(job: Job) -> None:
        tries.append(job.attempts)
        await bench.note(job)
        if len(bench.seen) < 20:
            raise LaterError(30, {"what": str(len(bench.seen))} if len(bench.seen) > 1 else None)

    for _ in range(20):
        assert await bench.dispatcher.work_due({"note": step}) == 1
        assert await bench.work() == 0
        bench.clock.move(seconds=30)
    assert bench.seen == ["0", "0", *map(str, range(2, 20))]
    assert set(tries) == {0}
    assert await bench.work() == 0


async def test_a_killed_workers_job_is_taken_over_when_its_lease_ends(bench: Bench) -> None:
    await bench.ask(note("x", lane="a"), note("y", lane="a"))
    killed, other = bench.again(), bench.again()
    begun, never = asyncio.Event(), asyncio.Event()

    async def hang(_: Job) -> None:
        begun.set()
        await never.wait()

    task = asyncio.create_task(killed.work_due({"note": hang}))
    await begun.wait()
    task.cancel()  # without giving anything back, as a killed process would
    with suppress(asyncio.CancelledError):
        await task
    bench.clock.move(seconds=19)
    assert await bench.work(other) == 0
    bench.clock.move(seconds=1)
    assert await bench.work(other) == 2
    assert bench.seen == ["x", "y"]


async def test_a_job_whose_workers_are_killed_each_time_is_given_up(bench: Bench) -> None:
    await bench.ask(note("poison"))

    async def kill(_: Job) -> None:
        raise asyncio.CancelledError

    for _ in range(12):
        with suppress(asyncio.CancelledError):
            await bench.dispatcher.work_due({"note": kill})
        bench.clock.move(seconds=20)
    assert await bench.work() == 1
    assert bench.seen == []
    assert [one.last_error for one in await bench.dispatcher.dead()] == ["WorkerLost"]


async def test_a_unique_job_is_asked_for_once_until_it_is_forgotten(bench: Bench) -> None:
    await bench.ask(note("first", unique="k"), note("second", unique="k"), note("third"))
    await bench.work()
    await bench.ask(note("again", unique="k"), JobRequest("else", {"what": ""}, unique="k"))
    assert await bench.work() == 0
    bench.clock.move(days=7, seconds=1)
    assert await bench.dispatcher.purge() == 2
    await bench.ask(note("anew", unique="k"))
    await bench.work()
    assert bench.seen == ["first", "third", "anew"]


async def test_only_the_kinds_that_have_a_handler_are_taken(bench: Bench) -> None:
    await bench.ask(JobRequest("strange", {}), note("known"))
    assert await bench.work() == 1
    assert bench.seen == ["known"]
