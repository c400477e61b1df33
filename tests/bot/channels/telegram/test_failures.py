"""What a failure on Telegram's side means, and that its words never leave this folder."""

import pytest

from bot.channels.telegram.client import make_bot
from bot.channels.telegram.outbound import TelegramSender
from bot.channels.telegram.pauses import Pauses
from bot.ports import Outgoing, OutgoingButton, SendError
from bot.storage.memory import MemoryStore
from tests.bot.channels.telegram.stores import Sending
from tests.support.clock import MovedClock
from tests.support.voices import NoVoices
from tests.telegram_server.person import Person
from tests.telegram_server.server import TelegramServer

CHAT = "telegram:1001"
SECRET = "Amina Begum 07700900123"
SAY = Outgoing("say", SECRET, question="name")


async def failure(sender: Sending, outgoing: Outgoing = SAY, to: str = CHAT) -> SendError:
    with pytest.raises(SendError) as caught:
        await sender.send(to, outgoing)
    error = caught.value
    assert SECRET not in repr(error)
    assert "TEST" not in repr(error)
    assert "1001" not in repr(error)
    assert error.__suppress_context__ or error.__context__ is None
    return error


async def test_a_person_who_blocked_the_bot_is_left_alone(
    sender: Sending, person: Person, store: MemoryStore
) -> None:
    await person.block()
    error = await failure(sender)
    assert (error.permanent, error.after) == (True, 0)
    assert await store.messages(CHAT) == []


@pytest.mark.parametrize("verb", ["close", "erase"])
async def test_also_when_something_of_theirs_is_to_be_changed(
    sender: Sending, person: Person, telegram: TelegramServer, verb: str
) -> None:
    buttons = ((OutgoingButton("Me", "who_for=me"),),)
    await sender.send(CHAT, Outgoing("say", SECRET, buttons, "who_for"))
    person.chat.started = False
    assert (await failure(sender, Outgoing(verb))).permanent
    assert telegram.calls[-1].status == 400


async def test_a_chat_that_is_not_there_is_permanent(sender: Sending) -> None:
    assert (await failure(sender, to="telegram:5")).permanent


async def test_what_telegram_finds_wrong_is_permanent(sender: Sending, person: Person) -> None:
    long = ((OutgoingButton("Me", "x" * 65),),)
    assert (await failure(sender, Outgoing("say", SECRET, long))).permanent
    await sender.send(
        CHAT, Outgoing("say", "Who?", ((OutgoingButton("Me", "who_for=me"),),), "who")
    )
    assert (await failure(sender, Outgoing("redraw", SECRET, long, "who"))).permanent
    assert len(person.history) == 2


@pytest.mark.parametrize("kind", ["500", "reset", "garbage"])
async def test_an_ill_server_is_tried_again(
    sender: Sending, person: Person, telegram: TelegramServer, kind: str
) -> None:
    telegram.fail("sendMessage", kind)
    error = await failure(sender)
    assert (error.permanent, error.after) == (False, 0)
    await sender.send(CHAT, SAY)
    assert len(await person.wait_for(1)) == 1


async def test_a_message_whose_answer_was_lost_is_sent_again(
    sender: Sending, person: Person, telegram: TelegramServer
) -> None:
    telegram.fail("sendMessage", "lost")
    assert not (await failure(sender)).permanent
    await sender.send(CHAT, SAY)
    assert len(await person.wait_for(2)) == 2


async def test_a_wrong_token_loses_nothing(
    store: MemoryStore, clock: MovedClock, telegram: TelegramServer, person: Person
) -> None:
    async with make_bot("43:WRONG", telegram.url) as bot:
        assert not (await failure(Sending(TelegramSender(bot, clock, NoVoices()), store))).permanent
    assert len(person.history) == 1


def test_a_token_that_is_none_is_not_repeated() -> None:
    with pytest.raises(ValueError, match="not the form") as caught:
        make_bot("SECRET")
    assert "SECRET" not in str(caught.value)


async def test_a_chat_over_its_limit_is_left_alone_until_then(
    sender: Sending, person: Person, telegram: TelegramServer, clock: MovedClock
) -> None:
    telegram.fail("sendMessage", "429", retry_after=7)
    assert (await failure(sender)).after == 7
    clock.move(seconds=3)
    assert (await failure(sender)).after == 4
    assert len(telegram.calls) == 1
    clock.move(seconds=4)
    await sender.send(CHAT, SAY)
    assert len(await person.wait_for(1)) == 1


async def test_a_press_is_answered_even_then(
    sender: Sending, person: Person, telegram: TelegramServer
) -> None:
    await sender.send(CHAT, Outgoing("say", "Who?", ((OutgoingButton("Me", "who_for=me"),),)))
    telegram.fail("sendMessage", "429")
    await failure(sender)
    callback = await person.press("who_for=me")
    await sender.send(CHAT, Outgoing("answer", callback=callback.id))
    assert telegram.unanswered == []


async def test_a_long_message_goes_on_where_it_had_to_wait(
    sender: Sending, person: Person, telegram: TelegramServer, clock: MovedClock
) -> None:
    long = Outgoing("say", "a" * 3000 + "\n\n" + "b" * 3000, question="review")
    await sender.send(CHAT, Outgoing("say", "before"))
    telegram.fail("sendMessage", "429", retry_after=1, after=1)
    await failure(sender, long)
    clock.move(seconds=1)
    await sender.send(CHAT, long)
    assert [one.text[0] for one in await person.wait_for(3)] == ["b", "a", "b"]
    assert len([one for one in person.history if one.from_bot]) == 3


def test_many_chats_told_to_wait_mean_the_whole_bot(clock: MovedClock) -> None:
    pauses = Pauses(clock)
    pauses.note(1, 5)
    pauses.note(2, 9)
    pauses.check(3)
    pauses.note(4, 7)
    with pytest.raises(SendError) as caught:
        pauses.check(3)
    assert caught.value.after == 5
    clock.move(seconds=5)
    pauses.check(3)
    with pytest.raises(SendError):
        pauses.check(2)
