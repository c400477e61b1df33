"""The short path to the reference, store against store: Doorway, aiogram-dialog and ptb."""

import asyncio
import itertools
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from benchmarks.measure import Contender, Work, microseconds, ratio, side_by_side
from benchmarks.rivals.pages import Pages
from benchmarks.rivals.sqlite import Book
from benchmarks.rivals.with_aiogram_dialog import AiogramDialogue
from benchmarks.rivals.with_ptb import PtbDialogue
from benchmarks.script import SENDING, Person, Turn, acts, choices
from benchmarks.shipped import QUIET, Shipped, running, talking
from benchmarks.table import Row
from benchmarks.telegram import CHAT, Call, Telegram, no_network
from benchmarks.turn import answer_typically

MANY = 32
AT_LEAST = 16  # people in a round: fewer turns would drown in what the machine does beside
ROUNDS = 3
AHEAD = 1.0


class Dialogue(Protocol):
    """A rival's program."""

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def take(self, updates: Sequence[bytes]) -> None: ...


class Rival:
    """Talks with a rival's program; people are new in every talk."""

    def __init__(self, telegram: Telegram, dialogue: Dialogue) -> None:
        self._telegram = telegram
        self._dialogue = dialogue
        self._people = itertools.count(6_000_000_001)
        self.talk: tuple[Turn, ...] = ()

    async def learn(self, ours: Sequence[Turn]) -> None:
        """Talk once with it as with Doorway, pressing the buttons with the same labels."""
        person, turns = Person("en"), list[Turn]()
        calls = [call for turn in ours for call in turn.calls]
        # The first label of each: later on it may carry a tick.
        labels = {data: label for one in reversed(calls) for data, label in choices(one).items()}
        for did in acts("en", SENDING):
            seen = [call for turn in turns for call in turn.calls]
            update = (
                person.press(_data(labels[did], seen), seen)
                if did in labels
                else person.update(did, seen)
            )
            self._telegram.recorded = []
            await self._dialogue.take([Turn(update, ()).fresh(CHAT - 1).update])
            turns.append(Turn(update, tuple(self._telegram.recorded)))
        self._telegram.recorded = None
        self.talk = tuple(turns)

    def ready(self, at_once: int) -> Contender:
        """So many people at once in each round."""

        def make() -> Work:
            groups = [self._waves(at_once) for _ in range(0, max(at_once, AT_LEAST), at_once)]

            async def work() -> int:
                for waves in groups:
                    await self._walk(waves)
                await asyncio.sleep(QUIET)
                return sum(len(wave) for waves in groups for wave in waves)

            return work

        return make

    def _waves(self, at_once: int) -> list[list[bytes]]:
        people = [next(self._people) for _ in range(at_once)]
        return [[turn.fresh(chat).update for chat in people] for turn in self.talk]

    async def _walk(self, waves: Sequence[Sequence[bytes]]) -> None:
        """aiogram-dialog draws a mark for each talk, without which a button is none of its own."""
        first, *rest = waves
        self._telegram.recorded = []
        await self._dialogue.take(first)
        marks = {str(one.params["chat_id"]): _mark(one) for one in self._telegram.recorded}
        self._telegram.recorded = None
        old = _mark(self.talk[0].calls[0]).encode()
        new = [mark.encode() for mark in marks.values()] if old else []
        for wave in rest:
            marked = (
                [one.replace(old, mark) for one, mark in zip(wave, new, strict=True)]
                if old
                else wave
            )
            await self._dialogue.take(marked)


async def measure() -> list[Row]:
    """A row for each rival, with one person and with many."""
    telegram = Telegram()
    with no_network(telegram), TemporaryDirectory() as folder:
        async with running(Path(folder), telegram) as bot:
            ours = await bot.told(telegram, "en", SENDING)
            pages = Pages.of(ours)
            answer_typically(telegram, [ours])
            books = [Book(Path(folder) / f"{name}.sqlite3") for name in ("dialog", "ptb")]
            programs: list[Dialogue] = [
                AiogramDialogue(books[0], pages),
                PtbDialogue(books[1], pages),
            ]
            rivals = {
                name: Rival(telegram, program)
                for name, program in zip(
                    ("aiogram-dialog", "python-telegram-bot"), programs, strict=True
                )
            }
            for program in programs:
                await program.open()
            for rival in rivals.values():
                await rival.learn(ours)
            rows = [
                row for at_once in (1, MANY) for row in await _against(bot, ours, rivals, at_once)
            ]
            for program in programs:
                await program.close()
            for book in books:
                await book.close()
    return rows


async def _against(
    bot: Shipped, ours: Sequence[Turn], rivals: dict[str, Rival], at_once: int
) -> list[Row]:
    contenders = {name: rival.ready(at_once) for name, rival in rivals.items()}
    spent = await side_by_side(
        {"ours": talking(bot, [ours], at_once, max(at_once, AT_LEAST)), **contenders}, ROUNDS
    )
    people = "one at a time" if at_once == 1 else f"{at_once} at once"
    rows = []
    for name, rival in rivals.items():
        against = ratio(spent, "ours", name)
        note = (
            f"a turn of ours {microseconds(spent, 'ours')}; theirs {microseconds(spent, name)}; "
            f"wall {against.wall:.2f} ×; rounds {against.spread}; {_sameness(ours, rival.talk)}"
        )
        what = f"the short path to the reference, {people}"
        rows.append(Row(what, f"{name}, with a store", against.cpu, "×", AHEAD, note=note))
    return rows


def _sameness(ours: Sequence[Turn], theirs: Sequence[Turn]) -> str:
    mine = [call for turn in ours for call in turn.calls]
    other = [call for turn in theirs for call in turn.calls]
    said = {str(one.params.get("text")) for one in mine}
    same = sum(str(one.params.get("text")) in said for one in other)
    return f"{len(other)} calls to our {len(mine)}, {len(other) - same} with another text"


def _data(label: str, seen: Sequence[Call]) -> str:
    """The data of the button with this label that was shown last."""
    for call in reversed(seen):
        for data, shown in choices(call).items():
            if shown == label:
                return data
    raise LookupError(label)


def _mark(call: Call) -> str:
    """What aiogram-dialog puts before all data of a talk's buttons; empty for others."""
    data = next(iter(choices(call)), "")
    mark, parted, _ = data.partition("\x1d")
    return mark if parted else ""
