"""The released words as the bot keeps them: the last good ones, whatever the api does."""

import asyncio
from pathlib import Path

import httpx2
import pytest

from bot.intake import make_client
from bot.publication import PublicationSource
from common.contract.publication import Publication
from tests.support.released import publication

FIRST, SECOND = publication(1), publication(2)


class Api:
    """Serves what it is given, each once; the last one for ever. `taken` is what was handed on."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []
        self.taken: list[Publication] = []
        self.paused: list[float] = []

    def source(self, path: Path) -> PublicationSource:
        client = make_client("http://api.example", "t", httpx2.MockTransport(self._answer))
        return PublicationSource(client, path, self._take, self._pause)

    def _take(self, found: Publication) -> None:
        self.taken.append(found)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        if len(self.paused) == 3:
            raise asyncio.CancelledError


def served(found: Publication) -> httpx2.Response:
    content = found.model_dump_json()
    return httpx2.Response(200, content=content, headers={"ETag": f'"{found.etag}"'})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "var" / "publication.json"


async def test_a_new_one_is_handed_on_and_kept_for_the_next_start(kept: Path) -> None:
    api = Api(served(FIRST), httpx2.Response(304), served(SECOND))
    source = api.source(kept)
    assert await source.refresh()
    assert await source.refresh()
    assert api.taken == [FIRST]
    assert api.requests[1].headers["If-None-Match"] == f'"{FIRST.etag}"'
    await source.refresh()
    assert api.taken == [FIRST, SECOND]
    restarted = Api(httpx2.ConnectError("away"))
    restarted.source(kept).read_kept()
    assert restarted.taken == [SECOND]


async def test_what_is_known_already_is_not_handed_on_again(kept: Path) -> None:
    await Api(served(FIRST)).source(kept).refresh()
    restarted = Api(served(FIRST))
    source = restarted.source(kept)
    source.read_kept()
    await source.refresh()
    assert restarted.taken == [FIRST]


@pytest.mark.parametrize(
    "trouble",
    [
        httpx2.ConnectError("away"),
        httpx2.Response(500),
        httpx2.Response(401),
        httpx2.Response(404),
        httpx2.Response(200, content=b"<html>"),
        httpx2.Response(200, json={"version": "x"}),
    ],
)
async def test_trouble_changes_nothing(kept: Path, trouble: httpx2.Response | Exception) -> None:
    api = Api(served(FIRST), trouble)
    source = api.source(kept)
    await source.refresh()
    assert not await source.refresh()
    assert api.taken == [FIRST]
    restarted = Api(trouble)
    restarted.source(kept).read_kept()
    assert restarted.taken == [FIRST]


@pytest.fixture
def damaged(kept: Path) -> Path:
    kept.parent.mkdir()
    kept.write_text('{"version": 1')
    return kept


async def test_a_damaged_file_counts_as_none(damaged: Path) -> None:
    api = Api(served(FIRST))
    source = api.source(damaged)
    source.read_kept()
    assert api.taken == []
    await source.refresh()
    assert api.taken == [FIRST]


async def test_words_that_cannot_be_taken_do_not_end_the_fetching(tmp_path: Path) -> None:
    def refuse(_: Publication) -> None:
        raise ArithmeticError

    client = make_client("http://api.example", "t", httpx2.MockTransport(lambda _: served(FIRST)))
    source = PublicationSource(client, tmp_path / "publication.json", refuse)
    assert not await source.refresh()
    assert not await source.refresh()


async def test_a_disk_that_cannot_be_written_is_no_reason_to_stop(damaged: Path) -> None:
    api = Api(served(FIRST))
    assert await api.source(damaged / "not-a-folder" / "publication.json").refresh()
    assert api.taken == [FIRST]


async def test_it_asks_every_two_seconds(kept: Path) -> None:
    api = Api(httpx2.ConnectError("away"), served(FIRST), httpx2.Response(304))
    with pytest.raises(asyncio.CancelledError):
        await api.source(kept).run()
    assert api.paused == [2, 2, 2]
