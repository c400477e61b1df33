"""Clips are fetched once, believed only when their hash is right, and let go when not named."""

import asyncio
import hashlib
from pathlib import Path

import httpx2

from bot.clips import ClipShelf
from common.contract.publication import Clip

GOOD = b"OggS, as far as this test knows"
HASH = hashlib.sha256(GOOD).hexdigest()
CLIP = Clip(language="syl", step="postcode", sha256=HASH, seconds=2)


class Api:
    """Hands out one clip; `asked` counts how often, `status` is what it answers."""

    def __init__(self, content: bytes = GOOD) -> None:
        self.content = content
        self.status = 200
        self.asked: list[str] = []

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request.url.path)
        return httpx2.Response(self.status, content=self.content)


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def shelf(api: Api, folder: Path, *clips: Clip) -> ClipShelf:
    client = httpx2.AsyncClient(transport=httpx2.MockTransport(api), base_url="http://api")
    return ClipShelf(client, folder, lambda: clips)


async def test_a_clip_is_fetched_once_and_kept(tmp_path: Path) -> None:
    api = Api()
    first = shelf(api, tmp_path / "clips", CLIP)
    path = await first.sound("syl/postcode")
    assert path is not None
    assert path.read_bytes() == GOOD
    assert path.stem == HASH
    assert await shelf(api, tmp_path / "clips", CLIP).sound("syl/postcode") == path
    assert api.asked == [f"/v1/publications/clips/{HASH}"]
    for other in ("bn/postcode", "syl/name", "syl", "", "../../etc/passwd"):
        assert await first.sound(other) is None


async def test_what_is_not_what_it_should_be_is_not_kept(tmp_path: Path) -> None:
    api = Api(b"something else")
    assert await shelf(api, tmp_path, CLIP).sound("syl/postcode") is None
    api.content, api.status = GOOD, 503
    assert await shelf(api, tmp_path, CLIP).sound("syl/postcode") is None
    assert files(tmp_path) == []
    api.status = 200
    assert await shelf(api, tmp_path, CLIP).sound("syl/postcode") is not None


async def test_what_is_no_longer_named_is_let_go(tmp_path: Path) -> None:
    api = Api()
    assert await shelf(api, tmp_path, CLIP).refresh([CLIP])
    assert len(files(tmp_path)) == 1
    assert await shelf(api, tmp_path).refresh([])
    assert files(tmp_path) == []


async def test_it_fetches_before_anybody_asks_and_tries_again(tmp_path: Path) -> None:
    api, looked = Api(), asyncio.Event()
    api.status = 503

    async def pause(_: float) -> None:
        if len(api.asked) >= 2:
            looked.set()
            await asyncio.Event().wait()
        api.status = 200

    client = httpx2.AsyncClient(transport=httpx2.MockTransport(api), base_url="http://api")
    running = asyncio.create_task(ClipShelf(client, tmp_path, lambda: (CLIP,), pause).run())
    await looked.wait()
    assert (tmp_path / f"{HASH}.ogg").read_bytes() == GOOD
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
