"""Taking in a referral, to committed rows and jobs, beside a bare route that stores one row.

By itself: `python -m benchmarks.intake`.
"""

import asyncio
import itertools
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import typer

from benchmarks.filling import fill
from benchmarks.load import Load, Request, Server, load, post
from benchmarks.people import SECRET, People, bodies
from benchmarks.serving import serving
from benchmarks.table import Row, as_text
from tests.support.postgres import server as postgres_server

ROUNDS, SECONDS, WARM_UP = 3, 1.5, 0.5
PRACTICES, REFERRALS = 500, 10_000
AT_ONCE = (1, 32)
TARGET, P99_TARGET = 1 / 3, 5.0
KINDS = ("bare", "shipped")

_seeds = itertools.count(1)


async def measure() -> list[Row]:
    """Rows for both stores, one request at a time and many at once."""
    people = People(PRACTICES)
    rows: list[Row] = []
    with stores() as urls:
        for store, url in urls.items():
            await fill(url, PRACTICES, REFERRALS)
            with ExitStack() as running:
                servers = {kind: running.enter_context(serving(kind, url)) for kind in KINDS}
                for connections in AT_ONCE:
                    found = await _side_by_side(servers, people, connections)
                    rows += _rows(store, connections, found)
    return rows


@contextmanager
def stores() -> Iterator[dict[str, str]]:
    """The addresses of an empty store of each kind, written to disk as a real one is."""
    with TemporaryDirectory() as folder, postgres_server(fsync=True) as postgres:
        yield {
            "SQLite": f"sqlite:///{Path(folder) / 'api.sqlite3'}",
            "PostgreSQL": postgres.database(),
        }


async def _side_by_side(
    servers: dict[str, Server], people: People, connections: int
) -> dict[str, list[Load]]:
    """Each in its turn, again and again: what slows the machine then slows both."""
    found: dict[str, list[Load]] = {kind: [] for kind in servers}
    for number in range(ROUNDS + 1):
        for kind in list(servers)[:: 1 if number % 2 else -1]:
            seconds = SECONDS if number else WARM_UP
            one = servers[kind]
            done = await load(one, submissions(people), connections, seconds)
            if number:
                found[kind].append(done)
    return found


def submissions(people: People) -> Iterator[Request]:
    """Requests that bring a referral each."""
    seed = next(_seeds)
    for number, body in enumerate(bodies(people, seed)):
        key = f"authorization: Bearer {SECRET}\r\nidempotency-key: key-{seed}-{number:09}\r\n"
        yield post("/v1/referrals", body, key)


def _rows(store: str, connections: int, found: dict[str, list[Load]]) -> list[Row]:
    ours, theirs = found["shipped"], found["bare"]
    at = f"{store}, {connections} at once" if connections > 1 else f"{store}, one at a time"
    rate = _middle(ours, theirs, "rate")
    cpu = _middle(ours, theirs, "cpu")
    note = f"ours {_in_words(ours)}; bare {_in_words(theirs)}; CPU {cpu:.2f} ×"
    rows = [Row(f"intake, {at}", "bare route, one row", rate, "×", TARGET, "more", note)]
    if connections > 1:
        p99 = _middle(ours, theirs, "p99")
        rows.append(
            Row(f"intake p99, {at}", "bare route, one row", p99, "×", P99_TARGET, note=note)
        )
    return rows


def _middle(ours: Sequence[Load], theirs: Sequence[Load], what: str) -> float:
    pairs = zip(ours, theirs, strict=True)
    return median(float(getattr(one, what) / getattr(other, what)) for one, other in pairs)


def _in_words(found: Sequence[Load]) -> str:
    rate, p50, p99, cpu = (
        median(getattr(one, what) for one in found) for what in ("rate", "p50", "p99", "cpu")
    )
    return (
        f"{rate:,.0f}/s, p50 {p50 * 1e3:.1f} ms, p99 {p99 * 1e3:.1f} ms, {cpu * 1e6:,.0f} µs of CPU"
    )


if __name__ == "__main__":
    measured = asyncio.run(measure())
    typer.echo(as_text(measured))
    for one in measured:
        typer.echo(f"{one.what}: {one.note}")
