"""The same turn with inbox and store as shipped, one person at a time and many at once."""

from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import floor, storeless
from benchmarks.measure import microseconds, ratio, side_by_side
from benchmarks.script import LANGUAGES
from benchmarks.shipped import running, talking
from benchmarks.table import Row
from benchmarks.telegram import Telegram, no_network
from benchmarks.turn import answer_typically, replaying

TARGET = 1.5
MANY = 32
TALKS, ROUNDS = 2, 7  # in each language; many short rounds, as for the turn without a store


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
            "one": talking(bot, talks, 1, TALKS * len(talks)),
            "many": talking(bot, talks, MANY, MANY),
            "floor": replaying(lambda talk: floor.replayed(telegram, theirs, talk), talks, TALKS),
        }
        spent = await side_by_side(contenders, ROUNDS)
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
