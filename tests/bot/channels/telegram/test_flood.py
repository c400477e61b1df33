"""A flood from one person: the first is taken, the rest is said once and not kept."""

import asyncio
from collections.abc import Sequence

import httpx2
import pytest
from aiogram import Bot
from fastapi import FastAPI

from bot.channels.telegram import WEBHOOK_PATH
from bot.channels.telegram.entry import poll, webhook_router
from bot.channels.telegram.flood import OF_A_PERSON, Sieve
from bot.dialogue.inbound import Flooded
from bot.dialogue.session import Session
from bot.envelopes import read_own
from bot.ports import Json, Received, TurnResult
from bot.storage.memory import MemoryStore
from common.runtime.pace import Pace
from common.runtime.vault import Vault
from tests.bot.channels.telegram.stores import FailingStore, Pauses
from tests.support.clock import MovedClock
from tests.telegram_server.server import TelegramServer

MOST = OF_A_PERSON.a_minute
ALICE, BOB = 1001, 1002


def update(number: int, person: int = ALICE, text: str = "hello") -> Json:
    message = {"message_id": number, "chat": {"id": person, "type": "private"}, "text": text}
    return {"update_id": number, "message": message}


def pressed(number: int, data: str) -> Json:
    message = {"message_id": 1, "chat": {"id": ALICE, "type": "private"}}
    return {"update_id": number, "callback_query": {"id": "1", "data": data, "message": message}}


def received(body: Json, clock: MovedClock) -> Received:
    person = BOB if str(BOB) in str(body) else ALICE
    return Received("telegram", str(body["update_id"]), f"telegram:{person}", body, clock())


def flood(clock: MovedClock, most: int = MOST + 240, first: int = 1) -> Sequence[Received]:
    return [received(update(first + number), clock) for number in range(most)]


@pytest.fixture
def pace(clock: MovedClock) -> Pace:
    return Pace(Vault.parse(Vault.new_key("k1")).fingerprint, clock)


@pytest.fixture
def sieve(store: MemoryStore, pace: Pace) -> Sieve:
    return Sieve(store.receive, pace)


async def stored(store: MemoryStore, person: int = ALICE) -> list[str]:
    """What waits of somebody, in order: the updates' numbers, and our own word."""
    found: list[str] = []
    while waiting := await store.oldest(f"telegram:{person}"):
        one = waiting.received
        own = one.source == "doorway"
        found.append(type(read_own(one.body).inbound).__name__ if own else one.update_id)
        await store.turn(waiting, lambda _: TurnResult(Session("s1")))
    return found


async def test_the_first_are_taken_and_the_rest_is_said_once(
    sieve: Sieve, store: MemoryStore, clock: MovedClock
) -> None:
    await sieve.arrive(flood(clock))
    for one in flood(clock, first=5000, most=20):
        await sieve.arrive([one])
    assert await stored(store) == [*map(str, range(1, MOST + 1)), Flooded.__name__]


async def test_nobody_else_notices(sieve: Sieve, store: MemoryStore, clock: MovedClock) -> None:
    batch = [*flood(clock), received(update(9000, BOB), clock)]
    await sieve.arrive(batch)
    assert await stored(store, BOB) == ["9000"]


async def test_after_a_minute_all_is_well_again(
    sieve: Sieve, store: MemoryStore, clock: MovedClock
) -> None:
    await sieve.arrive(flood(clock))
    await stored(store)
    clock.move(minutes=1)
    await sieve.arrive(flood(clock, most=2, first=9000))
    assert await stored(store) == ["9000", "9001"]


@pytest.mark.parametrize(
    "asked",
    [
        *(update(9000, text=f"/{name}") for name in ("urgent", "callme", "stop", "delete")),
        *(pressed(9000, data) for data in ("do=urgent", "do=callme")),
        *(pressed(9000, f"{step}=help_now") for step in ("safe_now", "safe_check")),
    ],
    ids=str,
)
async def test_help_and_quiet_are_never_refused(
    sieve: Sieve, store: MemoryStore, clock: MovedClock, asked: Json
) -> None:
    await sieve.arrive(flood(clock))
    await stored(store)
    await sieve.arrive([*flood(clock, most=5, first=8000), received(asked, clock)])
    assert await stored(store) == ["9000"]


async def test_what_could_not_be_stored_does_not_count(clock: MovedClock, pace: Pace) -> None:
    store = FailingStore(clock, failures=10)
    sieve, batch = Sieve(store.receive, pace), flood(clock, most=MOST)
    for _ in range(10):
        with pytest.raises(OSError, match="disk full"):
            await sieve.arrive(batch)
    await sieve.arrive(batch)
    assert len(await stored(store)) == MOST


async def test_what_telegram_brings_again_does_not_count(
    sieve: Sieve, store: MemoryStore, clock: MovedClock
) -> None:
    for _ in range(MOST * 2):
        await sieve.arrive([received(update(1), clock)])
    await sieve.arrive([received(update(2), clock)])
    assert await stored(store) == ["1", "2"]


async def test_the_word_counts_once_when_its_updates_are_posted_again(
    clock: MovedClock, pace: Pace
) -> None:
    store = MemoryStore(clock)
    await Sieve(store.receive, pace).arrive(flood(clock, most=MOST + 1))
    again = Pace(Vault.parse(Vault.new_key("k1")).fingerprint, clock)  # another process
    await Sieve(store.receive, again).arrive(flood(clock, most=MOST + 1))
    assert (await stored(store)).count(Flooded.__name__) == 1


async def test_by_long_polling(
    bot: Bot, telegram: TelegramServer, sieve: Sieve, store: MemoryStore, clock: MovedClock
) -> None:
    for number in range(MOST + 20):
        await telegram.person(ALICE).send(f"n{number}")
    task = asyncio.create_task(poll(bot, sieve.arrive, clock, pause=Pauses()))
    await telegram.updates.confirmed()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    found = await stored(store)
    assert (len(found), found[-1]) == (MOST + 1, Flooded.__name__)


async def test_by_webhook(sieve: Sieve, store: MemoryStore, clock: MovedClock) -> None:
    app = FastAPI()
    app.include_router(webhook_router("a-secret_1", sieve.arrive, clock))
    secret = {"X-Telegram-Bot-Api-Secret-Token": "a-secret_1"}
    transport = httpx2.ASGITransport(app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as client:
        for number in range(1, MOST + 20):
            answer = await client.post(WEBHOOK_PATH, json=update(number), headers=secret)
            assert answer.status_code == 200, "acknowledged, or Telegram would post it again"
    found = await stored(store)
    assert (len(found), found[-1]) == (MOST + 1, Flooded.__name__)
