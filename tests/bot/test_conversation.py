"""From the inbox through the dialogue to the jobs: order, answers, and when things break."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from bot.dialogue.effects import Effect, Say, Toast, words
from bot.dialogue.inbound import Due, Inbound, Press, Signals, Text, Tick
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn
from bot.envelopes import dump_own
from bot.ports import Outgoing, Received, SentMessage
from bot.storage.memory import MemoryStore
from tests.support.bot_fakes import FakeListener, PlainRenderer
from tests.support.turns import ALICE, BOB, NOW, echo, received, said, sent, shell


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(lambda: NOW)


async def test_a_turn_goes_from_the_inbox_to_an_outgoing_job(store: MemoryStore) -> None:
    await store.receive([said(ALICE, 1, "hello")])
    assert await shell(store).take_waiting() == 1
    session = await store.session(ALICE)
    assert session == Session(
        "0123456789abcdef", "telegram", "", "asked", answers={"told": ("hello",)}
    )
    (job,) = store.jobs
    assert (job.kind, job.lane, job.payload["conversation"]) == ("send", ALICE, ALICE)
    assert sent(store.jobs) == ["hello"]
    assert await store.waiting() == []


async def test_a_conversation_is_taken_in_order(store: MemoryStore) -> None:
    await store.receive([said(ALICE, number, f"n{number}") for number in range(1, 6)])
    assert await shell(store).take_waiting() == 5
    assert sent(store.jobs) == ["n1", "n2", "n3", "n4", "n5"]


async def test_the_apps_language_is_taken_only_when_there_are_words_in_it(
    store: MemoryStore,
) -> None:
    await store.receive([received(ALICE, 1, text="a", hint="bn-BD")])
    await store.receive([received(BOB, 2, text="a", hint="kw")])
    await shell(store).take_waiting()
    languages = [one and one.language for one in [await store.session(w) for w in (ALICE, BOB)]]
    assert languages == ["bn", ""]


async def test_the_persons_own_message_is_noted_for_deleting(store: MemoryStore) -> None:
    await store.receive([received(ALICE, 1, text="a", message="17")])
    await shell(store).take_waiting()
    assert await store.messages(ALICE) == [SentMessage("17", NOW)]


async def test_an_update_without_meaning_changes_nothing(store: MemoryStore) -> None:
    await store.receive([received(ALICE, 1, sticker_set="x")])
    await shell(store).take_waiting()
    assert await store.session(ALICE) is None
    assert store.jobs == []
    assert await store.waiting() == []


async def test_a_press_is_answered_first_whatever_follows(store: MemoryStore) -> None:
    await store.receive([received(ALICE, 1, press="who_for=me")])
    await shell(store).take_waiting()
    assert sent(store.jobs) == ["answer", "Press"]
    assert store.jobs[0].payload["outgoing"][0]["callback"] == "callback-1"  # type: ignore[index] # JSON


async def test_a_press_that_leads_to_nothing_is_answered_too(store: MemoryStore) -> None:
    def silent(session: Session, _: Inbound, __: datetime) -> Turn:
        return Turn(replace(session, step="asked"))

    await store.receive([received(ALICE, 1, press="who_for=me")])
    await shell(store, silent).take_waiting()
    assert sent(store.jobs) == ["answer"]


async def test_a_second_tap_on_skip_does_not_skip_the_next_question(store: MemoryStore) -> None:
    seen: list[Inbound] = []

    def moving(session: Session, inbound: Inbound, _: datetime) -> Turn:
        seen.append(inbound)
        return Turn(replace(session, step=f"question{len(seen)}"))

    await store.receive([said(ALICE, 1, "hello")])
    await shell(store, moving).take_waiting()
    await store.sent(ALICE, SentMessage("7", NOW, "question1", has_buttons=True))
    await store.receive([received(ALICE, number, press="do=skip") for number in (2, 3)])
    await shell(store, moving).take_waiting()
    assert seen[1:] == [Press("do", "skip"), Press("", "")]


async def test_a_notice_is_the_answer_to_its_press(store: MemoryStore) -> None:
    def toast(session: Session, inbound: Inbound, _: datetime) -> Turn:
        assert inbound == Press("who_for", "me")
        notice = Toast(words("general", "old_button"))
        return Turn(session, (Say((words("x", "first"),)), notice))

    await store.receive([received(ALICE, 1, press="who_for=me")])
    await shell(store, toast).take_waiting()
    (job,) = store.jobs
    outgoing = job.payload["outgoing"]
    assert isinstance(outgoing, list)
    assert outgoing[0]["label"] == "old_button"
    assert outgoing[0]["callback"] == "callback-1"
    assert outgoing[1]["html"] == "first"


async def test_what_the_listener_hears_goes_with_the_text(store: MemoryStore) -> None:
    heard: list[Inbound] = []

    def keep(session: Session, inbound: Inbound, _: datetime) -> Turn:
        heard.append(inbound)
        return Turn(replace(session, step="asked", language="bn"))

    listener = FakeListener({"help me": Signals(urgent=True)})
    await store.receive([received(ALICE, 1, text="help me", hint="en"), said(ALICE, 2, "fine")])
    await shell(store, keep, listener).take_waiting()
    assert heard == [Text("help me", Signals(urgent=True)), Text("fine")]
    assert listener.asked == ["help me", "fine"]


async def test_a_listener_that_fails_keeps_nobody_waiting(store: MemoryStore) -> None:
    listener = FakeListener({"hello": RuntimeError("a bug")})
    await store.receive([said(ALICE, 1, "hello")])
    await shell(store, listener=listener).take_waiting()
    assert sent(store.jobs) == ["hello"]


async def test_a_listener_that_is_slow_keeps_nobody_waiting(store: MemoryStore) -> None:
    class Slow(FakeListener):
        async def hear(self, text: str) -> Signals:
            await asyncio.Event().wait()
            return await super().hear(text)

    await store.receive([said(ALICE, 1, "hello")])
    await shell(store, listener=Slow(), listen=0).take_waiting()
    assert sent(store.jobs) == ["hello"]


async def test_what_the_dialogue_fails_on_is_set_aside_with_an_apology(store: MemoryStore) -> None:
    tried: list[str] = []

    def fragile(session: Session, inbound: Inbound, now: datetime) -> Turn:
        if isinstance(inbound, Text) and inbound.text == "poison":
            tried.append(inbound.text)
            raise ZeroDivisionError
        return echo(session, inbound, now)

    batch = [said(ALICE, 1, "one"), said(ALICE, 2, "poison"), said(ALICE, 3, "three")]
    await store.receive(batch)
    await shell(store, fragile).take_waiting()
    assert sent(store.jobs) == ["one", "something_broke", "three"]
    assert tried == ["poison"] * 3
    session = await store.session(ALICE)
    assert session is not None
    assert session.many("told") == ("one", "three")


async def test_a_press_that_the_dialogue_fails_on_stops_spinning(store: MemoryStore) -> None:
    def broken(*_: object) -> Turn:
        raise ZeroDivisionError

    await store.receive([received(ALICE, 1, press="who_for=me")])
    await shell(store, broken).take_waiting()
    assert sent(store.jobs) == ["answer", "something_broke"]


async def test_an_update_that_cannot_be_read_is_set_aside(store: MemoryStore) -> None:
    await store.receive([Received("nowhere", "1", ALICE, {}, NOW), said(ALICE, 2, "two")])
    await shell(store).take_waiting()
    assert sent(store.jobs) == ["something_broke", "two"]


async def test_nobody_is_told_that_a_mere_tick_has_failed(store: MemoryStore) -> None:
    def fails_on_ticks(session: Session, inbound: Inbound, now: datetime) -> Turn:
        if isinstance(inbound, Tick):
            raise ZeroDivisionError
        return echo(session, inbound, now)

    tick = Received("doorway", "tick:1", ALICE, dump_own(Tick(Due.EXPIRY)), NOW)
    await store.receive([said(ALICE, 1, "one"), tick])
    await shell(store, fails_on_ticks).take_waiting()
    assert sent(store.jobs) == ["one"]
    assert await store.waiting() == []


async def test_without_even_an_apology_the_next_message_has_its_turn(store: MemoryStore) -> None:
    class Mute(PlainRenderer):
        def render(self, effect: Effect, language: str) -> Outgoing:
            raise LookupError(effect, language)

    await store.receive([said(ALICE, 1, "one")])
    assert await shell(store, renderer=Mute()).take_waiting() == 1
    assert store.jobs == []


async def test_what_comes_back_for_a_forgotten_conversation_is_dropped(store: MemoryStore) -> None:
    tick = Received("doorway", "tick:1", ALICE, dump_own(Tick(Due.REMINDER)), NOW)
    await store.receive([tick])
    await shell(store).take_waiting()
    assert await store.session(ALICE) is None
    assert store.jobs == []


async def test_our_own_inbounds_reach_the_dialogue(store: MemoryStore) -> None:
    tick = Received("doorway", "tick:1", ALICE, dump_own(Tick(Due.REMINDER)), NOW)
    await store.receive([said(ALICE, 1, "one"), tick])
    await shell(store).take_waiting()
    assert sent(store.jobs) == ["one", "Tick"]
