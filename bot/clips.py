"""The spoken clips on this machine: fetched once, kept as files under their own hashes.

Why: docs/adr/0027-voices-and-helplines.md.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import httpx2

from bot.keeping import write_whole
from common.contract.publication import Clip
from common.runtime import logs

EVERY = 5.0
LARGEST = 4 * 1024 * 1024  # bytes; the api takes none that is larger

Pause = Callable[[float], Awaitable[None]]

log = logs.get(__name__)


class ClipShelf:
    """Has each clip of the publication at hand before anybody asks for it; trouble is tried again.

    Files are named after their bytes, so several processes may share a folder, and a replaced
    clip is simply another file.
    """

    def __init__(
        self,
        client: httpx2.AsyncClient,
        folder: Path,
        clips: Callable[[], Sequence[Clip]],
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._client = client
        self._folder = folder
        self._clips = clips
        self._pause = pause

    async def sound(self, clip: str) -> Path | None:
        """The file of a clip such as `syl/postcode`; None when it cannot be had."""
        language, _, step = clip.partition("/")
        found = (one for one in self._clips() if (one.language, one.step) == (language, step))
        wanted = next(found, None)
        return await self._fetched(wanted) if wanted else None

    async def run(self) -> None:
        """Fetch what is missing, and let go of what is no longer named, until cancelled."""
        seen: Sequence[Clip] = ()
        while True:
            clips = self._clips()
            if clips != seen and await self.refresh(clips):
                seen = clips
            await self._pause(EVERY)

    async def refresh(self, clips: Sequence[Clip]) -> bool:
        """Whether all of these are here now."""
        here = [await self._fetched(one) is not None for one in clips]
        await asyncio.to_thread(self._tidy, {one.sha256 for one in clips})
        return all(here)

    async def _fetched(self, clip: Clip) -> Path | None:
        path = self._folder / f"{clip.sha256}.ogg"
        if path.exists():
            return path
        try:
            response = await self._client.get(f"/v1/publications/clips/{clip.sha256}")
            response.raise_for_status()
            await asyncio.to_thread(self._keep, path, response.content, clip.sha256)
        except (httpx2.HTTPError, OSError, ValueError) as error:
            log.warning("clip.not_fetched", error=type(error).__name__)
            return None
        return path

    def _keep(self, path: Path, content: bytes, sha256: str) -> None:
        if len(content) > LARGEST or hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError("not the clip that was asked for")
        write_whole(path, content)

    def _tidy(self, named: set[str]) -> None:
        for path in self._folder.glob("*.ogg"):
            if path.stem not in named:
                path.unlink(missing_ok=True)
