"""What a half-finished conversation costs in the bot's memory, when there are more and more."""

import asyncio
import ctypes
import gc
import os
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import storeless
from benchmarks.script import Turn
from benchmarks.shipped import QUIET, Shipped, running
from benchmarks.table import Row
from benchmarks.telegram import Telegram, no_network

BEGIN, SOME, MANY = 1_000, 10_000, 100_000
WAVE = 250
TARGET = 2.0
SECONDS = 40.0
"""How long people may be let in at each stage; the rest are copied into the store."""
COPIED = ("conversation", "message")
"""The tables that have something of everybody, by a column `conversation`."""


@dataclass(frozen=True, slots=True)
class Held:
    """How many people there are, how many of them came themselves, and kilobytes in memory."""

    people: int
    came: int
    kilobytes: float

    def since(self, before: "Held") -> float:
        """Kilobytes for each person who came themselves since."""
        return (self.kilobytes - before.kilobytes) / max(1, self.came - before.came)


class Crowd:
    """People who begin and stop in the middle."""

    def __init__(self, bot: Shipped, talk: Sequence[Turn], store: Path) -> None:
        self._bot = bot
        self._talk = talk
        self._store = store
        self._people = self._came = 0

    async def grow(self, to: int, messages: int) -> Held:
        """Let people in until there are so many; when it takes too long, copy the others."""
        until = time.monotonic() + SECONDS
        while self._people < to and time.monotonic() < until:
            await self._let_in(min(WAVE, to - self._people), messages)
        self._copy(to - self._people)
        await self._let_in(WAVE, messages)  # for whom the store is as full as it is to be
        await asyncio.sleep(QUIET * 5)
        return Held(self._people, self._came, _resident())

    async def _let_in(self, count: int, messages: int) -> None:
        await self._bot.talk(self._bot.prepared([self._talk[:messages]], count))
        self._people += count
        self._came += count

    def _copy(self, count: int) -> None:
        """Put as many others beside those who came, under names of their own."""
        with closing(sqlite3.connect(self._store, timeout=60)) as file, file:
            for table in COPIED if count else ():
                columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
                kept = [one for one in columns if one not in {"id", "conversation"}]
                values = ", ".join(kept)
                for start in range(0, count, WAVE):
                    file.execute(
                        f"INSERT INTO {table} (conversation, {values}) "  # noqa: S608 its own columns
                        f"SELECT hex(randomblob(32)), {values} FROM {table} LIMIT ?",
                        (min(WAVE, count - start),),
                    )
        self._people += count


async def measure() -> list[Row]:
    """A row from a thousand to ten thousand, and one from there to a hundred thousand."""
    telegram = Telegram()
    with no_network(telegram), TemporaryDirectory() as folder:
        talk = await storeless.recorded(telegram, "en")
        async with running(Path(folder), telegram) as bot:
            crowd = Crowd(bot, talk, Path(folder) / "bot.sqlite3")
            held = [
                await crowd.grow(BEGIN, 3),
                await crowd.grow(SOME, 3),
                await crowd.grow(MANY, 1),
            ]
    return [
        _row("three messages each", held[0], held[1]),
        _row("one message each", held[1], held[2]),
    ]


def _row(told: str, before: Held, after: Held) -> Row:
    between = f"from {before.people:,} to {after.people:,} people"
    note = (
        f"{before.kilobytes / 1024:.1f} MB, then {after.kilobytes / 1024:.1f} MB; counted by the "
        f"{after.came - before.came:,} who came themselves, {told}; the others were copied"
    )
    what = f"memory for each half-finished conversation, {between}"
    return Row(what, "nothing", after.since(before), "kB", TARGET, note=note)


def _resident() -> float:
    """Kilobytes of this process in memory, after all that can be given back was given back."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024
