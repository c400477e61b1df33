"""Servers in processes of their own: the api as shipped, and the bare one it is compared with.

    python -m benchmarks.serving shipped sqlite:////tmp/api.sqlite3

It listens on a free port of loopback and prints its number when it does.
"""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import typer
import uvicorn
from fastapi import FastAPI
from pydantic import SecretStr

from api.app import build
from api.domain.events import Notice, Recipient
from api.settings import ApiSettings
from benchmarks.bare import bare
from benchmarks.load import Server
from benchmarks.people import KEYS, SECRET
from common.runtime import collector
from common.runtime.door import open_door

ROOT = Path(__file__).parents[1]


@contextmanager
def serving(kind: str, url: str) -> Iterator[Server]:
    """Start one over this store; when left it is killed, for its store is thrown away."""
    command = (sys.executable, "-m", "benchmarks.serving", kind, url)
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 our own command
        try:
            for line in process.stdout or ():
                if line.startswith("port "):
                    yield Server(int(line.split()[1]), process.pid)
                    break
            else:
                raise ChildProcessError(f"the {kind} server did not start")
        finally:
            process.kill()


def shipped(url: str) -> FastAPI:
    """The api as it comes. Its jobs are committed; its post takes the first few and is stuck.

    What is compared is taking referrals in; writing the letters is work of another moment.
    """
    settings = ApiSettings(
        database_url=url, intake_tokens=SecretStr(SECRET), encryption_keys=SecretStr(KEYS)
    )
    return build(settings, tell=_never)


def telling(url: str) -> FastAPI:
    """The same with a post that takes every letter at once."""
    settings = ApiSettings(
        database_url=url, intake_tokens=SecretStr(SECRET), encryption_keys=SecretStr(KEYS)
    )
    return build(settings, tell=_at_once)


async def _never(_notice: Notice, _to: Recipient) -> None:
    await asyncio.Event().wait()


async def _at_once(_notice: Notice, _to: Recipient) -> None:
    return


KINDS = {"shipped": shipped, "telling": telling, "bare": bare}


async def main(kind: str, url: str) -> None:
    """Serve as the api's own command does, and say where."""
    app = KINDS[kind](url)
    config = uvicorn.Config(
        app, port=0, log_config=None, log_level="warning", access_log=False, server_header=False
    )
    server = uvicorn.Server(config)
    doors = None
    if kind != "bare":  # which is as it comes
        collector.settle()
        doors = [open_door("127.0.0.1", 0)]
    async with _said(server):
        await server.serve(doors)


@asynccontextmanager
async def _said(server: uvicorn.Server) -> AsyncIterator[None]:
    saying = asyncio.create_task(_say(server))
    yield
    saying.cancel()


async def _say(server: uvicorn.Server) -> None:
    while not server.started:  # noqa: ASYNC110 it has no event for that
        await asyncio.sleep(0.01)
    typer.echo(f"port {server.servers[0].sockets[0].getsockname()[1]}")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
