"""Backups of both kinds: whole or not there, read by nobody else, put where nothing is yet."""

import asyncio
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, text

from common.runtime.database import DatabaseError, open_database
from common.runtime.database.migrations import FIRST
from common.runtime.database.opening import parse
from common.runtime.keytable import unlocked
from common.runtime.upkeep.backup import back_up, restore
from common.runtime.upkeep.holding import Holding, UpkeepError
from common.runtime.upkeep.postgrestools import environment
from common.runtime.vault import Vault
from tests.support.house import until
from tests.support.postgres import PostgresServer
from tests.support.stores import NewStore
from tests.support.upkeep import TOOLS, api_holding, bot_holding

RING = Vault.new_key("k1")
PASSWORD = "sesame-open-sesame"


@pytest.fixture
def kept(store_url: str) -> Holding:
    """A store of the bot with its tables."""
    return bot_holding(store_url, RING)


async def fill(holding: Holding) -> None:
    database = open_database(holding.url)
    holding.migrations.upgrade(database)
    unlocked(database, holding.keys, holding.ring)
    await database.close()


def add(number: int) -> Callable[[Connection], int]:
    statement = text(
        "INSERT INTO message (id, conversation, message, sent_at, question, has_buttons) "
        "VALUES (:n, :c, :m, '2026-11-23 09:00:00', '', :no)"
    )
    row = {"n": number, "c": f"c{number}", "m": "m" * 500, "no": False}
    return lambda connection: connection.execute(statement, row).rowcount


def numbers(connection: Connection) -> list[int]:
    return list(connection.scalars(text("SELECT id FROM message ORDER BY id")))


async def test_a_backup_taken_while_others_write_is_of_one_moment(
    kept: Holding, new_store: NewStore, tmp_path: Path
) -> None:
    await fill(kept)
    database, over = open_database(kept.url), asyncio.Event()
    written = 0

    async def write() -> None:
        nonlocal written
        while not over.is_set():
            await database.write(add(written + 1))
            written += 1

    writing = asyncio.create_task(write())
    await until(lambda: written >= 20)
    at_least = written
    await back_up(kept, tmp_path / "backup", TOOLS)
    over.set()
    await writing
    await database.close()

    elsewhere = bot_holding(new_store(), RING)
    await restore(elsewhere, tmp_path / "backup", TOOLS)
    restored = open_database(elsewhere.url)
    elsewhere.migrations.upgrade(restored)
    found = await restored.read(numbers)
    assert found == list(range(1, len(found) + 1))
    assert at_least <= len(found) <= written
    await restored.write(add(written + 1))  # numbers go on, too
    await restored.close()


async def test_the_next_start_brings_an_older_backup_up_to_date(
    kept: Holding, new_store: NewStore, tmp_path: Path
) -> None:
    database = open_database(kept.url)
    database.prepare(lambda c: command.upgrade(kept.migrations.config(c), FIRST))
    await database.write(add(7))
    await database.close()
    await back_up(kept, tmp_path / "backup", TOOLS)  # an upgrade begins with one
    elsewhere = bot_holding(new_store(), RING)
    await restore(elsewhere, tmp_path / "backup", TOOLS)
    restored = open_database(elsewhere.url)
    elsewhere.migrations.upgrade(restored)
    await restored.read(elsewhere.migrations.require)
    assert await restored.read(numbers) == [7]
    await restored.close()


async def test_only_we_may_read_it_and_nothing_else_is_left(kept: Holding, tmp_path: Path) -> None:
    await fill(kept)
    (tmp_path / "there").mkdir()
    await back_up(kept, tmp_path / "there" / "backup", TOOLS)
    assert list((tmp_path / "there").iterdir()) == [tmp_path / "there" / "backup"]
    assert stat.S_IMODE((tmp_path / "there" / "backup").stat().st_mode) == 0o600


async def test_a_backup_is_never_overwritten(kept: Holding, tmp_path: Path) -> None:
    await fill(kept)
    (tmp_path / "backup").write_text("yesterday's")
    with pytest.raises(UpkeepError, match="is there already"):
        await back_up(kept, tmp_path / "backup", TOOLS)
    assert (tmp_path / "backup").read_text() == "yesterday's"
    with pytest.raises(UpkeepError, match="cannot be written: No such file"):
        await back_up(kept, tmp_path / "nowhere" / "backup", TOOLS)


async def test_what_fails_leaves_no_file(kept: Holding, tmp_path: Path) -> None:
    await open_database(kept.url).close()  # a store, but nothing in it
    (tmp_path / "there").mkdir()
    with pytest.raises(UpkeepError, match="nothing in this store yet"):
        await back_up(kept, tmp_path / "there" / "backup", TOOLS)
    assert list((tmp_path / "there").iterdir()) == []


