"""Asks a server over loopback as fast as it answers, on so many connections at once."""

import asyncio
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

_HEAD_END = b"\r\n\r\n"
_LENGTH = b"content-length: "
_GOOD = b"HTTP/1.1 2"

Request = bytes
"""A whole HTTP/1.1 request as it goes over the wire."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that listens on loopback: the port, and the number of its process."""

    port: int
    process: int


class RefusedError(Exception):
    """A server gave no good answer; the beginning of what it said is in the text."""


@dataclass(frozen=True, slots=True)
class Load:
    """One stretch of asking: requests a second, and of one request seconds of time and CPU.

    CPU is the server's process, all its threads; what a database server spends is not in it.
    """

    rate: float
    p50: float
    p95: float
    p99: float
    cpu: float


async def load(
    server: Server, requests: Iterator[Request], connections: int, seconds: float
) -> Load:
    """Ask for so long; every answer must be a good one.

    Raises:
        RefusedError: one did not.
    """
    loop = asyncio.get_running_loop()
    clients = [
        (await loop.create_connection(_Client, "127.0.0.1", server.port))[1]
        for _ in range(connections)
    ]
    cpu, began = cpu_of(server.process), time.perf_counter()
    until = began + seconds
    try:
        await asyncio.gather(*(one.ask_until(until, requests) for one in clients))
    finally:
        for one in clients:
            one.close()
    took, cpu = time.perf_counter() - began, cpu_of(server.process) - cpu
    waits = sorted(wait for one in clients for wait in one.waits)
    return Load(
        rate=len(waits) / took,
        p50=waits[len(waits) // 2],
        p95=waits[len(waits) * 95 // 100],
        p99=waits[len(waits) * 99 // 100],
        cpu=cpu / len(waits),
    )


class _Client(asyncio.Protocol):
    """One connection that is kept; asks, and waits for the whole answer before it asks again."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._got = b""
        self._asked = self._until = 0.0
        self._requests: Iterator[Request] = iter(())
        self._done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._transport = asyncio.Transport()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    async def ask_until(self, until: float, requests: Iterator[Request]) -> None:
        """Ask again and again until then."""
        self._until, self._requests = until, requests
        self._ask()
        await self._done

    def close(self) -> None:
        """Hang up."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, found, body = self._got.partition(_HEAD_END)
        if not found or len(body) < _length(head):
            return
        self.waits.append(time.perf_counter() - self._asked)
        self._got = b""
        if not head.startswith(_GOOD):
            self._end(RefusedError((head + found + body)[:600].decode(errors="replace")))
        else:
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(RefusedError(f"hung up: {exc}"))

    def _ask(self) -> None:
        self._asked = time.perf_counter()
        request = next(self._requests, None) if self._asked < self._until else None
        if request is None:
            self._end(None)
        else:
            self._transport.write(request)

    def _end(self, error: Exception | None) -> None:
        if self._done.done():
            return
        if error is None:
            self._done.set_result(None)
        else:
            self._done.set_exception(error)


def post(path: str, body: bytes, headers: str = "") -> Request:
    """A POST of JSON; `headers` are whole lines."""
    head = (
        f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        f"content-length: {len(body)}\r\n{headers}\r\n"
    )
    return head.encode() + body


def get(path: str, headers: str = "") -> Request:
    """A GET; `headers` are whole lines."""
    return f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1\r\n{headers}\r\n".encode()


def cpu_of(process: int) -> float:
    """Seconds of processor that a running process has used so far, all its threads."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _length(head: bytes) -> int:
    at = head.lower().find(_LENGTH)
    return int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0
