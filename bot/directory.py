"""The directory as the bot has it: the last good one, in memory and on disk.

Why: docs/adr/0010-last-good-directory.md.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import httpx2
from pydantic import ValidationError

from bot.keeping import write_whole
from common.contract.directory import Directory
from common.runtime import logs
from common.runtime.clock import Clock, system_clock

EVERY = 60.0
UNTIL_FIRST = 0.5

Pause = Callable[[float], Awaitable[None]]

log = logs.get(__name__)


class NoDirectoryError(Exception):
    """There has never been a directory: nothing can be asked about practices yet."""


class DirectorySource:
    """Fetches `GET /v1/directory` now and then; a new one that cannot be had changes nothing."""

    def __init__(
        self,
        client: httpx2.AsyncClient,
        path: Path,
        pause: Pause = asyncio.sleep,
        clock: Clock = system_clock,
    ) -> None:
        self._clock = clock
        self.confirmed_at: datetime | None = None  # when the api last said that it is the newest
        self._client = client
        self._path = path
        self._pause = pause
        self._etag = ""
        self._current: Directory | None = None
        self._first = asyncio.Event()

    def current(self) -> Directory:
        """The last good directory.

        Raises:
            NoDirectoryError: there has never been one.
        """
        if self._current is None:
            raise NoDirectoryError("There is no directory of practices yet: start the api first.")
        return self._current

    @property
    def ready(self) -> bool:
        """Whether there is a directory."""
        return self._current is not None

    async def wait(self) -> None:
        """Return when there is a directory."""
        await self._first.wait()

    def read_kept(self) -> None:
        """Take the one that an earlier process has kept; a damaged one counts as none."""
        try:
            kept = Directory.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return
        self._take(kept)
        self.confirmed_at = datetime.fromtimestamp(self._path.stat().st_mtime, UTC)

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            await self.refresh()
            await self._pause(EVERY if self.ready else UNTIL_FIRST)

    async def refresh(self) -> bool:
        """Fetch once, and say if the api answered; if it did not, the last good one stays."""
        try:
            await self._fetch()
        except (httpx2.HTTPError, ValidationError) as error:
            log.warning("directory.not_fetched", error=type(error).__name__)
            return False
        return True

    async def _fetch(self) -> None:
        headers = {"If-None-Match": self._etag} if self._etag else {}
        response = await self._client.get("/v1/directory", headers=headers)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            self.confirmed_at = self._clock()
            return
        response.raise_for_status()
        fresh = Directory.model_validate_json(response.content)
        self._take(fresh)
        self.confirmed_at = self._clock()
        self._etag = response.headers.get("ETag", "")
        log.info("directory.fetched", count=len(fresh.practices))
        try:
            write_whole(self._path, response.content)
        except OSError:
            log.exception("directory.not_kept")  # it serves until the next start all the same

    def _take(self, directory: Directory) -> None:
        self._current = directory
        self._first.set()
