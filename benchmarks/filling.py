"""Fills a store of the api with a made-up service and as many past referrals as are asked for."""

import hashlib
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta

import psycopg
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import Connection

from api.app import open_desk
from api.domain.staff import Role, StaffMember, StaffSession
from api.persistence import directory, staff
from api.persistence.postcodes import EDITION
from api.persistence.store import KEYS as VAULT_KEYS
from api.persistence.store import open_store
from api.services.auditing import seal
from api.settings import ApiSettings
from benchmarks.past import COLUMNS, Past, Row
from benchmarks.people import BOROUGH, CAPACITY, KEYS, SECRET, People, code, vault
from common.runtime.clock import system_clock
from common.runtime.keytable import unlock

PRESCRIBER, COORDINATOR = "browser-of-a-prescriber", "browser-of-a-coordinator"
"""What those browsers hold in their cookie: they are signed in for a day."""


async def fill(url: str, practices: int, referrals: int = 0) -> None:
    """Make the tables, the directory, the staff, and what was referred until now."""
    people = People(practices)
    database = open_store(url)
    database.prepare(lambda connection: _open_up(connection, people))
    await database.close()
    past = Past(people, referrals)
    if url.startswith("sqlite"):
        _into_sqlite(url.removeprefix("sqlite:///"), past)
    else:
        _into_postgres(url, past)
    if referrals:
        await _chain(url)


async def _chain(url: str) -> None:
    """Chain the record of it all, which a store that has grown up has done day by day."""
    settings = ApiSettings(
        database_url=url, intake_tokens=SecretStr(SECRET), encryption_keys=SecretStr(KEYS)
    )
    desk, _ = open_desk(settings, system_clock)
    await seal(desk)
    await desk.database.close()


def _open_up(connection: Connection, people: People) -> None:
    unlock(connection, VAULT_KEYS, vault())
    directory.add_practices(connection, people.directory)
    directory.store_borough(connection, BOROUGH, EDITION, system_clock())
    for number in range(1, people.practices + 1):
        practice = frozenset({code(number)})
        _hire(connection, f"Prescriber {number}", Role.PRESCRIBER, practice)
    for number in range(1, people.practices + 1):
        staff.name_cover(connection, number, number % people.practices + 1)
    coordinator = _hire(connection, "Coordinator", Role.COORDINATOR)
    _sign_in(connection, PRESCRIBER, 1)
    _sign_in(connection, COORDINATOR, coordinator)


def _hire(
    connection: Connection, name: str, role: Role, practices: frozenset[str] = frozenset()
) -> int:
    email = f"{name.replace(' ', '.')}@example.org"
    member = StaffMember(0, name, email, role, "no password", practices=practices)
    return staff.add(connection, member, capacity=CAPACITY)


def _sign_in(connection: Connection, token: str, staff_id: int) -> None:
    now, day = system_clock(), timedelta(days=1)
    hashed = hashlib.sha256(token.encode()).hexdigest()
    staff.open_session(connection, StaffSession(hashed, staff_id, now, now + day, now + day))


def _into_sqlite(path: str, past: Past) -> None:
    """Without waiting for the disk; indexes are made anew at the end, which takes less."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -200000")
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        indexes = connection.execute(found).fetchall()
        connection.execute("BEGIN")
        for name, _ in indexes:
            connection.execute(f'DROP INDEX "{name}"')
        for rows in past.rows():
            for table, some in rows.items():
                marks = ", ".join("?" * len(COLUMNS[table]))
                names = ", ".join(COLUMNS[table])
                adding = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 our own names
                connection.executemany(adding, map(_as_sqlite, some))
        for _, statement in indexes:
            connection.execute(statement)
        connection.execute("COMMIT")


def _as_sqlite(row: Row) -> Row:
    """Moments as SQLAlchemy writes them."""
    return tuple(
        one.strftime("%Y-%m-%d %H:%M:%S.%f") if hasattr(one, "strftime") else one for one in row
    )


def _into_postgres(url: str, past: Past) -> None:
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        for rows in past.rows():
            for table, some in rows.items():
                _copy(cursor, table, some)
        number = "SELECT setval(pg_get_serial_sequence('referral', 'id'), %s, true)"
        if past.referrals:
            cursor.execute(number, (past.referrals,))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")  # as it does by itself, a while later


def _copy(cursor: psycopg.Cursor, table: str, rows: Sequence[Row]) -> None:
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table]))
    )
    with cursor.copy(into) as copy:
        for row in rows:
            copy.write_row(row)
