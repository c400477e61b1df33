"""Measures contenders side by side: in turns, several rounds, and by the middle of the ratios."""

import gc
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

ROUNDS = 5

Work = Callable[[], Awaitable[int]]
"""Does one round of work and returns how many turns (or other units of it) were done."""
Contender = Callable[[], Work]
"""Makes the next round's work ready, which is not measured."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of one unit of work: of the processor (all threads of this process) and of time."""

    cpu: float
    wall: float


Rounds = Mapping[str, Sequence[Spent]]
"""What each contender spent on a unit in each round."""


async def side_by_side(contenders: Mapping[str, Contender], rounds: int = ROUNDS) -> Rounds:
    """Let each contender do its round in turn, again and again, after one to warm up.

    Whatever slows the machine for a while then slows all of them, and not one.
    """
    spent: dict[str, list[Spent]] = {name: [] for name in contenders}
    for contender in contenders.values():
        await contender()()
    names = list(contenders)
    for number in range(rounds):
        for name in names[number % len(names) :] + names[: number % len(names)]:
            spent[name].append(await _one(contenders[name]))
    return spent


async def _one(contender: Contender) -> Spent:
    work = contender()
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    units = await work()
    return Spent((time.process_time() - cpu) / units, (time.perf_counter() - wall) / units)


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much of the other's time was taken: the middle round, and what the rounds lay between."""

    cpu: float
    wall: float
    lowest: float
    highest: float

    @property
    def spread(self) -> str:
        """Between which ratios of processor time the rounds lay."""
        return f"{self.lowest:.2f} to {self.highest:.2f}"


def ratio(spent: Rounds, name: str, to: str) -> Ratio:
    """One contender against another, round by round."""
    pairs = list(zip(spent[name], spent[to], strict=True))
    cpu = [ours.cpu / theirs.cpu for ours, theirs in pairs]
    wall = [ours.wall / theirs.wall for ours, theirs in pairs]
    return Ratio(median(cpu), median(wall), min(cpu), max(cpu))


def middle(spent: Rounds, name: str) -> Spent:
    """What a contender spent on a unit in the middle round."""
    return Spent(median(one.cpu for one in spent[name]), median(one.wall for one in spent[name]))


def microseconds(spent: Rounds, name: str) -> str:
    """The same in words, for the table's notes."""
    one = middle(spent, name)
    return f"{one.cpu * 1e6:,.0f} µs of CPU, {one.wall * 1e6:,.0f} µs of time"
