"""The directory as the bot keeps it: the last good one, whatever the api does."""

import asyncio
from pathlib import Path

import httpx2
import pytest

from bot.directory import DirectorySource, NoDirectoryError
from bot.intake import make_client
from common.contract.directory import Borough, Directory, Practice

FIRST = Directory(
    version="1",
    practices=(
        Practice(ods_code="F84122", name="XX Place", street="Mile End Road", postcode="E1 4DG"),
    ),
    borough=Borough(inside={"E1 4": ("DG",)}),
)
SECOND = FIRST.model_copy(update={"version": "2"})


class Api:
    """Serves what it is given, each once; the last one for ever."""

    def __init__(self, *answers: httpx2.Response | Exception) -> None:
        self.answers = list(answers)
        self.requests: list[httpx2.Request] = []

    def source(self, path: Path) -> DirectorySource:
        client = make_client("http://api.example", "t", httpx2.MockTransport(self._answer))
        return DirectorySource(client, path, self._pause)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def _pause(self, seconds: float) -> None:
        self.paused = [*getattr(self, "paused", []), seconds]
        if len(self.paused) == 3:
            raise asyncio.CancelledError


def served(directory: Directory) -> httpx2.Response:
    content = directory.model_dump_json()
    return httpx2.Response(200, content=content, headers={"ETag": f'"{directory.version}"'})


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "var" / "directory.json"


async def test_without_any_directory_it_says_so(kept: Path) -> None:
    source = Api(httpx2.ConnectError("away")).source(kept)
    source.read_kept()
    assert not await source.refresh()
    assert not source.ready
    with pytest.raises(NoDirectoryError):
        source.current()


async def test_a_directory_is_fetched_and_kept_for_the_next_start(kept: Path) -> None:
    source = Api(served(FIRST)).source(kept)
    assert await source.refresh()
    assert source.current() == FIRST
    await source.wait()
    restarted = Api(httpx2.ConnectError("away")).source(kept)
    restarted.read_kept()
    assert restarted.ready
    assert restarted.current() == FIRST


async def test_only_a_changed_directory_is_fetched_whole(kept: Path) -> None:
    api = Api(served(FIRST), httpx2.Response(304), served(SECOND))
    source = api.source(kept)
    await source.refresh()
    assert await source.refresh()
    assert source.current() == FIRST
    assert api.requests[1].headers["If-None-Match"] == '"1"'
    await source.refresh()
    assert source.current() == SECOND


@pytest.mark.parametrize(
    "trouble",
    [
        httpx2.ConnectError("away"),
        httpx2.Response(500),
        httpx2.Response(401),
        httpx2.Response(200, content=b"<html>"),
        httpx2.Response(200, json={"version": "3"}),
    ],
)
async def test_the_last_good_one_stays_through_any_trouble(
    kept: Path, trouble: httpx2.Response | Exception
) -> None:
    source = Api(served(FIRST), trouble).source(kept)
    await source.refresh()
    assert not await source.refresh()
    assert source.current() == FIRST
    restarted = Api(trouble).source(kept)
    restarted.read_kept()
    assert restarted.current() == FIRST


@pytest.fixture
def damaged(kept: Path) -> Path:
    kept.parent.mkdir()
    kept.write_text('{"version": "1"')
    return kept


async def test_a_damaged_file_counts_as_none(damaged: Path) -> None:
    source = Api(served(FIRST)).source(damaged)
    source.read_kept()
    assert not source.ready
    await source.refresh()
    assert source.current() == FIRST


async def test_a_disk_that_cannot_be_written_is_no_reason_to_stop(damaged: Path) -> None:
    source = Api(served(FIRST)).source(damaged / "not-a-folder" / "directory.json")
    assert await source.refresh()
    assert source.current() == FIRST


async def test_it_asks_often_until_the_first_and_then_each_minute(kept: Path) -> None:
    api = Api(httpx2.ConnectError("away"), served(FIRST), httpx2.Response(304))
    with pytest.raises(asyncio.CancelledError):
        await api.source(kept).run()
    assert api.paused == [0.5, 60, 60]
