"""What was given up is seen and tried again, beside the process that works the jobs."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from bot.storage.tables import JOBS, MIGRATIONS
from common.runtime.database import Database, open_database
from common.runtime.jobs import Job, JobRequest, PermanentError
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.upkeep.holding import Holding, UpkeepError
from common.runtime.upkeep.jobs import retry, show
from common.runtime.vault import Vault
from tests.support.clock import START, MovedClock
from tests.support.upkeep import bot_holding

RING = Vault.new_key("k1")
PRIVATE = "Zebra"


class RefusedForGoodError(PermanentError):
    """What the error's text says may be private, too."""


@dataclass
class Running:
    """A process at work on a store; its handlers fail until they are mended."""

    holding: Holding
    database: Database
    clock: MovedClock

    def __post_init__(self) -> None:
        self.dispatcher = SqlDispatcher(self.database, JOBS, self.holding.ring, self.clock)
        self.broken = True
        self.done: asyncio.Queue[object] = asyncio.Queue()

    async def ask(self, *kinds: str, later: timedelta = timedelta()) -> None:
        """Ask for a job of each kind, due so much later."""
        due = self.clock() + later
        jobs = [JobRequest(kind, {"who": PRIVATE}, lane=PRIVATE, due=due) for kind in kinds]
        await self.database.write(lambda connection: self.dispatcher.enqueue(connection, jobs))

    async def handle(self, job: Job) -> None:
        if self.broken:
            raise RefusedForGoodError(PRIVATE)
        await self.done.put(job.kind)

    async def work(self) -> None:
        await self.dispatcher.work_due({"send": self.handle, "deliver": self.handle})

    async def shown(self) -> str:
        screen = StringIO()
        await show(self.holding, Console(file=screen, width=100), self.clock)
        return screen.getvalue()


@pytest.fixture
async def running(store_url: str) -> AsyncIterator[Running]:
    database = open_database(store_url)
    MIGRATIONS.upgrade(database)
    yield Running(bot_holding(store_url, RING), database, MovedClock())
    await database.close()


def line(shown: str, *parts: str) -> bool:
    """Whether one line says all of this."""
    return any(all(part in line for part in parts) for line in shown.splitlines())


async def test_what_waits_is_counted_by_kind(running: Running) -> None:
    await running.ask("send", "send", "deliver")
    await running.ask("send", later=timedelta(hours=1))
    shown = await running.shown()
    assert "No job was given up." in shown
    assert line(shown, "send", " 3 ", " 2 ", f"{START:%Y-%m-%d %H:%M} UTC")
    assert line(shown, "deliver", " 1 ")


async def test_what_was_given_up_is_shown_without_what_it_is_about(running: Running) -> None:
    await running.ask("send", "deliver")
    await running.work()
    shown = await running.shown()
    assert "No job waits." in shown
    for number, kind in enumerate(("send", "deliver"), 1):
        assert line(shown, f" {number} ", kind, "RefusedForGoodError", "2026-11-23 09:30 UTC")
    assert PRIVATE not in shown


async def test_one_or_all_are_tried_again(running: Running) -> None:
    await running.ask("send", "deliver", "send")
    await running.work()
    running.broken = False
    assert await retry(running.holding, "2", running.clock) == 1
    await running.work()
    assert await retry(running.holding, "all", running.clock) == 2
    await running.work()
    assert await retry(running.holding, "all", running.clock) == 0
    assert [running.done.get_nowait() for _ in range(3)] == ["deliver", "send", "send"]


@pytest.mark.parametrize("which", ["1", "99999"])
async def test_a_job_that_was_not_given_up_is_left_alone(running: Running, which: str) -> None:
    await running.ask("send")
    with pytest.raises(UpkeepError, match=f"No job with the number {which} was given up"):
        await retry(running.holding, which, running.clock)


@pytest.mark.parametrize("which", ["", "seven", "-1", "७", "9" * 30])
async def test_what_is_no_number_is_said_to_be_none(running: Running, which: str) -> None:
    with pytest.raises(UpkeepError, match="is no job's number"):
        await retry(running.holding, which, running.clock)


async def test_the_process_at_work_notices(running: Running) -> None:
    await running.ask("send")
    await running.work()
    running.broken = False
    working = asyncio.create_task(running.dispatcher.run({"send": running.handle}))
    assert await retry(running.holding, "all", running.clock) == 1
    async with asyncio.timeout(15):
        assert await running.done.get() == "send"
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
