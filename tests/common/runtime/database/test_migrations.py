"""The numbered steps of both stores: one line of them, to the very tables that the code wants."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from api.persistence import store as api_store
from bot.storage import tables as bot_tables
from common.runtime.database import Database, DatabaseError, open_database
from common.runtime.database.migrations import FIRST, Migrations

pytestmark = pytest.mark.usefixtures("step_by_step")

SIDES = {"bot": bot_tables.MIGRATIONS, "api": api_store.MIGRATIONS}


@pytest.fixture(params=SIDES)
def migrations(request: pytest.FixtureRequest) -> Migrations:
    return SIDES[request.param]


@pytest.fixture
def database(store_url: str) -> Database:
    return open_database(store_url)


def version(connection: Connection) -> str:
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def differences(migrations: Migrations) -> Callable[[Connection], list[Any]]:
    def compare(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return list(compare_metadata(context, migrations.metadata))

    return compare


async def test_the_steps_lead_to_the_tables_that_the_code_wants(
    migrations: Migrations, database: Database
) -> None:
    migrations.upgrade(database)
    assert await database.read(version) == migrations.head
    assert await database.write(differences(migrations)) == []
    migrations.upgrade(database)  # nothing is missing any more
    await database.close()


def test_there_is_one_line_of_steps_without_a_gap(migrations: Migrations) -> None:
    script = ScriptDirectory(str(migrations.folder))
    numbers = [one.revision for one in script.walk_revisions()][::-1]
    assert script.get_heads() == [migrations.head]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]


async def test_a_store_from_before_the_steps_were_numbered_goes_on_with_its_rows(
    migrations: Migrations, database: Database
) -> None:
    jobs = "(id, key, kind, lane, due_at, attempts) VALUES (7, 'k', 'note', '', :now, 0)"

    def as_it_was(connection: Connection) -> None:
        command.upgrade(migrations.config(connection), FIRST)
        connection.execute(text("DROP TABLE alembic_version"))
        connection.execute(text(f"INSERT INTO job {jobs}"), {"now": "2026-11-23 09:00:00"})

    database.prepare(as_it_was)
    migrations.upgrade(database)
    assert await database.read(version) == migrations.head
    assert await database.read(lambda c: c.execute(text("SELECT id FROM job")).all()) == [(7,)]
    assert await database.write(differences(migrations)) == []
    await database.close()


async def test_a_store_that_a_newer_version_has_written_is_refused(
    migrations: Migrations, database: Database
) -> None:
    migrations.upgrade(database)
    newer = text("UPDATE alembic_version SET version_num = '9999'")
    await database.write(lambda connection: connection.execute(newer).rowcount)
    with pytest.raises(DatabaseError, match="start the newer version"):
        migrations.upgrade(database)
    await database.close()


def test_a_folder_with_an_odd_name_is_found(tmp_path: Path) -> None:
    odd = tmp_path / "50% of it"
    odd.symlink_to(SIDES["bot"].folder)
    migrations = Migrations(odd, SIDES["bot"].metadata)
    database = open_database("sqlite://")
    migrations.upgrade(database)
    assert database.prepare(version) == migrations.head
