"""The throw-away PostgreSQL server: up, apart from others, and gone with its owner."""

import select
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support import postgres

STARTS_AND_WAITS = """
import sys
from tests.support.postgres import server
with server() as running:
    print(running.database(), flush=True)
    sys.stdin.read()
"""


def test_databases_are_fresh_apart_and_copied_when_asked() -> None:
    with postgres.server() as running:
        first, second = running.database(), running.database()
        with psycopg.connect(first) as connection:
            connection.execute("CREATE TABLE note AS SELECT 'kept' AS text")
        copy = running.database(copy_of=first)

        with psycopg.connect(second) as connection:
            assert connection.execute("SELECT to_regclass('note')").fetchone() == (None,)
        with psycopg.connect(copy) as connection:
            assert connection.execute("SELECT text FROM note").fetchone() == ("kept",)
            assert connection.execute("SHOW fsync").fetchone() == ("off",)

    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(first)


def test_it_writes_for_good_when_that_is_what_is_tested() -> None:
    with postgres.server(fsync=True) as running, psycopg.connect(running.database()) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {setting}").fetchone() == ("on",)


def test_it_ends_with_an_owner_that_was_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STARTS_AND_WAITS],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as owner:
        assert owner.stdout is not None
        url = owner.stdout.readline().strip()
        with psycopg.connect(url, autocommit=True) as connection:
            owner.kill()

            assert select.select([connection], [], [], 30)[0]
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
