"""Telegram without a network: what goes through aiohttp or httpx is answered in this process.

It stands right below the sessions, where they hand a call to their HTTP client. All contenders
meet the same one, so what it costs itself (a few microseconds) is the same for each.
"""

import asyncio
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Self
from unittest.mock import patch

from aiohttp import ClientSession, FormData
from httpx import AsyncClient

TOKEN = "42:TEST"  # noqa: S105 nobody's
FIRST = 1_000_001
"""The number of the first message of a bot; people's own messages have lower ones."""
CHAT, UPDATE, PRESS = 7_000_000_001, 8_000_000_001, "9000000001"
"""What stands in written updates for the numbers of whoever replays them."""


ME = {"id": 42, "is_bot": True, "first_name": "Doorway", "username": "doorway_bot"}


@dataclass(frozen=True)
class Call:
    """One call of the Bot API, its parameters as plain JSON whatever form they came in."""

    method: str
    params: Mapping[str, Any]


class Answer:
    """What the stub answers, as far as sessions look at a response."""

    status = status_code = 200

    def __init__(self, body: bytes) -> None:
        self.content = body

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    async def text(self, *_: object, **__: object) -> str:
        return self.content.decode()

    async def read(self) -> bytes:
        return self.content

    async def json(self, **_: object) -> Any:  # noqa: ANN401 any JSON
        return json.loads(self.content)

    def release(self) -> None:
        """Nothing is held."""


class Telegram:
    """Answers calls with the messages of a real answer's size, and can be waited for."""

    def __init__(self) -> None:
        self.calls = 0
        self.number = FIRST - 1
        self.recorded: list[Call] | None = None
        self._goal, self._reached = 0, asyncio.Event()
        self._updates: list[bytes] = []
        self._posted = asyncio.Event()
        self.answer_with("A question?", None)

    def answer_with(self, text: str, markup: object) -> None:
        """Say from now on that every message sent or edited had this text and keyboard."""
        chat = {"id": CHAT, "first_name": "Amina", "username": "amina", "type": "private"}
        message = {"message_id": UPDATE, "from": ME, "chat": chat, "date": 1_795_435_200}
        shown = {**message, "text": text, **({"reply_markup": markup} if markup else {})}
        body = json.dumps({"ok": True, "result": shown}).encode()
        self._before, self._after = body.split(str(UPDATE).encode())

    async def reached(self, calls: int) -> None:
        """Wait until so many calls have been answered, from the first on."""
        self._goal = calls
        if self.calls < calls:
            self._reached.clear()
            await self._reached.wait()

    def post(self, updates: list[bytes]) -> None:
        """Have these updates fetched by the next long poll."""
        self._updates += updates
        self._posted.set()

    async def request(self, _method: str, url: str, **options: Any) -> Answer:  # noqa: ANN401 aiohttp's options
        """Answer a call."""
        method = str(url).rpartition("/")[2]
        if method == "getUpdates":
            return await self._fetched()
        if self.recorded is not None:
            params = _params(options.get("data"), options.get("json"))
            self.recorded.append(Call(method, params))
        self.calls += 1
        if self.calls == self._goal:
            self._reached.set()
        return Answer(self._answered(method))

    def _answered(self, method: str) -> bytes:
        if method in {"sendMessage", "editMessageText", "editMessageReplyMarkup"}:
            self.number += 1
            return b"%b%d%b" % (self._before, self.number, self._after)
        if method == "getMe":
            return json.dumps({"ok": True, "result": ME}).encode()
        return b'{"ok":true,"result":true}'

    async def _fetched(self) -> Answer:
        await self._posted.wait()
        self._posted.clear()
        fetched, self._updates = self._updates, []
        return Answer(b'{"ok":true,"result":[%b]}' % b",".join(fetched))


@contextmanager
def no_network(telegram: Telegram) -> Iterator[None]:
    """For as long as this is open, both HTTP clients reach nothing but this Telegram."""

    async def request(_: object, method: str, url: str, **options: Any) -> Answer:  # noqa: ANN401 the clients' own options
        return await telegram.request(method, url, **options)

    with (
        patch.object(ClientSession, "_request", request),  # aiogram's
        patch.object(AsyncClient, "request", request),  # python-telegram-bot's
    ):
        yield


def _params(data: object, body: object) -> dict[str, Any]:
    """The parameters of a call, from a form or from JSON, with what is JSON inside read too."""
    if isinstance(data, FormData):
        given: dict[str, Any] = {str(one[0]["name"]): one[2] for one in data._fields}
    elif isinstance(data, bytes | bytearray | str):
        given = json.loads(data)
    elif isinstance(data, Mapping):
        given = dict(data)
    else:
        given = dict(body) if isinstance(body, Mapping) else {}
    return {name: _plain(value) for name, value in given.items() if value not in (None, "")}


def _plain(value: object) -> object:
    if isinstance(value, str) and value[:1] in {"{", "["}:
        return json.loads(value)
    if isinstance(value, Enum):
        return value.value
    return value if isinstance(value, dict | list) else str(value)
