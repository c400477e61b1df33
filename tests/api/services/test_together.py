"""What waits at the same moment is done in one lot, and nobody suffers for somebody else."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from api.services.together import LOTS, MOST, Together


@dataclass(frozen=True)
class Item:
    name: str
    alone: str = ""


class Doing:
    """Doubles names; holds lots back until it may go on, and fails on a bad one."""

    def __init__(self) -> None:
        self.lots: list[list[str]] = []
        self.go_on = asyncio.Event()

    async def do(self, items: Sequence[Item]) -> Sequence[str]:
        self.lots.append([one.name for one in items])
        await self.go_on.wait()
        if any(one.name == "bad" for one in items):
            raise ValueError("bad")
        return [one.name * 2 for one in items]


async def settled(together: Together[Item, str], *items: Item) -> list[str | BaseException]:
    """Ask for all of these in this order."""
    asked = [asyncio.create_task(together.done(one)) for one in items]
    return await asyncio.gather(*asked, return_exceptions=True)


async def as_far_as_they_can() -> None:
    """Let all the others go on until they wait for something."""
    for _ in range(50):
        await asyncio.sleep(0)


async def held_back(together: Together[Item, str]) -> list[asyncio.Task[str]]:
    """As many lots as may be on their way at once, so that what comes now must wait."""
    first = []
    for number in range(LOTS):
        first.append(asyncio.create_task(together.done(Item(f"first {number}"))))
        await as_far_as_they_can()
    return first


async def test_what_waits_is_done_together_and_each_gets_its_own() -> None:
    doing = Doing()
    together = Together(doing.do)
    first = await held_back(together)
    waiting = asyncio.create_task(settled(together, *(Item(str(n)) for n in range(MOST + 1))))
    await as_far_as_they_can()
    doing.go_on.set()
    assert await waiting == [str(n) * 2 for n in range(MOST + 1)]
    assert sorted(len(lot) for lot in doing.lots) == [1] * (LOTS + 1) + [MOST]
    await asyncio.gather(*first)


async def test_two_that_must_be_alone_are_not_in_one_lot() -> None:
    doing = Doing()
    together = Together(doing.do)
    first = await held_back(together)
    items = (Item("a", "x"), Item("b", "x"), Item("c", "y"), Item("d"), Item("e"))
    waiting = asyncio.create_task(settled(together, *items))
    await as_far_as_they_can()
    doing.go_on.set()
    assert await waiting == ["aa", "bb", "cc", "dd", "ee"]
    assert sorted(doing.lots[LOTS:]) == [["a", "c", "d", "e"], ["b"]]
    await asyncio.gather(*first)


async def test_one_that_fails_spares_the_others() -> None:
    doing = Doing()
    together = Together(doing.do)
    first = await held_back(together)
    waiting = asyncio.create_task(settled(together, Item("a"), Item("bad"), Item("c")))
    await as_far_as_they_can()
    doing.go_on.set()
    one, bad, other = await waiting
    assert (one, other) == ("aa", "cc")
    with pytest.raises(ValueError, match="bad"):
        raise bad if isinstance(bad, BaseException) else AssertionError
    await asyncio.gather(*first)


async def test_whoever_has_gone_does_not_hold_up_the_others() -> None:
    doing = Doing()
    together = Together(doing.do)
    first = await held_back(together)
    gone = asyncio.create_task(together.done(Item("gone")))
    waiting = asyncio.create_task(settled(together, Item("a")))
    await as_far_as_they_can()
    gone.cancel()
    doing.go_on.set()
    assert await waiting == ["aa"]
    await asyncio.gather(gone, *first, return_exceptions=True)


async def test_where_nothing_is_gained_by_waiting_nobody_waits() -> None:
    doing = Doing()
    together = Together(doing.do, most=1)
    waiting = asyncio.create_task(settled(together, *(Item(str(n)) for n in range(8))))
    await as_far_as_they_can()
    assert len(doing.lots) == 8
    doing.go_on.set()
    assert len(await waiting) == 8
