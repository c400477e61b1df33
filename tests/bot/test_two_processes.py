"""Two processes on one PostgreSQL: each person has one turn at a time, in order, wherever it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from bot.conversation import Conversations
from common.runtime.vault import Vault
from tests.support.bot_stores import SqlHouse
from tests.support.postgres import PostgresServer
from tests.support.turns import ALICE, BOB, NOW, said, shell

KEY = Vault.new_key("k1")

Pair = tuple[tuple[SqlHouse, Conversations], tuple[SqlHouse, Conversations]]


@asynccontextmanager
async def process(url: str) -> AsyncIterator[tuple[SqlHouse, Conversations]]:
    """What one process has: its store, and the loop that takes turns."""
    house = SqlHouse(url, lambda: NOW, KEY)
    conversations = shell(house.store)
    running = asyncio.create_task(conversations.run())
    await asyncio.sleep(0)
    yield house, conversations
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    await house.close()


@pytest.fixture
async def pair(postgres: PostgresServer) -> AsyncIterator[Pair]:
    url = postgres.database()
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(process(url))
        second = await stack.enter_async_context(process(url))
        yield first, second


async def told(house: SqlHouse, conversation: str) -> tuple[str, ...]:
    session = await house.store.session(conversation)
    return session.many("told") if session else ()


async def test_what_a_person_sends_is_answered_in_order_whoever_takes_it(pair: Pair) -> None:
    (house, one), (_, two) = pair
    for number in range(40):
        door = (one, two)[number % 2]
        await door.arrive([said(ALICE, number, f"n{number}")])
    await two.take_waiting()  # what still waits, with whoever is at it
    assert await told(house, ALICE) == tuple(f"n{number}" for number in range(40))


async def test_what_comes_to_both_at_once_is_taken_once_and_nothing_is_lost(pair: Pair) -> None:
    (house, one), (_, two) = pair
    for number in range(15):
        same = said(ALICE, number, f"n{number}")
        other = said(BOB, 100 + number, f"n{number}")
        await asyncio.gather(one.arrive([same]), two.arrive([same]), two.arrive([other]))
    await two.take_waiting()  # what still waits, with whoever is at it
    for who in (ALICE, BOB):
        assert await told(house, who) == tuple(f"n{number}" for number in range(15))
    assert len(await house.asked_for()) == 30


async def test_what_a_process_left_behind_is_taken_up_by_the_other(pair: Pair) -> None:
    (house, _), (_, two) = pair
    await house.store.receive([said(ALICE, 1, "left behind")])  # and it died before its turn
    await two.arrive([said(ALICE, 2, "later")])
    await two.take_waiting()  # what still waits, with whoever is at it
    assert await told(house, ALICE) == ("left behind", "later")
