"""Real processes of bot and api: started, killed without warning, and started again."""

import asyncio
import contextlib
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.chaos.pause import rest

ROOT = Path(__file__).parents[2]
LOOK_EVERY = 0.1
LONGEST_START = 120.0
RESTARTED_AFTER = 1.0
"""Seconds after which a supervisor starts what has ended by itself."""


class NotReadyError(Exception):
    """A process cannot work although nothing keeps it from working any more."""


@dataclass
class Process:
    """`python -m bot serve` or `python -m api serve`, kept running as a supervisor would.

    `environment` is asked at each start. `killed` counts how often we did that to it, `ended`
    how often it ended by itself, which is no fault as long as nobody is worse off for it.
    """

    name: str
    side: str
    port: int
    folder: Path
    environment: Callable[[], Mapping[str, str]]
    killed: int = 0
    ended: int = 0
    _running: asyncio.subprocess.Process | None = None
    _keeper: asyncio.Task[None] | None = None
    _may_start: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it, and keep it running from now on."""
        self._may_start.set()
        self._keeper = asyncio.create_task(self._keep())
        await self.ready()

    async def kill(self) -> None:
        """End it in the middle of whatever it does; it stays away until it may rise."""
        running = self._running
        if running is None or running.returncode is not None:
            return
        self._may_start.clear()
        self.killed += 1
        running.send_signal(signal.SIGKILL)
        await running.wait()

    def rise(self) -> None:
        """Let it start again."""
        self._may_start.set()

    async def ready(self) -> None:
        """Wait until it says that it can work.

        Raises:
            NotReadyError: it never does.
        """
        try:
            async with asyncio.timeout(LONGEST_START), _client() as client:
                while not await _answers(client, f"{self.url}/readyz"):
                    await rest(LOOK_EVERY)
        except TimeoutError:
            raise NotReadyError(f"{self.name} is not ready; its log is in {self.folder}") from None

    async def stop(self) -> None:
        """Stop it for good."""
        if self._keeper is not None:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        if self._running is not None and self._running.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._running.kill()
            await self._running.wait()

    async def _keep(self) -> None:
        with (self.folder / f"{self.name}.log").open("ab") as log:
            while True:
                await self._may_start.wait()
                running = await self._started(log)
                await running.wait()
                if self._may_start.is_set():
                    self.ended += 1
                    await rest(RESTARTED_AFTER)

    async def _started(self, log: IO[bytes]) -> asyncio.subprocess.Process:
        self._running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", self.side, "serve"),
            cwd=self.folder,
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT), **self.environment()},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        return self._running


def free_port() -> int:
    """A port of loopback that nobody has at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _client() -> ClientSession:
    return ClientSession(timeout=ClientTimeout(5))


async def _answers(client: ClientSession, url: str) -> bool:
    try:
        async with client.get(url) as got:
            return got.status == 200
    except (ClientError, OSError, TimeoutError):
        return False