async def test_a_store_that_has_something_in_it_is_not_overwritten(
    kept: Holding, new_store: NewStore, tmp_path: Path
) -> None:
    await fill(kept)
    await back_up(kept, tmp_path / "backup", TOOLS)
    other = bot_holding(new_store(), RING)
    await fill(other)
    database = open_database(other.url)
    await database.write(add(7))
    await database.close()
    with pytest.raises(UpkeepError, match=r"There is something in .* nothing is overwritten"):
        await restore(other, tmp_path / "backup", TOOLS)
    database = open_database(other.url)
    assert await database.read(numbers) == [7]
    await database.close()


async def test_a_backup_of_the_other_side_is_refused(
    kept: Holding, new_store: NewStore, tmp_path: Path
) -> None:
    await fill(kept)
    await back_up(kept, tmp_path / "backup", TOOLS)
    api = api_holding(new_store(), RING)
    with pytest.raises(UpkeepError, match="a backup of something else"):
        await restore(api, tmp_path / "backup", TOOLS)
    await fill(api)  # it was left empty


@pytest.mark.parametrize("content", [b"", b"a letter to a friend"])
async def test_a_file_that_is_no_backup_is_refused(
    kept: Holding, tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "backup").write_bytes(content)
    with pytest.raises(UpkeepError, match="is no backup of a store of the kind"):
        await restore(kept, tmp_path / "backup", TOOLS)
    with pytest.raises(UpkeepError, match="cannot be read: No such file"):
        await restore(kept, tmp_path / "elsewhere", TOOLS)


async def test_a_backup_that_was_cut_off_or_damaged_is_refused(
    kept: Holding, new_store: NewStore, tmp_path: Path
) -> None:
    await fill(kept)
    await back_up(kept, tmp_path / "backup", TOOLS)
    whole = (tmp_path / "backup").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    target = bot_holding(new_store(), RING)
    with pytest.raises(UpkeepError, match=r"damaged|failed|cannot be read"):
        await restore(target, tmp_path / "cut", TOOLS)
    await restore(target, tmp_path / "backup", TOOLS)  # nothing of it was kept


async def test_a_process_that_is_using_the_store_is_noticed(tmp_path: Path) -> None:
    first = bot_holding(f"sqlite:///{tmp_path}/one.sqlite3", RING)
    await fill(first)
    await back_up(first, tmp_path / "backup")
    other = bot_holding(f"sqlite:///{tmp_path}/two.sqlite3", RING)
    using = open_database(other.url)
    with pytest.raises(DatabaseError, match=r"Another process is using .*two\.sqlite3\. Stop it"):
        await restore(other, tmp_path / "backup")
    await using.close()
    await restore(other, tmp_path / "backup")


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    missing, memory = (f"sqlite:///{tmp_path}/x.sqlite3", "sqlite://")
    for url, says in ((missing, r"There is no .*x\.sqlite3"), (memory, "in memory")):
        with pytest.raises(UpkeepError, match=says):
            asyncio.run(back_up(bot_holding(url, RING), tmp_path / "backup"))
    assert list(tmp_path.iterdir()) == []


async def test_what_hinders_postgresqls_programs_is_said_in_a_sentence(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    kept = bot_holding(postgres.database(), RING)
    with pytest.raises(UpkeepError, match=r"pg_dump is not to be found\. Install"):
        await back_up(kept, tmp_path / "backup", tmp_path / "empty")
    nobody = bot_holding("postgresql://doorway@127.0.0.1:1/x", RING)
    with pytest.raises(UpkeepError, match=r"pg_dump failed: .*Connection refused"):
        await back_up(nobody, tmp_path / "backup", TOOLS)
    old = fake_program(tmp_path, "echo 'pg_dump: error: server version mismatch' >&2; exit 1")
    with pytest.raises(UpkeepError, match="pg_dump is older than the server"):
        await back_up(kept, tmp_path / "backup", old)


async def test_the_password_stands_on_no_command_line(tmp_path: Path) -> None:
    told = tmp_path / "told"
    tools = fake_program(tmp_path, f'echo "$@" > {told}; env >> {told}; exit 1')
    url = f"postgresql://someone:{PASSWORD}@127.0.0.1:1/x?sslmode=disable"
    with pytest.raises(UpkeepError, match="it does not say why") as caught:
        await back_up(bot_holding(url, RING), tmp_path / "backup", tools)
    words, *variables = told.read_text().splitlines()
    assert PASSWORD not in words + str(caught.value)
    assert "--no-password" in words
    assert {f"PGPASSWORD={PASSWORD}", "PGHOST=127.0.0.1", "PGSSLMODE=disable"} <= {*variables}


def test_what_the_url_leaves_open_is_left_to_the_environment() -> None:
    assert environment(parse("postgresql:///x?host=/run/pg")) == {
        "PGDATABASE": "x",
        "PGHOST": "/run/pg",
    }


def fake_program(folder: Path, script: str) -> Path:
    """A folder with a `pg_dump` that does this."""
    program = folder / "fake" / "pg_dump"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    return program.parent
