"""Each verb, done on a Telegram that refuses what the real one refuses."""

import json

import pytest

from bot.ports import Outgoing, OutgoingButton, SendError, SentMessage
from bot.storage.memory import MemoryStore
from tests.bot.channels.telegram.stores import Sending
from tests.support.clock import START
from tests.telegram_server.person import Person
from tests.telegram_server.server import TelegramServer

CHAT = "telegram:1001"


def rows(*data: str) -> tuple[tuple[OutgoingButton, ...], ...]:
    return tuple((OutgoingButton(one.upper(), one),) for one in data)


def question(html: str = "<b>Who</b> is it for?", *data: str) -> Outgoing:
    return Outgoing("say", html, rows(*(data or ("who_for=me",))), question="who_for")


async def test_a_question_is_sent_with_its_buttons_and_noted(
    sender: Sending, person: Person, store: MemoryStore
) -> None:
    await sender.send(CHAT, question("<b>Who</b> &amp; why?", "who_for=me", "who_for=child"))
    (message,) = await person.wait_for(1)
    assert message.text == "Who & why?"
    assert message.buttons == [[("WHO_FOR=ME", "who_for=me")], [("WHO_FOR=CHILD", "who_for=child")]]
    assert await store.messages(CHAT) == [
        SentMessage(str(message.id), START, "who_for", has_buttons=True)
    ]


async def test_a_message_without_buttons_is_noted_without(
    sender: Sending, person: Person, store: MemoryStore, telegram: TelegramServer
) -> None:
    await sender.send(CHAT, Outgoing("say", 'See <a href="https://nhs.uk">here</a>'))
    (message,) = await person.wait_for(1)
    assert await store.messages(CHAT) == [SentMessage(str(message.id), START)]
    (call,) = telegram.called("sendMessage")
    assert json.loads(call.params["link_preview_options"])["is_disabled"] is True


async def test_a_long_message_comes_in_parts_with_the_buttons_under_the_last(
    sender: Sending, person: Person, store: MemoryStore
) -> None:
    await sender.send(CHAT, question(f"<b>{'ক' * 3000}</b>\n\n{'খ' * 3000}"))
    first, last = await person.wait_for(2)
    assert (first.text, last.text) == ("ক" * 3000, "খ" * 3000)
    assert (first.choices, last.choices) == ([], ["who_for=me"])
    assert [one.question for one in await store.messages(CHAT)] == ["", "who_for"]


async def test_a_wrong_tag_does_not_leave_the_person_without_an_answer(
    sender: Sending, person: Person
) -> None:
    await sender.send(CHAT, question("<bold>Who</bold> &amp; why?"))
    (message,) = await person.wait_for(1)
    assert message.text == "Who & why?"
    assert message.choices == ["who_for=me"]


async def test_lines_of_a_right_to_left_language_begin_on_the_right(
    sender: Sending, person: Person
) -> None:
    both = Outgoing("say", "999 أولا\n\nHello", language="ar", languages=("ar", "en"))
    await sender.send(CHAT, Outgoing("say", "999 أولا\n\nثانيا", language="ar"))
    await sender.send(CHAT, both)
    first, second = await person.wait_for(2)
    assert first.text == "\u200f999 أولا\n\n\u200fثانيا"
    assert second.text == "\u200f999 أولا\n\nHello"


async def test_a_toggle_is_drawn_in_place(sender: Sending, person: Person) -> None:
    await sender.send(CHAT, question("Which?", "concerns=money"))
    redraw = Outgoing("redraw", "Which?", rows("concerns=money", "concerns=done"), "who_for")
    await sender.send(CHAT, redraw)
    first, again = await person.wait_for(2)
    assert first is again
    assert again.choices == ["concerns=money", "concerns=done"]


async def test_the_same_drawing_again_changes_nothing(sender: Sending, person: Person) -> None:
    await sender.send(CHAT, question())
    await sender.send(CHAT, Outgoing("redraw", question().html, question().rows, "who_for"))
    assert [one.edits for one in person.history if one.from_bot] == [0]


