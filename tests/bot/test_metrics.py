"""What the bot's figures say after a talk: turns, answers, failures; nothing of whoever talked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from bot.app import build
from bot.channels.telegram.flood import OF_A_PERSON, Sieve
from bot.delivery import Delivery
from bot.dialogue.inbound import Flooded
from bot.envelopes import dump_outgoing, dump_own
from bot.ports import Outgoing, Received, SendError
from bot.storage.memory import MemoryStore
from common.runtime.jobs import Job, LaterError
from common.runtime.pace import Pace
from common.runtime.vault import Vault
from tests.support.bot_fakes import FakeIntake, FakeSender, Watched, blocked
from tests.support.bot_settings import bot_settings
from tests.support.clock import START, MovedClock
from tests.support.turns import ALICE, NOW, said, sent, shell
from tests.support.webbot import WebBot, web_bot
from tests.support.webtalk import walk
from tests.support.world import world

TOKEN = "a-token-of-the-operator"
MARK = "zzmarkzz"


async def metrics(bot: WebBot, **headers: str) -> httpx2.Response:
    return await bot.visitor().client.get("/metrics", headers=headers)


async def test_a_talk_is_counted_by_codes_alone(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        visitor = await walk(bot.visitor(), "language=en", "welcome=yes")
        await visitor.write(MARK)
        await bot.done()
        text = (await metrics(bot)).text
        cookie, conversation = visitor.cookie, bot.rows("SELECT count(*) FROM inbox")[0][0]
    assert conversation > 2
    assert 'doorway_bot_received_total{channel="webchat"} 3.0' in text
    assert f'doorway_bot_turn_seconds_count{{source="webchat"}} {conversation}.0' in text
    assert 'doorway_bot_answer_seconds_count{channel="webchat"}' in text
    assert 'doorway_bot_requests_total{method="POST",route="/say",status="303"} 3.0' in text
    assert 'doorway_bot_jobs{kind="tick",state="waiting"}' in text
    assert "doorway_bot_database_up 1.0" in text
    assert not [one for one in (MARK, cookie, "webchat:") if one in text]


async def test_figures_are_not_for_everybody(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        assert (await metrics(bot)).status_code == 200
        assert (await metrics(bot, **{"x-forwarded-for": "203.0.113.7"})).status_code == 403
        assert isinstance(bot.transport, httpx2.ASGITransport)
        bot.transport.client = ("203.0.113.7", 1)
        assert (await metrics(bot)).status_code == 403


async def test_with_a_token_only_its_bearer_may_look(tmp_path: Path) -> None:
    async with web_bot(tmp_path, metrics_token=TOKEN) as bot:
        assert (await metrics(bot)).status_code == 403
        assert (await metrics(bot, authorization=f"Bearer {TOKEN}")).status_code == 200


@asynccontextmanager
async def started(app: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    async with app.router.lifespan_context(app):
        transport = httpx2.ASGITransport(app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://bot") as client:
            yield client


async def test_it_is_not_ready_when_its_database_does_not_answer(tmp_path: Path) -> None:
    async with web_bot(tmp_path) as bot:
        ready = await bot.visitor().client.get("/readyz")
        assert (ready.status_code, ready.json()["waits_for"]) == (200, "")
        assert ready.json()["directory_age_seconds"] >= 0
        assert ready.json()["oldest_due_job_seconds"] == 0
        bot.rows("ALTER TABLE job RENAME TO away")
        broken = await bot.visitor().client.get("/readyz")
        assert (broken.status_code, broken.json()["waits_for"]) == (503, "database")
        assert (await bot.visitor().client.get("/healthz")).status_code == 200
        assert "doorway_bot_database_up 0.0" in (await metrics(bot)).text
        bot.rows("ALTER TABLE away RENAME TO job")


async def test_the_age_of_the_directory_is_known_without_the_api(tmp_path: Path) -> None:
    (tmp_path / "directory.json").write_text(world().directory.model_dump_json())
    gone = httpx2.MockTransport(lambda _: httpx2.Response(503))
    settings = bot_settings(tmp_path)
    async with started(build(settings, transport=gone)) as client:
        ready = (await client.get("/readyz")).json()
    assert ready["waits_for"] == ""
    assert ready["directory_age_seconds"] >= 0


async def test_a_turn_is_told_with_how_long_it_was_waited_for() -> None:
    store, watch = MemoryStore(lambda: NOW), Watched()
    await store.receive([said(ALICE, 1, "hello")])
    await shell(store, watch=watch).take_waiting()
    assert watch.told == [("turned", "telegram", 0.0)]
    assert store.jobs[0].payload["arrived"] == NOW.isoformat()


async def test_a_turn_that_fails_is_told_once() -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    store, watch = MemoryStore(lambda: NOW), Watched()
    await store.receive([said(ALICE, 1, "hello")])
    await shell(store, broken, watch=watch).take_waiting()  # type: ignore[arg-type] # it fails
    assert watch.told == [("broke", "telegram")]


async def test_nobody_waits_for_what_we_say_of_ourselves() -> None:
    store = MemoryStore(lambda: NOW)
    own = Received("doorway", "f", ALICE, dump_own(Flooded()), NOW)
    await store.receive([said(ALICE, 1, "hello"), own])
    await shell(store).take_waiting()
    assert sent(store.jobs) == ["hello", "Flooded"]
    assert ["arrived" in one.payload for one in store.jobs] == [True, False]


@pytest.mark.parametrize(
    ("failures", "told"),
    [
        ([], [("sent", "telegram", 2.0)]),
        ([SendError("away")], [("send_failed", "telegram", "again")]),
        (
            [SendError("no", permanent=True)],
            [("send_failed", "telegram", "refused"), ("sent", "telegram", 2.0)],
        ),
        ([blocked()], [("send_failed", "telegram", "blocked")]),
        ([ZeroDivisionError()], [("send_failed", "telegram", "broken")]),
    ],
    ids=str,
)
async def test_sending_tells_how_long_somebody_waited_and_what_failed(
    failures: list[Exception], told: list[tuple[object, ...]]
) -> None:
    clock, watch = MovedClock(), Watched()
    senders = {"telegram": FakeSender(failures)}
    delivery = Delivery(MemoryStore(clock), senders, FakeIntake(), clock, print, watch=watch)
    payload = {
        "conversation": ALICE,
        "outgoing": dump_outgoing([Outgoing("say", html="hello")]),
        "since": START.isoformat(),
        "arrived": START.isoformat(),
    }
    clock.move(seconds=2)
    with suppress(LaterError):
        await delivery.send(Job(7, "send", "", payload, 0))
    assert watch.told == told


async def test_a_flood_on_telegram_is_counted() -> None:
    clock, watch = MovedClock(), Watched()
    pace = Pace(Vault.parse(Vault.new_key("k1")).fingerprint, clock)
    sieve = Sieve(MemoryStore(clock).receive, pace, watch)
    await sieve.arrive([said(ALICE, number, "hello") for number in range(OF_A_PERSON.a_minute + 5)])
    assert watch.told.count(("received", "telegram")) == OF_A_PERSON.a_minute
    assert watch.told.count(("refused", "telegram")) == 5
