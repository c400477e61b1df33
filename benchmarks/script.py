"""The stretch of dialogue that is measured: what a person does, as Telegram would send it."""

import itertools
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from typing import Any, Self

from benchmarks.telegram import CHAT, FIRST, ME, PRESS, UPDATE, Call

LANGUAGES = ("en", "bn", "so", "ar")
TO_THE_REVIEW = (
    "/start",
    "language={language}",
    "welcome=yes",
    "who_for=me",
    "safe_now=safe",
    "E1 4DG",
    "xx place",
    "practice=F84122",
    "concerns=housing",
    "concerns=done",
    "Amina Hassan",
    "25 3 1980",
    "07700 900123",
    "send_now=send",
)
"""From the first word to the review, on the short path: as long as nothing but Telegram is met."""
SENDING = "review=send"

_BUTTON = re.compile(r"[a-z_]+=[\w.-]+", re.ASCII)
_TAG = re.compile(r"<[^>]*>")


_numbers = itertools.count(100_000_001)


@dataclass(frozen=True)
class Turn:
    """An update with placeholders for its numbers, and the calls with which it was answered."""

    update: bytes
    calls: tuple[Call, ...]

    def fresh(self, chat: int = CHAT) -> Self:
        """The same from this person, with numbers that no update has had before.

        Telegram never repeats them, and aiogram takes its time to compare two that are alike.
        """
        number = str(next(_numbers)).encode()
        update = self.update.replace(str(UPDATE).encode(), number)
        update = update.replace(PRESS.encode(), number)
        return replace(self, update=update.replace(str(CHAT).encode(), str(chat).encode()))


class Person:
    """Writes the updates of somebody who does one thing after the other."""

    def __init__(self, language: str) -> None:
        self._from = {
            "id": CHAT,
            "is_bot": False,
            "first_name": "Amina",
            "username": "amina",
            "language_code": language,
        }
        self._chat = {"id": CHAT, "first_name": "Amina", "username": "amina", "type": "private"}
        self._messages = 0

    def update(self, did: str, seen: Sequence[Call]) -> bytes:
        """The update of this press (a button's data) or of these words, after these calls."""
        if _BUTTON.fullmatch(did):
            return self.press(did, seen)
        return json.dumps({"update_id": UPDATE, **self._wrote(did)}).encode()

    def press(self, data: str, seen: Sequence[Call]) -> bytes:
        """The update of a press on the button with this data."""
        return json.dumps({"update_id": UPDATE, **self._pressed(data, seen)}).encode()

    def _wrote(self, words: str) -> dict[str, Any]:
        self._messages += 1
        message = self._message(self._messages, self._from, words)
        if words.startswith("/"):
            message["entities"] = [{"offset": 0, "length": len(words), "type": "bot_command"}]
        return {"message": message}

    def _pressed(self, data: str, seen: Sequence[Call]) -> dict[str, Any]:
        shown = next(one for one in reversed(seen) if data in choices(one))
        message = self._message(FIRST, ME, plain(shown))
        message["reply_markup"] = shown.params["reply_markup"]
        query = {"id": PRESS, "from": self._from, "message": message}
        return {"callback_query": {**query, "chat_instance": "-5550001", "data": data}}

    def _message(self, number: int, sender: object, words: str) -> dict[str, Any]:
        known = {"message_id": number, "from": sender, "chat": self._chat, "date": 1_795_435_200}
        return {**known, "text": words}


def acts(language: str, *more: str) -> list[str]:
    """What somebody does who speaks this language."""
    return [one.format(language=language) for one in (*TO_THE_REVIEW, *more)]


def plain(call: Call) -> str:
    """A message's text as Telegram shows it."""
    return unescape(_TAG.sub("", str(call.params["text"])))


def typical(calls: Iterable[Call]) -> Call:
    """The message with buttons that is longer than half of them."""
    messages = [one for one in calls if one.method == "sendMessage" and choices(one)]
    return sorted(messages, key=lambda one: len(json.dumps(one.params)))[len(messages) // 2]


def choices(call: Call) -> dict[str, str]:
    """The buttons under a message: data to label."""
    rows = call.params.get("reply_markup", {}).get("inline_keyboard", ())
    return {one["callback_data"]: one["text"] for row in rows for one in row}