async def test_a_question_that_was_deleted_is_asked_anew(
    sender: Sending, person: Person, store: MemoryStore
) -> None:
    await sender.send(CHAT, question())
    (message,) = await person.wait_for(1)
    message.deleted = True
    await sender.send(CHAT, Outgoing("redraw", "Who now?", rows("who_for=me"), "who_for"))
    (anew,) = await person.wait_for(1)
    assert anew.text == "Who now?"
    assert [one.message for one in await store.messages(CHAT) if one.has_buttons] == [str(anew.id)]


@pytest.mark.parametrize("open_question", ["", "postcode"])
async def test_a_question_that_is_not_open_is_asked_instead_of_drawn(
    sender: Sending, person: Person, open_question: str
) -> None:
    if open_question:
        await sender.send(CHAT, Outgoing("say", "Where?", rows("postcode=unknown"), open_question))
    await sender.send(CHAT, Outgoing("redraw", "Who?", rows("who_for=me"), "who_for"))
    assert (await person.expect("Who?")).edits == 0


async def test_an_answered_question_loses_its_buttons(
    sender: Sending, person: Person, store: MemoryStore, telegram: TelegramServer
) -> None:
    await sender.send(CHAT, question())
    await sender.send(CHAT, question("And now?"))
    await sender.send(CHAT, Outgoing("close"))
    assert person.choices == []
    assert not any(one.has_buttons for one in await store.messages(CHAT))
    await sender.send(CHAT, Outgoing("close"))
    assert len(telegram.called("editMessageReplyMarkup")) == 2


async def test_a_question_that_cannot_be_closed_holds_up_nothing(
    sender: Sending, person: Person, store: MemoryStore
) -> None:
    await sender.send(CHAT, question())
    await sender.send(CHAT, question("And now?"))
    (gone, _) = await person.wait_for(2)
    gone.deleted = True
    await sender.send(CHAT, Outgoing("close"))
    assert person.choices == []
    assert not any(one.has_buttons for one in await store.messages(CHAT))


async def test_the_number_is_shared_with_one_press_and_the_button_goes(
    sender: Sending, person: Person, store: MemoryStore
) -> None:
    await sender.send(CHAT, Outgoing("ask_contact", "Or share it:", label="Share my number"))
    assert person.chat.contact_button == "Share my number"
    await sender.send(CHAT, Outgoing("drop_contact", "Thank you."))
    assert person.chat.contact_button == ""
    assert [one.text for one in await person.wait_for(2)] == ["Or share it:", "Thank you."]
    assert [one.has_buttons for one in await store.messages(CHAT)] == [False, False]


async def test_a_press_is_answered_with_a_short_notice(sender: Sending, person: Person) -> None:
    await sender.send(CHAT, question())
    callback = await person.press("who_for=me")
    await sender.send(CHAT, Outgoing("answer", callback=callback.id, label="a" * 300))
    assert await person.answered(callback) == "a" * 199 + "…"


async def test_a_press_answered_before_is_let_go(
    sender: Sending, person: Person, telegram: TelegramServer
) -> None:
    await sender.send(CHAT, question())
    callback = await person.press("who_for=me")
    for _ in range(2):
        await sender.send(CHAT, Outgoing("answer", callback=callback.id))
    assert [one.status for one in telegram.called("answerCallbackQuery")] == [200, 400]
    assert telegram.unanswered == []


async def test_the_commands_are_named_in_this_chat(
    sender: Sending, person: Person, telegram: TelegramServer
) -> None:
    buttons = ((OutgoingButton("শুরু", "/start"), OutgoingButton("x" * 300, "help")),)
    await sender.send(CHAT, Outgoing("commands", rows=buttons, language="bn"))
    named = telegram.methods.commands[str(person.id), ""]
    assert named == {"start": "শুরু", "help": "x" * 255 + "…"}


@pytest.mark.parametrize(
    ("conversation", "verb"), [("webchat:1001", "say"), (CHAT, "sing"), ("telegram:x", "say")]
)
async def test_what_is_nothing_for_telegram_is_refused_for_good(
    sender: Sending, conversation: str, verb: str
) -> None:
    with pytest.raises(SendError) as caught:
        await sender.send(conversation, Outgoing(verb, "hello"))
    assert caught.value.permanent


async def test_a_notice_without_a_press_is_not_sent(
    sender: Sending, telegram: TelegramServer
) -> None:
    await sender.send(CHAT, Outgoing("answer", label="One moment"))
    assert telegram.called("answerCallbackQuery") == []
