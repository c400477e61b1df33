"""The same turn with inbox and store as shipped, one person at a time and many at once."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
import asyncio
import gc

from benchmarks import floor, storeless
from benchmarks.measure import Contender, microseconds, ratio, side_by_side
from benchmarks.script import LANGUAGES
from benchmarks.shipped import QUIET, Shipped, running
from benchmarks.table import Row
from benchmarks.telegram import Telegram, no_network
from benchmarks.turn import Talk, answer_typically, replaying

TARGET = 1.5
MANY = 32
TALKS = 4  # in each language


async def measure() -> list[Row]:
    """One row for each way updates come in, and for one and for many people at once."""
    rows = []
    for webhook in (False, True):
        telegram = Telegram()
        with no_network(telegram), TemporaryDirectory() as folder:
            rows += await _measured(telegram, Path(folder), webhook=webhook)
    return rows


async def _measured(telegram: Telegram, folder: Path, *, webhook: bool) -> list[Row]:
    talks = [await storeless.recorded(telegram, one) for one in LANGUAGES]
    answer_typically(telegram, talks)
    theirs = floor.Floor()
    async with running(folder, telegram, webhook=webhook) as bot:
        contenders = {
            "one": _talking(bot, talks, 1),
            "many": _talking(bot, talks, MANY),
            "floor": replaying(lambda talk: floor.replayed(telegram, theirs, talk), talks, TALKS),
        }
        spent = await side_by_side(contenders)
    await theirs.close()
    way = "by webhook" if webhook else "by polling"
    rows = []
    for name, people in (("one", "one at a time"), ("many", f"{MANY} at once")):
        against = ratio(spent, name, "floor")
        note = (
            f"ours {microseconds(spent, name)}; floor {microseconds(spent, 'floor')}; "
            f"wall {against.wall:.2f} ×; rounds {against.spread}"
        )
        what = f"a turn with inbox and store, {way}, {people}"
        rows.append(Row(what, "bare aiogram, same calls", against.cpu, "×", TARGET, note=note))
    return rows


def _talking(bot: Shipped, talks: Sequence[Talk], at_once: int) -> Contender:
    """So many people at a time, until as many have talked as replay the floor's talks."""
    people = TALKS * len(talks)

    def ready():
        groups = [
            bot.prepared(talks[place % len(talks):] + talks[:place % len(talks)], at_once)
            for place in range(0, max(people, at_once), at_once)
        ]

        async def work() -> int:
            for waves in groups:
                await bot.talk(waves)
            await asyncio.sleep(QUIET)
            return sum(len(wave) for waves in groups for wave in waves)

        return work

    return ready
