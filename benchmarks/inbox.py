"""How long staff wait for a page of the inbox when 10,000 referrals are stored, and what it costs.

By itself: `python -m benchmarks --only inbox`. Each look is asked for over loopback, one after the
other, as one person does; half of the referrals are open, which is many more than there ever are.
"""

import asyncio
import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import typer
from sqlalchemy import Connection, text

from api.persistence.store import KEYS as VAULT_KEYS
from api.persistence.store import open_store
from api.services.sorting import token_of
from benchmarks.filling import COORDINATOR, PRESCRIBER, fill
from benchmarks.load import Load, Request, get, load
from benchmarks.people import vault
from benchmarks.serving import serving
from benchmarks.table import Row, as_text
from common.contract.choices import Concern
from common.runtime.keytable import unlocked
from tests.support.postgres import server as postgres_server

REFERRALS, PRACTICES = 10_000, 36
SECONDS = 3.0
TARGET = 150.0  # milliseconds within which nineteen pages of twenty are there
LOOKS: Mapping[str, tuple[str, str]] = {
    "a prescriber's own": (PRESCRIBER, "/staff/"),
    "a prescriber's network": (PRESCRIBER, "/staff/?tab=network"),
    "everybody's": (COORDINATOR, "/staff/"),
    "unassigned": (COORDINATOR, "/staff/?tab=unassigned"),
    "by concern and interpreter": (COORDINATOR, "/staff/?concern=housing&interpreter=yes"),
    "a concern nobody has, closed": (COORDINATOR, "/staff/?status=closed&concern=bereavement"),
    "far down": (COORDINATOR, "/staff/?after=1.1760000000000000.9000"),
    "what has come since": (COORDINATOR, "/staff/news?since=9990"),
}
# Every second one is open; each has one or two needs, every seventh is with nobody.
SPREAD = """
UPDATE referral SET
  rank = CASE WHEN id % 2 = 0 THEN rank % 2 ELSE rank END,
  status = CASE WHEN id % 2 = 0 THEN 'assigned' ELSE status END,
  assigned_to = CASE WHEN id % 7 = 0 THEN NULL ELSE assigned_to END,
  interpreter = CASE WHEN id % 3 = 0 THEN true WHEN id % 3 = 1 THEN false END,
  concerns = CASE id % 4 WHEN 0 THEN :money WHEN 1 THEN :both WHEN 2 THEN :housing ELSE '' END
"""


async def measure() -> list[Row]:
    """One row for each store and kind of look."""
    rows: list[Row] = []
    for store in ("SQLite", "PostgreSQL"):
        with _store(store) as url:
            await fill(url, PRACTICES, REFERRALS)
            await _spread(url)
            with serving("shipped", url) as server:
                for what, (browser, path) in LOOKS.items():
                    await load(server, _asking(browser, path), 1, SECONDS / 3)  # to warm up
                    found = await load(server, _asking(browser, path), 1, SECONDS)
                    rows.append(_row(f"inbox, {what}, {store}", found))
    return rows


@contextmanager
def _store(store: str) -> Iterator[str]:
    if store == "PostgreSQL":
        with postgres_server(fsync=True) as postgres:
            yield postgres.database()
        return
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/api.sqlite3"


async def _spread(url: str) -> None:
    """Let there be something to find by every filter."""
    database = open_store(url)
    ring = unlocked(database, VAULT_KEYS, vault())
    money, housing = (token_of(ring, one) for one in (Concern.MONEY, Concern.HOUSING))
    tokens = {"money": money, "housing": housing, "both": f"{money} {housing}"}

    def spread(connection: Connection) -> None:
        connection.execute(text(SPREAD), tokens)
        connection.execute(text("ANALYZE"))

    await database.write(spread)
    await database.close()


def _asking(browser: str, path: str) -> Iterator[Request]:
    return itertools.repeat(get(path, f"cookie: doorway_staff={browser}\r\n"))


def _row(what: str, found: Load) -> Row:
    note = (
        f"p50 {found.p50 * 1e3:.1f} ms, p99 {found.p99 * 1e3:.1f} ms; "
        f"{found.cpu * 1e3:.1f} ms of CPU in the server"
    )
    against = f"{REFERRALS:,} stored, p95"
    return Row(what, against, found.p95 * 1e3, "ms", TARGET, note=note)


if __name__ == "__main__":
    measured = asyncio.run(measure())
    typer.echo(as_text(measured))
    for one in measured:
        typer.echo(f"{one.what}: {one.note}")
