"""Backups of a PostgreSQL store, made and filled in by its own programs.

Where the server is and the password are told to them by environment variables: what stands on a
command line is seen by everybody on the machine.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from psycopg import pq
from psycopg.conninfo import make_conninfo
from sqlalchemy import URL, Connection, inspect, text

from common.runtime.database import locks, open_database
from common.runtime.database.migrations import LOCK
from common.runtime.database.opening import parse
from common.runtime.upkeep.holding import UpkeepError

_TABLE = re.compile(r"^\d+; \d+ \d+ TABLE \S+ (\S+) ", re.MULTILINE)
_ERROR = re.compile(r"^\w+: error: (.+)$", re.MULTILINE)
# What follows may quote a row.
_ROW = re.compile(r"(COPY failed for table \S+):.*")


@dataclass(frozen=True, slots=True)
class PostgresTools:
    """`pg_dump` and `pg_restore`, of this folder or of the PATH, at work on the store at `url`."""

    url: str
    folder: Path | None = None
    opening: ClassVar[bytes] = b"PGDMP"

    def copy(self, to: Path) -> None:
        """Copy it as it is at one moment, while others go on writing. Blocks.

        Raises:
            UpkeepError: it failed; the text says why.
        """
        self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")
        self._run("pg_restore", "--file=/dev/null", str(to))  # reads all of it

    def tables(self, backup: Path) -> set[str]:
        """The names of the tables in a backup. Raises UpkeepError."""
        return set(_TABLE.findall(self._run("pg_restore", "--list", str(backup))))

    async def fill(self, backup: Path) -> None:
        """Fill an empty database from a backup, whole or not at all.

        Raises:
            DatabaseError: it cannot be opened.
            UpkeepError: there is something in it, or it failed.
        """
        database = open_database(self.url)
        try:
            database.prepare(lambda connection: self._fill(connection, backup))
        finally:
            await database.close()

    def _fill(self, connection: Connection, backup: Path) -> None:
        locks.hold(connection, LOCK)  # a process that starts makes no tables meanwhile
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        name = parse(self.url).database
        if inspect(connection).get_table_names():
            raise UpkeepError(
                f"There is something in the database {name} already. Stop all that uses it and "
                "make an empty one, or set another database URL: nothing is overwritten."
            )
        here = make_conninfo(dbname=name)
        one = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        self._run("pg_restore", *one, f"--dbname={here}", str(backup))

    def _run(self, name: str, *words: str) -> str:
        program = shutil.which(name, path=self.folder)
        if program is None:
            raise UpkeepError(
                f"{name} is not to be found. Install the programs of PostgreSQL, of the server's "
                "version or a later one, or say with --tools in which folder they are."
            )
        asks = () if "--list" in words or "--file=/dev/null" in words else ("--no-password",)
        return _done(name, (program, *asks, *words), environment(parse(self.url)))


def environment(url: URL) -> dict[str, str]:
    """The variables by which PostgreSQL's programs find what the URL names."""
    known = {one.keyword.decode(): one.envvar for one in pq.Conninfo.get_defaults()}
    given = {
        "host": url.host,
        "port": url.port,
        "user": url.username,
        "password": url.password,
        "dbname": url.database,
        **{name: one if isinstance(one, str) else ",".join(one) for name, one in url.query.items()},
    }
    return {
        variable.decode(): str(value)
        for name, value in given.items()
        if value is not None and (variable := known.get(name))
    }


def _done(name: str, command: Sequence[str], variables: dict[str, str]) -> str:
    told = {**os.environ, **variables, "LC_ALL": "C"}
    done = subprocess.run(  # noqa: S603 the program that was looked for, and our own words
        command, env=told, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UpkeepError(_why(name, done.stderr))
    return done.stdout


def _why(name: str, said: str) -> str:
    if "server version mismatch" in said:
        return (
            f"{name} is older than the server, and so cannot read it. Install the one of the "
            "server's version, or say with --tools in which folder it is."
        )
    first = _ERROR.search(said)
    reason = _ROW.sub(r"\1", first[1]) if first else "it does not say why"
    return f"{name} failed: {reason}."
