"""Serves an application on a real port of loopback, with somebody at the door who takes notes."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import uvicorn
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from common.runtime.door import KEPT, open_door

PATIENCE = 15.0
"""Seconds of real time after which something that is waited for in vain fails the test."""


class Door:
    """Stands before an application: notes what is asked and refused, and can lose answers.

    `asked` are method and address as they came, `refusals` the bodies of answers from 400 on,
    `lost` says how many more answers to an address never arrive although the work is done. A
    stream of events passes as it comes, and is done when it ends.
    """

    def __init__(self) -> None:
        self.app: ASGIApp
        self.asked: list[str] = []
        self.done: list[tuple[str, int]] = []
        self.refusals: list[bytes] = []
        self.lost: dict[str, int] = {}
        self._changed = asyncio.Condition()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        address = b"?".join((scope["raw_path"], scope["query_string"])).decode("ascii")
        self.asked.append(f"{scope['method']} {address}")
        answer: list[Message] = []
        passing = False

        async def keep(message: Message) -> None:
            nonlocal passing
            passing = passing or _opens_stream(message)
            if passing:
                await send(message)
            else:
                answer.append(message)

        try:
            await self.app(scope, receive, keep)
        finally:
            await self._give(str(scope["path"]), answer, send)

    async def answered(self, path: str, *, times: int = 1) -> None:
        """Wait until so many requests for this address have been worked."""

        def enough() -> bool:
            return sum(one == path for one, _ in self.done) >= times

        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(enough)

    async def _give(self, path: str, answer: list[Message], send: Send) -> None:
        if self.lost.get(path):
            self.lost[path] -= 1
            # More is promised than comes: the server hangs up in the middle of it.
            promise = [(b"content-length", b"1000")]
            await send({"type": "http.response.start", "status": 200, "headers": promise})
        else:
            for message in answer:
                await send(message)
        status = next((one["status"] for one in answer if "status" in one), 0)
        if status >= 400:
            self.refusals.append(b"".join(one.get("body", b"") for one in answer))
        async with self._changed:
            self.done.append((path, status))
            self._changed.notify_all()


def _opens_stream(message: Message) -> bool:
    headers = dict(message.get("headers", ()))
    return bool(headers.get(b"content-type", b"").startswith(b"text/event-stream"))


class Side:
    """One side of the house; it can be closed and opened again at the same address."""

    def __init__(self, build: Callable[[], ASGIApp]) -> None:
        self._build = build
        self._socket: socket.socket | None = open_door("127.0.0.1", 0)
        self._port = self._socket.getsockname()[1]
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None
        self.door = Door()
        self.url = f"http://127.0.0.1:{self._port}"

    async def open(self) -> None:
        """Build it anew from what is on disk, and serve."""
        self.door.app = self._build()
        listening = self._socket or open_door("127.0.0.1", self._port)
        self._socket = None
        self._server = _Server(
            uvicorn.Config(
                self.door,
                log_config=None,
                access_log=False,
                server_header=False,
                ws="none",
                timeout_graceful_shutdown=1,  # a page that looks on keeps its stream open
                timeout_keep_alive=KEPT,
            )
        )
        self._task = asyncio.create_task(self._server.serve(sockets=[listening]))
        async with asyncio.timeout(PATIENCE):
            await self._server.up.wait()

    async def close(self) -> None:
        """Stop as on SIGTERM; nothing listens at the address then."""
        if self._server is not None and self._task is not None:
            self._server.should_exit = True
            await self._task
        self._server = self._task = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None


class _Server(uvicorn.Server):
    """Says when it is up, and leaves the process's signals to the tests."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = asyncio.Event()

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override]  # theirs is a generator
        return nullcontext()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()
