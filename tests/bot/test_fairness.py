"""A flood from one conversation does not hold up another person's answer."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.conversation import Limits
from bot.dialogue.inbound import Inbound, Text
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn
from bot.ports import Received, Store
from tests.support.bot_stores import SqlHouse
from tests.support.turns import ALICE, BOB, NOW, echo, said, shell

FLOOD = 300
FAIR = 40  # of its turns at most come before the other's: not much more than are worked at once


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    house = SqlHouse(f"sqlite:///{tmp_path}/bot.sqlite3", lambda: NOW)
    yield house.store
    await house.close()


def flood(conversation: str, first: int = 1) -> list[Received]:
    return [said(conversation, first + number, "flood") for number in range(FLOOD)]


async def before_bob(store: Store, batch: list[Received], limits: Limits | None = None) -> int:
    """How many turns of the flood are taken before Bob's, who wrote when it was in the inbox."""
    taken, bobs_turn = 0, asyncio.Event()

    def advance(session: Session, inbound: Inbound, now: datetime) -> Turn:
        nonlocal taken
        assert isinstance(inbound, Text)
        if inbound.text == "bob":
            bobs_turn.set()
        elif not bobs_turn.is_set():
            taken += 1
        return echo(session, inbound, now)

    await store.receive(batch)
    await store.receive([said(BOB, 999_999, "bob")])
    task = asyncio.create_task(shell(store, advance, limits=limits).run())
    await bobs_turn.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return taken


async def test_one_flood_does_not_hold_up_another_person(store: Store) -> None:
    assert await before_bob(store, flood(ALICE)) <= FAIR


async def test_floods_in_every_place_do_not_hold_up_another_person(store: Store) -> None:
    assert await before_bob(store, flood(ALICE), Limits(at_once=1)) <= FAIR
