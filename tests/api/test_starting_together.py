"""Processes that start at the same moment on one empty database fill it once."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from pydantic import SecretStr
from sqlalchemy import text

from api import app
from api.persistence.practice_file import read_practices
from api.settings import ApiSettings
from common.runtime.database import open_database
from tests.support.intake_api import KEYS, TOKEN
from tests.support.postgres import PostgresServer

COUNTS = "SELECT (SELECT count(*) FROM practice), (SELECT count(*) FROM staff_member)"


def test_two_that_fill_a_store_together_fill_it_once(postgres: PostgresServer) -> None:
    url = postgres.database()
    settings = ApiSettings(
        database_url=url, intake_tokens=SecretStr(TOKEN), encryption_keys=SecretStr(KEYS)
    )

    def fill(password: str) -> int:
        return asyncio.run(app.fill(settings, password))

    practices = read_practices()
    people = sum(one.open for one in practices) + 3
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(fill, ["one", "two"])) == [people] * 2
    database = open_database(url)
    assert database.prepare(lambda c: tuple(c.execute(text(COUNTS)).one())) == (
        len(practices),
        people,
    )
    asyncio.run(database.close())
