"""The floor of the intake: a bare FastAPI route that validates the same model and stores one row.

It knows no token, no key, no duplicate, no prescriber, no encryption and no job.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
from fastapi import FastAPI, Request

from common.contract.referral import ReferralSubmission

CONNECTIONS = 12  # to PostgreSQL, as many as the api may write on
TABLE = "CREATE TABLE IF NOT EXISTS bare (id {number}, body TEXT NOT NULL)"

Insert = Callable[[str], Awaitable[None]]


def bare(url: str) -> FastAPI:
    """The application over this store."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        opened = _sqlite(url) if url.startswith("sqlite") else _postgres(url)
        async with opened as app.state.insert:
            yield

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None)

    @app.post("/v1/referrals", status_code=201)
    async def submit(request: Request) -> dict[str, str]:
        submission = ReferralSubmission.model_validate_json(await request.body())
        await request.app.state.insert(submission.model_dump_json())
        return {"status": "received"}

    return app


@asynccontextmanager
async def _sqlite(url: str) -> AsyncIterator[Insert]:
    """On the event loop itself: nothing takes less, as long as nobody else is at the file."""
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(TABLE.format(number="INTEGER PRIMARY KEY"))

    async def insert(body: str) -> None:
        connection.execute("INSERT INTO bare (body) VALUES (?)", (body,))

    yield insert
    connection.close()


@asynccontextmanager
async def _postgres(url: str) -> AsyncIterator[Insert]:
    """On whichever connection is free, committed by itself: one trip to the server."""
    free: asyncio.Queue[psycopg.AsyncConnection] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await psycopg.AsyncConnection.connect(url, autocommit=True))
    first = await free.get()
    await first.execute(TABLE.format(number="bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"))
    free.put_nowait(first)

    async def insert(body: str) -> None:
        connection = await free.get()
        try:
            await connection.execute("INSERT INTO bare (body) VALUES (%s)", (body,))
        finally:
            free.put_nowait(connection)

    yield insert
    while not free.empty():
        await free.get_nowait().close()
