"""The words as coordinators have released them: the last good publication, in memory and on disk.

Why: docs/adr/0025-words-in-layers.md.
"""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path

import httpx2
from pydantic import ValidationError

from bot.keeping import write_whole
from common.contract.publication import Publication
from common.runtime import logs

EVERY = 2.0  # seconds: with the fetching, words are here within five of their release

Pause = Callable[[float], Awaitable[None]]
Take = Callable[[Publication], None]

log = logs.get(__name__)


class PublicationSource:
    """Fetches `GET /v1/publications/current` and hands on what is new; trouble changes nothing.

    `take` is called off the event loop, for it looks at every word.
    """

    def __init__(
        self,
        client: httpx2.AsyncClient,
        path: Path,
        take: Take,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._client = client
        self._path = path
        self._take = take
        self._pause = pause
        self._etag = ""
        self._current = ""
        self._answers = True

    def read_kept(self) -> None:
        """Take the one that an earlier process has kept; a damaged one counts as none."""
        try:
            kept = Publication.model_validate_json(self._path.read_bytes())
        except (OSError, ValidationError):
            return
        try:
            self._take(kept)
        except Exception:
            log.exception("publication.not_taken")  # the shipped words are there
        else:
            self._current = kept.etag

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            await self.refresh()
            await self._pause(EVERY)

    async def refresh(self) -> bool:
        """Fetch once, and say if the api answered; if it did not, the last good one stays."""
        try:
            await self._fetch()
        except (httpx2.HTTPError, ValidationError) as error:
            if self._answers:  # once, not every two seconds for as long as the api is away
                log.warning("publication.not_fetched", error=type(error).__name__)
            self._answers = False
        except Exception:
            log.exception("publication.not_taken")  # a fault of ours must not end the fetching
            self._answers = False
        else:
            self._answers = True
        return self._answers

    async def _fetch(self) -> None:
        headers = {"If-None-Match": self._etag} if self._etag else {}
        response = await self._client.get("/v1/publications/current", headers=headers)
        if response.status_code == HTTPStatus.NOT_MODIFIED:
            return
        response.raise_for_status()
        fresh = await asyncio.to_thread(Publication.model_validate_json, response.content)
        if fresh.etag != self._current:
            await asyncio.to_thread(self._take, fresh)
            self._current = fresh.etag
            self._keep(response.content)
            log.info("publication.taken", version=fresh.version)
        self._etag = response.headers.get("ETag", "")

    def _keep(self, content: bytes) -> None:
        try:
            write_whole(self._path, content)
        except OSError:
            log.exception("publication.not_kept")  # it serves until the next start all the same
