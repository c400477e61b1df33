"""Reads what a page's form has posted as something that happened to a conversation. Pure."""

import re

from bot.dialogue.inbound import Command, Inbound, Left, Press, Text
from bot.ports import Arrival, Json

_COMMAND = re.compile(r"/([A-Za-z]{1,32})(?:\s+(.*))?", re.DOTALL)
_BUTTON = re.compile(r"([a-z_]+)=([\w.-]+)", re.ASCII)


def read(body: Json) -> Arrival | None:
    """What was posted: `start` with a poster's payload, `press`, `text`, `command` or `left`.

    `update` names the person's own line, `question` what was asked where the button stood, and
    `hint` is the browser's language.
    """
    inbound = _inbound(body)
    if inbound is None:
        return None
    return Arrival(
        inbound,
        _text(body, "hint"),
        callback=_text(body, "update"),
        question=_text(body, "question"),
    )


def _inbound(body: Json) -> Inbound | None:
    if "left" in body:
        return Left()
    if "start" in body:
        return Command("start", _text(body, "start"))
    if name := _text(body, "command"):
        return Command(name)
    if data := _text(body, "press"):
        button = _BUTTON.fullmatch(data)
        return Press(button[1], button[2]) if button else Press("", "")
    return _said(_text(body, "text"))


def _said(text: str) -> Inbound | None:
    if not text.strip():
        return None
    command = _COMMAND.fullmatch(text.strip())
    return Command(command[1].lower(), (command[2] or "").strip()) if command else Text(text)


def _text(body: Json, name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""
