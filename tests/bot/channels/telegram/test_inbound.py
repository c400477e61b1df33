"""What an update says to the conversation."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.inbound import chat_of, conversation_of, read
from bot.dialogue.inbound import (
    Blocked,
    Command,
    Inbound,
    Media,
    MediaKind,
    Press,
    SharedContact,
    Text,
)
from bot.ports import Arrival

PERSON = {"id": 1001, "is_bot": False, "first_name": "A", "language_code": "bn"}
PRIVATE = {"id": 1001, "type": "private"}
GROUP = {"id": -5, "type": "group"}


def message(**content: object) -> dict[str, Any]:
    known = {"message_id": 7, "date": 1, "from": PERSON, "chat": PRIVATE}
    return {"update_id": 1, "message": {**known, **content}}


def press(data: object, **content: object) -> dict[str, Any]:
    shown = {"message_id": 9, "date": 1, "chat": PRIVATE}
    known = {"id": "c1", "from": PERSON, "message": shown, "data": data}
    return {"update_id": 1, "callback_query": {**known, **content}}


@pytest.mark.parametrize(
    ("content", "inbound"),
    [
        ({"text": "Hello"}, Text("Hello")),
        ({"text": "আমি একা"}, Text("আমি একা")),
        ({"text": "/start"}, Command("start")),
        ({"text": "/start bn-F84122"}, Command("start", "bn-F84122")),
        ({"text": "/Help@doorway_bot"}, Command("help")),
        ({"text": "/help@doorway_bot  me\nnow "}, Command("help", "me\nnow")),
        ({"text": "/ not a command"}, Text("/ not a command")),
        ({"text": "/সাহায্য"}, Text("/সাহায্য")),
        ({"text": "half \ud83d"}, Text("half ?")),
        ({"photo": [{"file_id": "x"}]}, Media(MediaKind.PHOTO)),
        ({"photo": [{"file_id": "x"}], "caption": "my bill"}, Media(MediaKind.PHOTO, "my bill")),
        ({"voice": {"file_id": "x"}}, Media(MediaKind.VOICE)),
        ({"video_note": {"file_id": "x"}}, Media(MediaKind.VOICE)),
        ({"audio": {"file_id": "x"}}, Media(MediaKind.VOICE)),
        ({"sticker": {"file_id": "x"}}, Media(MediaKind.STICKER)),
        ({"animation": {"file_id": "x"}, "document": {}}, Media(MediaKind.STICKER)),
        ({"location": {"latitude": 51.5, "longitude": 0.0}}, Media(MediaKind.LOCATION)),
        ({"document": {"file_id": "x"}}, Media(MediaKind.FILE)),
    ],
)
def test_a_message_is_read(content: dict[str, object], inbound: Inbound) -> None:
    assert read(message(**content)) == Arrival(inbound, "bn", message="7")


@pytest.mark.parametrize(
    ("contact", "inbound"),
    [
        ({"phone_number": "+447700900123", "user_id": 1001}, SharedContact("+447700900123")),
        ({"phone_number": "447700900123", "user_id": 1001}, SharedContact("+447700900123")),
        ({"phone_number": "07700900123", "user_id": 2}, SharedContact("07700900123", own=False)),
        ({"phone_number": "07700900123"}, SharedContact("07700900123", own=False)),
    ],
)
def test_a_contact_is_the_senders_own_only_by_its_number(
    contact: dict[str, object], inbound: Inbound
) -> None:
    arrival = read(message(contact=contact))
    assert arrival is not None
    assert arrival.inbound == inbound


@pytest.mark.parametrize(
    ("data", "inbound"),
    [
        ("who_for=me", Press("who_for", "me")),
        ("practice=F84122", Press("practice", "F84122")),
        ("language=zh-Hant", Press("language", "zh-Hant")),
        ("who_for", Press("", "")),
        ("who_for=", Press("", "")),
        ("a=b=c", Press("", "")),
        ("<b>=x", Press("", "")),
        (None, Press("", "")),
    ],
)
def test_a_button_is_a_step_and_a_value_or_nothing(data: object, inbound: Inbound) -> None:
    assert read(press(data)) == Arrival(inbound, "bn", callback="c1", pressed="9")


def test_a_press_on_a_message_too_old_to_be_shown_is_still_answered() -> None:
    update = press("do=back", message=None)
    assert conversation_of(update) == "telegram:1001"
    assert read(update) == Arrival(Press("do", "back"), "bn", callback="c1")


def test_an_edited_message_is_a_text_and_is_not_noted_twice() -> None:
    update = {"update_id": 1, "edited_message": message(text="changed")["message"]}
    assert read(update) == Arrival(Text("changed", edited=True), "bn")


def test_blocking_is_read_and_coming_back_is_not() -> None:
    def member(status: str) -> dict[str, Any]:
        content = {"chat": PRIVATE, "from": PERSON, "new_chat_member": {"status": status}}
        return {"update_id": 1, "my_chat_member": content}

    assert read(member("kicked")) == Arrival(Blocked(), "bn")
    assert read(member("member")) is None


@pytest.mark.parametrize(
    "update",
    [
        message(text="hi", chat=GROUP),
        press("do=back", message={"message_id": 9, "chat": GROUP}),
        message(text="hi", chat={"id": "1001", "type": "private"}),
        {"update_id": 1, "channel_post": message(text="hi")["message"]},
        {"update_id": 1},
        {},
    ],
)
def test_what_is_not_private_has_no_conversation(update: dict[str, Any]) -> None:
    assert conversation_of(update) is None
    assert read(update) is None


@pytest.mark.parametrize(
    "update",
    [
        message(pinned_message={"message_id": 3}),
        {"update_id": 1, "edited_message": message(photo=[{}])["message"]},
    ],
)
def test_what_says_nothing_is_not_read(update: dict[str, Any]) -> None:
    assert conversation_of(update) == "telegram:1001"
    assert read(update) is None


@pytest.mark.parametrize(
    ("conversation", "chat"),
    [("telegram:1001", 1001), ("webchat:1001", None), ("telegram:", None), ("telegram:১", None)],
)
def test_a_conversation_tells_its_chat(conversation: str, chat: int | None) -> None:
    assert chat_of(conversation) == chat


MACHINE_MAY_BE_BUSY = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = """message edited_message callback_query my_chat_member chat from id type text data
contact photo caption user_id phone_number message_id language_code new_chat_member status"""
KEYS = st.sampled_from(NAMES.split())
LEAVES = st.sampled_from(
    [None, True, 0, 1001, -(2**70), 1.5, "", "private", "kicked", "a=b", "/start x", "\ud800", "১"]
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner), max_leaves=15
)


@MACHINE_MAY_BE_BUSY
@given(st.dictionaries(KEYS, ANYTHING))
def test_no_update_can_break_the_reading(update: dict[str, object]) -> None:
    conversation, arrival = conversation_of(update), read(update)
    assert conversation is None or chat_of(conversation) or conversation.startswith("telegram:-")
    assert arrival is None or conversation is not None


@MACHINE_MAY_BE_BUSY
@given(st.dictionaries(KEYS, ANYTHING))
def test_no_message_can_break_the_reading(content: dict[str, object]) -> None:
    safe = {name: value for name, value in content.items() if name != "chat"}
    update = message(**safe)
    assert conversation_of(update) == "telegram:1001"
    read(update)
