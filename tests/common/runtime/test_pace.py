"""Who comes too often waits, nobody else does, and nobody's name is kept."""

from collections.abc import Iterator

import pytest

from common.runtime.pace import Pace, Rate
from common.runtime.vault import Vault
from tests.support.clock import MovedClock

SAYING, LEAVING = Rate("saying", 3), Rate("leaving", 3)
ALICE, BOB = "telegram:48151623", "203.0.113.7"


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def pace(clock: MovedClock) -> Pace:
    return Pace(Vault.parse(Vault.new_key("k1")).fingerprint, clock)


async def test_the_next_one_waits_until_the_minute_is_over(pace: Pace, clock: MovedClock) -> None:
    assert [await pace.take(SAYING, ALICE) for _ in range(3)] == [0, 0, 0]
    clock.move(seconds=18.5)
    assert await pace.take(SAYING, ALICE) == 42
    assert await pace.take(SAYING, BOB) == 0
    assert await pace.take(LEAVING, ALICE) == 0
    clock.move(seconds=41)
    assert await pace.take(SAYING, ALICE) == 1
    clock.move(seconds=0.5)
    assert await pace.take(SAYING, ALICE) == 0


async def test_looking_counts_nothing(pace: Pace) -> None:
    assert [await pace.has_room(SAYING, ALICE, 3) for _ in range(9)] == [True] * 9
    assert not await pace.has_room(SAYING, ALICE, 4)
    await pace.take(SAYING, ALICE, 2)
    assert [await pace.has_room(SAYING, ALICE, n) for n in (1, 2)] == [True, False]


async def test_nobody_is_never_counted(pace: Pace) -> None:
    assert [await pace.take(SAYING, "") for _ in range(9)] == [0] * 9


async def test_no_more_are_remembered_than_there_is_room_for(clock: MovedClock) -> None:
    marked: list[str] = []

    def mark(*parts: str) -> str:
        marked.append(parts[-1])
        return "-".join(parts)

    pace = Pace(mark, clock, most_keys=2)
    for who in ("a", "a", "a", "b", "c"):
        await pace.take(SAYING, who)
    assert await pace.has_room(SAYING, "a", 3), "the oldest is forgotten first"
    assert not await pace.has_room(SAYING, "c", 3)
    clock.move(minutes=1)
    await pace.take(SAYING, "d")
    assert [one for one in _everything_in(pace) if "saying-c" in one] == []


async def test_nobody_can_be_read_from_what_is_remembered(pace: Pace) -> None:
    for who in (ALICE, BOB):
        await pace.take(SAYING, who)
    kept = list(_everything_in(pace))
    assert len(kept) > 4
    assert not [one for one in kept if ALICE in one or BOB in one]


def _everything_in(thing: object, depth: int = 8) -> Iterator[str]:
    """Every text that can be reached from here."""
    if isinstance(thing, str):
        yield thing
    elif depth and isinstance(thing, dict):
        for key, value in thing.items():
            yield from _everything_in(key, depth - 1)
            yield from _everything_in(value, depth - 1)
    elif depth and hasattr(thing, "__dict__"):
        yield from _everything_in(vars(thing), depth - 1)
