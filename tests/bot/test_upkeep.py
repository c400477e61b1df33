"""Keys are changed while people talk: nothing is unreadable at any moment, nobody is forgotten."""

import asyncio
from dataclasses import dataclass
from io import StringIO

from rich.console import Console
from sqlalchemy import Connection, text

from bot.dialogue.session import Session
from bot.ports import Outgoing, Received, TurnResult
from bot.storage.sealed import SEALED
from bot.storage.sql import SqlStore
from bot.storage.tables import JOBS, KEYS, MIGRATIONS
from bot.storage.talks import SqlTalks
from common.runtime.database import open_database
from common.runtime.jobs import Job, JobRequest
from common.runtime.keytable import unlocked
from common.runtime.sqljobs import SqlDispatcher
from common.runtime.upkeep.holding import beside
from common.runtime.upkeep.reseal import Resealed, reseal
from common.runtime.upkeep.resealing import reseal_all
from common.runtime.vault import Vault, sealed_by
from tests.support.clock import START, MovedClock
from tests.support.upkeep import bot_holding

OLD, NEW = Vault.new_key("k1"), Vault.new_key("k2")
ADDED, CHANGED = f"{OLD},{NEW}", f"{NEW},{OLD}"
PEOPLE = [f"telegram:{number}" for number in range(16)]


@dataclass
class Process:
    """A bot at work on the store with these keys; `turns` are how many each person has had."""

    url: str
    keys: str
    turns: dict[str, int]

    def __post_init__(self) -> None:
        self.database = open_database(self.url)
        MIGRATIONS.upgrade(self.database)
        clock, vault = MovedClock(), unlocked(self.database, KEYS, Vault.parse(self.keys))
        self.dispatcher = SqlDispatcher(self.database, JOBS, vault, clock)
        self.store = SqlStore(self.database, self.dispatcher, vault, clock)
        self.talks = SqlTalks(self.database, self.dispatcher, vault, clock)
        self.worked: list[object] = []

    async def hear(self, person: str) -> None:
        """Store what a person says next."""
        number = self.turns.get(person, 0) + 1
        said = Received("telegram", f"{person}/{number}", person, {"text": str(number)}, START)
        await self.store.receive([said, said])

    async def turn(self, person: str) -> None:
        """Take the turn that waits; the session must be as the last turn has left it."""
        before = self.turns.get(person, 0)
        waiting = await self.store.oldest(person)
        assert waiting is not None
        assert waiting.received.body == {"text": str(before + 1)}

        def work(session: Session | None) -> TurnResult:
            assert (session.text("turns") if session else "0") == str(before)
            job = JobRequest("note", {"said": f"{person} {before + 1}"}, lane=person)
            return TurnResult(Session("s", answers={"turns": str(before + 1)}), (job,))

        assert await self.store.turn(waiting, work) is not None
        await self.talks.say(person, Outgoing("say", html=str(before + 1)))
        self.turns[person] = before + 1

    async def round(self) -> None:
        """Everybody says something, has a turn, and looks at all that was said before."""
        for person in PEOPLE:
            await self.hear(person)
            await self.turn(person)
            lines = [one.said.html for one in (await self.talks.read(person)).lines if one.said]
            assert lines == [str(number + 1) for number in range(self.turns[person])]

    async def work(self) -> None:
        """Do the jobs there are."""

        async def note(job: Job) -> None:
            self.worked.append(job.payload["said"])

        await self.dispatcher.work_due({"note": note})


def sealing(connection: Connection) -> set[str]:
    """The ids of all keys that seal anything."""
    return {
        sealed_by(value)
        for one in SEALED
        for (value,) in connection.execute(text(f"SELECT {one.column.name} FROM {one.table.name}"))
        if value
    }


async def test_keys_are_changed_while_people_talk(store_url: str) -> None:
    turns: dict[str, int] = {}
    process = Process(store_url, OLD, turns)
    await process.round()
    await process.database.close()
    process = Process(store_url, ADDED, turns)  # the new one is made known before it is used
    await process.round()
    await process.hear(PEOPLE[1])  # waits all the while
    await process.database.close()

    process = Process(store_url, CHANGED, turns)
    over = asyncio.Event()

    async def talk() -> None:
        while not over.is_set():
            for person in PEOPLE[2:]:
                await process.hear(person)
                await process.turn(person)
                await process.talks.read(person)

    async def change() -> Resealed:
        async with beside(bot_holding(store_url, CHANGED)) as database:
            ring = Vault.parse(CHANGED)
            return await reseal(database, SEALED, ring, lambda *_: None, batch=5)

    talking = asyncio.create_task(talk())
    found = await change()
    over.set()
    await talking
    assert (found.late, found.closed) == (0, 0)
    assert found.done > len(PEOPLE)
    assert await process.database.read(sealing) == {"k2"}
    await process.database.close()

    process = Process(store_url, NEW, turns)
    await process.turn(PEOPLE[1])
    await process.round()
    await process.work()
    assert len(process.worked) == sum(turns.values())
    assert await process.store.waiting() == []
    await process.database.close()


async def test_the_command_shows_and_says_how_it_went(store_url: str) -> None:
    process = Process(store_url, OLD, {})
    await process.round()
    shown = StringIO()
    console = Console(file=shown, force_terminal=True, width=100)
    assert await reseal_all(bot_holding(store_url, CHANGED), console)
    assert "conversation" in shown.getvalue()
    assert "k1 seals nothing any more and may be taken out" in shown.getvalue()
    piped = StringIO()
    assert await reseal_all(bot_holding(store_url, NEW), Console(file=piped))
    assert piped.getvalue() == (
        "0 values were sealed anew with the key k2. It is the only key there is, so there is none "
        "to take out.\n"
    )
    await process.database.close()
