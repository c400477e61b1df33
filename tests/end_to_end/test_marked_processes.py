"""What a real process prints when its database fails on somebody's words does not tell them."""

import asyncio
import os
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx2

from common.runtime.vault import Vault
from tests.end_to_end.marks import ENGLISH, found_in
from tests.support.bot_settings import GIVEN
from tests.support.intake_api import submission
from tests.support.sides import PATIENCE
from tests.support.sources import ROOT
from tests.support.webvisitor import Visitor

TOKEN = GIVEN["intake_token"]


@asynccontextmanager
async def serving(side: str, folder: Path, printed: list[str]) -> AsyncIterator[str]:
    """`python -m <side> serve` on files in this folder; what it printed is there when left."""
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        port = str(door.getsockname()[1])
    url = f"http://127.0.0.1:{port}"
    mine = {"DATABASE_URL": f"sqlite:///{folder}/{side}.sqlite3", "ENCRYPTION_KEYS": _KEYS}
    mine |= {"API_PORT": port, "INTAKE_TOKENS": TOKEN} if side == "api" else _bot(folder, port)
    named = {f"{side.upper()}_{name.removeprefix('API_')}": one for name, one in mine.items()}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", side, "serve"),
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **named},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    first: list[bytes] = []
    try:
        await _up(url, process, first)
        yield url
    finally:
        process.terminate()
        output, _ = await process.communicate()
        printed.append(b"".join((*first, output)).decode())


_KEYS = Vault.new_key("k1")


def _bot(folder: Path, port: str) -> dict[str, str]:
    """An api that is away, and who runs the service."""
    return {
        "WEBCHAT_PORT": port,
        "INTAKE_TOKEN": TOKEN,
        "INTAKE_URL": "http://127.0.0.1:9",
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "DIRECTORY_FILE": f"{folder}/directory.json",
        "DEMO": "true",
    }


async def _up(url: str, process: asyncio.subprocess.Process, first: list[bytes]) -> None:
    """Wait until it answers; what it printed `first` is not read again."""
    assert process.stdout is not None
    async with asyncio.timeout(PATIENCE * 2), httpx2.AsyncClient(trust_env=False) as client:
        # It has little left to do then; asked all the time before, it is kept from the processor.
        first.append(await process.stdout.readline())
        while process.returncode is None:
            try:
                answer = await client.get(f"{url}/healthz")
            except httpx2.HTTPError:
                continue
            assert answer.status_code == 200
            return
    raise AssertionError("it has ended before it began")


def break_table(file: Path, table: str) -> None:
    """Let the database refuse every new row, and repeat somebody's words in saying so."""
    with closing(sqlite3.connect(file, timeout=5)) as database, database:
        database.execute(
            f"CREATE TRIGGER broken AFTER INSERT ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{ENGLISH.own}'); END"
        )


async def test_the_bot_prints_no_answer(tmp_path: Path) -> None:
    printed: list[str] = []
    async with serving("bot", tmp_path, printed) as url:
        async with httpx2.AsyncClient(base_url=url, trust_env=False) as client:
            visitor = Visitor(client)
            await visitor.open()
            break_table(tmp_path / "bot.sqlite3", "inbox")
            answer = await visitor.posted(visitor.page.box, text=ENGLISH.own)
        assert (answer.status_code, found_in(answer.text, ENGLISH)) == (500, [])
    assert "library.says" in printed[0], "the server has told of it"
    assert found_in(printed[0], ENGLISH) == []


async def test_the_api_prints_no_answer(tmp_path: Path) -> None:
    printed: list[str] = []
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "key-00000001"}
    async with serving("api", tmp_path, printed) as url:
        break_table(tmp_path / "api.sqlite3", "referral")
        body = submission(name=ENGLISH.name, own_words=[ENGLISH.own], practice="F84122")
        async with httpx2.AsyncClient(base_url=url, trust_env=False) as client:
            answer = await client.post("/v1/referrals", json=body, headers=headers)
        assert (answer.status_code, found_in(answer.text, ENGLISH)) == (500, [])
    assert "api.failed" in printed[0]
    assert found_in(printed[0], ENGLISH) == []
