"""Reads a Telegram update as something that happened to a conversation. Pure.

Updates are read as plain JSON, not through aiogram's models: an update in a shape that the
installed aiogram does not know is then still stored and answered
(docs/adr/0008-stored-then-acknowledged.md).
"""

import re
from collections.abc import Mapping

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
from bot.ports import Arrival, Json

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
_BUTTON = re.compile(r"([a-z_]+)=([\w.-]+)", re.ASCII)

# Looked for in this order: a GIF carries a document beside its animation, a place its location.
_MEDIA: tuple[tuple[str, MediaKind], ...] = (
    ("photo", MediaKind.PHOTO),
    ("voice", MediaKind.VOICE),
    ("video_note", MediaKind.VOICE),
    ("audio", MediaKind.VOICE),
    ("sticker", MediaKind.STICKER),
    ("animation", MediaKind.STICKER),
    ("dice", MediaKind.STICKER),
    ("location", MediaKind.LOCATION),
    ("document", MediaKind.FILE),
    ("video", MediaKind.FILE),
    ("paid_media", MediaKind.FILE),
    ("poll", MediaKind.FILE),
    ("story", MediaKind.FILE),
)


def conversation_of(body: Json) -> str | None:
    """The private conversation an update belongs to, as `telegram:1001`; None without one."""
    kind, content = _content(body)
    chat = _record(content, "chat")
    if kind == "callback_query":
        chat = _record(_record(content, "message"), "chat")
        # The platform leaves the message out when it is too old; the press is answered still.
        chat = chat or {"type": "private", "id": _record(content, "from").get("id")}
    identifier = _number(chat, "id")
    if chat.get("type") != "private" or not identifier:
        return None
    return f"telegram:{identifier}"


def chat_of(conversation: str) -> int | None:
    """The number of a conversation's chat on Telegram; None when it is not there."""
    channel, _, address = conversation.partition(":")
    digits = address.isascii() and address.isdigit()
    return int(address) if channel == "telegram" and digits else None


def read(body: Json) -> Arrival | None:
    """What an update says; None when it is not for a private conversation or says nothing."""
    if conversation_of(body) is None:
        return None
    kind, content = _content(body)
    language = _text(_record(content, "from"), "language_code")
    if kind == "callback_query":
        return _pressed(content, language)
    if kind == "my_chat_member":
        status = _text(_record(content, "new_chat_member"), "status")
        return Arrival(Blocked(), language) if status in {"kicked", "left"} else None
    if kind == "edited_message":
        text = _text(content, "text")
        return Arrival(Text(text, edited=True), language) if text else None
    inbound = _said(content)
    if inbound is None:
        return None
    return Arrival(inbound, language, message=_identifier(content, "message_id"))


def _content(body: Json) -> tuple[str, Json]:
    for kind in ("message", "callback_query", "edited_message", "my_chat_member"):
        if content := _record(body, kind):
            return kind, content
    return "", {}


def _pressed(query: Json, language: str) -> Arrival:
    button = _BUTTON.fullmatch(_text(query, "data"))
    return Arrival(
        Press(button[1], button[2]) if button else Press("", ""),
        language,
        callback=_text(query, "id"),
        pressed=_identifier(_record(query, "message"), "message_id"),
    )


def _said(message: Json) -> Inbound | None:
    if text := _text(message, "text"):
        command = _COMMAND.fullmatch(text)
        return Command(command[1].lower(), (command[2] or "").strip()) if command else Text(text)
    if contact := _record(message, "contact"):
        return _contact(contact, _number(_record(message, "from"), "id"))
    for name, kind in _MEDIA:
        if message.get(name):
            return Media(kind, _text(message, "caption"))
    return None


def _contact(contact: Json, sender: int) -> SharedContact:
    phone = _text(contact, "phone_number")
    own = bool(sender) and _number(contact, "user_id") == sender
    # An account's number is always international, but some apps leave out the plus.
    if own and phone[:1].isdigit():
        phone = f"+{phone}"
    return SharedContact(phone, own=own)


def _record(within: object, name: str) -> Json:
    value = within.get(name) if isinstance(within, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def _text(within: Json, name: str) -> str:
    value = within.get(name)
    # Half of a surrogate pair is valid in JSON but can neither be stored nor sent.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _number(within: Json, name: str) -> int:
    value = within.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _identifier(within: Json, name: str) -> str:
    number = _number(within, name)
    return str(number) if number else ""
