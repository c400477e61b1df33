"""What every store must do: the same in memory and in each database."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.dialogue.session import Session
from bot.ports import Received, SentMessage, TurnResult, Waiting
from common.runtime.jobs import JobRequest
from tests.support.bot_stores import House, MemoryHouse, PurgingStore, SqlHouse
from tests.support.stores import KINDS, store_of

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALICE, BOB = "telegram:1001", "telegram:1002"
MET = Session("s1", "telegram", "bn", "welcome")


@pytest.fixture(params=["memory", *KINDS])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    opened: House = (
        MemoryHouse(lambda: NOW)
        if request.param == "memory"
        else SqlHouse(store_of(request, request.param, tmp_path)(), lambda: NOW)
    )
    yield opened
    await opened.close()


@pytest.fixture
def store(house: House) -> PurgingStore:
    return house.store


def said(conversation: str, number: int, text: str = "hello") -> Received:
    return Received("telegram", str(number), conversation, {"text": text}, NOW)


def message(number: int, *, days_ago: int = 0, has_buttons: bool = False) -> SentMessage:
    at = NOW - timedelta(days=days_ago)
    return SentMessage(str(number), at, "welcome" if has_buttons else "", has_buttons)


async def oldest(store: PurgingStore, conversation: str) -> Waiting:
    found = await store.oldest(conversation)
    assert found is not None
    return found


async def take(store: PurgingStore, conversation: str, result: TurnResult) -> None:
    await store.turn(await oldest(store, conversation), lambda _: result)


async def test_what_arrived_comes_back_as_it_was(store: PurgingStore) -> None:
    received = Received("telegram", "7", ALICE, {"text": "আমি", "deep": [{"n": 1}]}, NOW)
    await store.receive([received])
    assert (await oldest(store, ALICE)).received == received


async def test_a_repeated_update_changes_nothing_even_after_its_turn(store: PurgingStore) -> None:
    await store.receive([said(ALICE, 1), said(ALICE, 1, "again")])
    await take(store, ALICE, TurnResult(MET))
    await store.receive([said(ALICE, 1)])
    assert await store.waiting() == []


async def test_the_same_number_of_another_source_is_another_update(store: PurgingStore) -> None:
    await store.receive([said(ALICE, 1), Received("doorway", "1", ALICE, {}, NOW)])
    await take(store, ALICE, TurnResult(MET))
    assert (await oldest(store, ALICE)).received.source == "doorway"


async def test_an_empty_batch_is_no_trouble(store: PurgingStore) -> None:
    await store.receive([])
    assert await store.waiting() == []


async def test_a_conversation_keeps_its_order(store: PurgingStore) -> None:
    await store.receive([said(ALICE, 1, "first"), said(BOB, 2), said(ALICE, 3, "second")])
    seen = []
    while waiting := await store.oldest(ALICE):
        seen.append(waiting.received.body["text"])
        await store.turn(waiting, lambda _: TurnResult(MET))
    assert seen == ["first", "second"]


async def test_the_longest_waiting_comes_first_and_each_only_once(store: PurgingStore) -> None:
    await store.receive([said(BOB, 1), said(ALICE, 2), said(BOB, 3)])
    assert await store.waiting() == [BOB, ALICE]
    await take(store, BOB, TurnResult(MET))
    assert await store.waiting() == [ALICE, BOB]


async def test_nothing_waits_in_a_quiet_conversation(store: PurgingStore) -> None:
    assert await store.oldest(ALICE) is None
    assert await store.session(ALICE) is None


async def test_a_turn_sees_the_session_that_the_last_one_left(store: PurgingStore) -> None:
    seen: list[Session | None] = []

    def work(session: Session | None) -> TurnResult:
        seen.append(session)
        return TurnResult(Session("s1", answers={"name": "Amina"}, step=f"step{len(seen)}"))

    await store.receive([said(ALICE, 1), said(ALICE, 2), said(ALICE, 3)])
    while waiting := await store.oldest(ALICE):
        await store.turn(waiting, work)
    assert [session and session.step for session in seen] == [None, "step1", "step2"]
    assert await store.session(ALICE) == Session("s1", answers={"name": "Amina"}, step="step3")
    assert await store.session(BOB) is None


async def test_a_turn_stores_its_jobs_and_messages(house: House) -> None:
    await house.store.receive([said(ALICE, 1)])
    jobs = (JobRequest("send", {"n": 1}, lane=ALICE), JobRequest("deliver", {"n": 2}))
    await take(house.store, ALICE, TurnResult(MET, jobs, (message(5),)))
    assert await house.asked_for() == ["send", "deliver"]
    assert await house.store.messages(ALICE) == [message(5)]


async def test_a_turn_that_fails_leaves_no_trace(house: House) -> None:
    def fails(_: Session | None) -> TurnResult:
        raise RuntimeError("a bug")

    store = house.store
    await store.receive([said(ALICE, 1), said(ALICE, 2)])
    await take(store, ALICE, TurnResult(MET))
    waiting = await oldest(store, ALICE)
    with pytest.raises(RuntimeError):
        await store.turn(waiting, fails)
    assert await oldest(store, ALICE) == waiting
    assert await store.session(ALICE) == MET
    assert await house.asked_for() == []
    assert await store.messages(ALICE) == []


async def test_a_turn_is_taken_only_once(house: House) -> None:
    await house.store.receive([said(ALICE, 1)])
    waiting = await oldest(house.store, ALICE)
    result = TurnResult(MET, (JobRequest("send", {}),))
    assert await house.store.turn(waiting, lambda _: result) == result
    assert await house.store.turn(waiting, lambda _: result) is None
    assert await house.asked_for() == ["send"]


async def test_everything_is_there_after_a_restart(house: House) -> None:
    await house.store.receive([said(ALICE, 1), said(ALICE, 2, "second")])
    await take(house.store, ALICE, TurnResult(MET, (JobRequest("send", {}),), (message(5),)))
    await house.restart()
    assert await house.store.waiting() == [ALICE]
    assert (await oldest(house.store, ALICE)).received == said(ALICE, 2, "second")
    assert await house.store.session(ALICE) == MET
    assert await house.store.messages(ALICE) == [message(5)]
    assert await house.asked_for() == ["send"]


async def test_a_forgotten_conversation_is_gone_but_what_came_later_is_answered(
    store: PurgingStore,
) -> None:
    await store.receive([said(ALICE, 1), said(ALICE, 2), said(ALICE, 3), said(BOB, 4)])
    await take(store, ALICE, TurnResult(MET, messages=(message(5),)))
    await take(store, BOB, TurnResult(MET, messages=(message(6),)))
    await take(store, ALICE, TurnResult(None))
    assert await store.session(ALICE) is None
    assert await store.messages(ALICE) == []
    assert await store.waiting() == [ALICE]
    assert (await store.session(BOB), await store.messages(BOB)) == (MET, [message(6)])


async def test_messages_outlive_a_forgotten_conversation_until_they_are_deleted(
    store: PurgingStore,
) -> None:
    await store.receive([said(ALICE, 1), said(ALICE, 2)])
    await take(store, ALICE, TurnResult(MET, messages=(message(5), message(6))))
    await take(store, ALICE, TurnResult(None, keep_messages=True))
    assert await store.messages(ALICE) == [message(5), message(6)]
    await store.deleted(ALICE, ["5"])
    assert await store.messages(ALICE) == [message(6)]


async def test_a_message_is_noted_once_and_loses_its_buttons(store: PurgingStore) -> None:
    await store.sent(ALICE, message(5, has_buttons=True))
    await store.sent(ALICE, message(6, has_buttons=True))
    await store.sent(ALICE, message(5))
    await store.buttons_gone(ALICE, ["5", "unknown"])
    await store.buttons_gone(BOB, ["6"])
    noted = [(one.message, one.has_buttons) for one in await store.messages(ALICE)]
    assert noted == [("5", False), ("6", True)]
    assert await store.messages(BOB) == []


async def test_deleting_spares_the_same_numbers_of_others(store: PurgingStore) -> None:
    await store.sent(ALICE, message(5))
    await store.deleted(BOB, ["5"])
    assert await store.messages(ALICE) == [message(5)]


async def test_a_purge_drops_what_is_old_and_done(store: PurgingStore) -> None:
    await store.receive([said(ALICE, 1), said(ALICE, 2)])
    await take(store, ALICE, TurnResult(MET))
    await store.sent(ALICE, message(5, days_ago=9))
    await store.sent(ALICE, message(6))
    assert await store.purge(NOW) == 0
    assert await store.messages(ALICE) == [message(6)]
    assert await store.purge(NOW + timedelta(seconds=1)) == 1
    assert await store.waiting() == [ALICE]
    assert await store.session(ALICE) == MET
