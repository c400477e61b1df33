"""Carries requests from another event loop into the one that an application already runs in."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from anyio.from_thread import BlockingPortal
from starlette.types import ASGIApp, Message, Receive, Scope, Send


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: to what method and path, its status, its headers by lower-case name."""

    method: str
    path: str
    status: int
    headers: dict[str, str]


@dataclass(eq=False)
class Relay:
    """An ASGI application whose requests `app` answers, in its own loop; `answers` are all of them.

    They come from this machine; `before` is called before each.

    It has no life of its own: whoever runs `app` starts and ends it.
    """

    app: ASGIApp
    portal: BlockingPortal
    before: Callable[[], None] = lambda: None
    answers: list[Answer] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            raise NotImplementedError("only requests are carried over")
        asked, here = await _body(receive), {**scope, "client": ("127.0.0.1", 50_000)}
        self.before()
        told = await asyncio.wrap_future(self.portal.start_task_soon(self._ask, here, asked))
        self.answers.append(_noted(scope, told[0]))
        for message in told:
            await send(message)

    async def _ask(self, scope: Scope, body: bytes) -> list[Message]:
        told: list[Message] = []
        waiting = [body]

        async def receive() -> Message:
            if waiting:
                return {"type": "http.request", "body": waiting.pop(), "more_body": False}
            return {"type": "http.disconnect"}

        async def keep(message: Message) -> None:
            told.append(message)

        await self.app(scope, receive, keep)
        return told


async def _body(receive: Receive) -> bytes:
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


def _noted(scope: Scope, start: Message) -> Answer:
    headers = {key.decode().lower(): value.decode("latin-1") for key, value in start["headers"]}
    return Answer(scope["method"], scope["path"], start["status"], headers)
