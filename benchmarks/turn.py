"""A dialogue turn without a store, against bare aiogram making the same calls."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from benchmarks import floor, storeless
from benchmarks.measure import Contender, Work, microseconds, ratio, side_by_side
from benchmarks.script import LANGUAGES, Turn, typical
from benchmarks.table import Row
from benchmarks.telegram import Telegram, no_network
from common.runtime import collector

TALKS, ROUNDS = 4, 15  # many short rounds: what else the machine does falls on few of them
TARGET = 0.6

Talk = Sequence[Turn]


class UnequalCallsError(Exception):
    """The contenders did not do the same, so that comparing them would say nothing."""


async def measure() -> list[Row]:
    """The row of the turn without a store."""
    telegram = Telegram()
    with no_network(telegram):
        talks = [await storeless.recorded(telegram, one) for one in LANGUAGES]
        answer_typically(telegram, talks)
        ours, theirs = storeless.Storeless(), floor.Floor()
        await see_the_same_calls(telegram, ours, theirs, talks)

        collector.settle()  # as the bot does before it serves
        spent = await side_by_side(
            {
                "ours": replaying(partial(storeless.replayed, telegram, ours), talks, TALKS),
                "floor": replaying(partial(floor.replayed, telegram, theirs), talks, TALKS),
            },
            ROUNDS,
        )
        await ours.close()
        await theirs.close()
    against = ratio(spent, "ours", "floor")
    note = (
        f"ours {microseconds(spent, 'ours')}; floor {microseconds(spent, 'floor')}; "
        f"wall {against.wall:.2f} ×; rounds {against.spread}"
    )
    return [
        Row(
            "a turn without a store",
            "bare aiogram, same calls",
            against.cpu,
            "×",
            TARGET,
            note=note,
        )
    ]


def replaying(
    replay: Callable[[Talk], Awaitable[None]], talks: Sequence[Talk], times: int
) -> Contender:
    """Has these talks so many times in a round, one after the other."""

    def ready() -> Work:
        fresh = [[turn.fresh() for turn in talk] for _ in range(times) for talk in talks]

        async def work() -> int:
            for talk in fresh:
                await replay(talk)
            return sum(map(len, fresh))

        return work

    return ready


def answer_typically(telegram: Telegram, talks: Sequence[Talk]) -> None:
    """Let Telegram's answers be as long as they are in life, in the middle."""
    call = typical(call for talk in talks for turn in talk for call in turn.calls)
    telegram.answer_with(str(call.params["text"]), call.params["reply_markup"])


async def see_the_same_calls(
    telegram: Telegram,
    ours: storeless.Storeless,
    theirs: floor.Floor,
    talks: Sequence[Talk],
) -> None:
    """Have each talk with both, and see that they do the same.

    Raises:
        UnequalCallsError: they do not.
    """
    for talk in talks:
        expected = [call for turn in talk for call in turn.calls]
        for replay in (
            partial(storeless.replayed, telegram, ours),
            partial(floor.replayed, telegram, theirs),
        ):
            telegram.recorded = []
            await replay(talk)
            if telegram.recorded != expected:
                raise UnequalCallsError
    telegram.recorded = None
