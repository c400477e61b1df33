"""How taking referrals in and the staff's pages fare as more and more referrals are stored.

By itself: `python -m benchmarks.growth`.
"""

import asyncio
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

import typer

from benchmarks.filling import COORDINATOR, PRESCRIBER, fill
from benchmarks.intake import submissions
from benchmarks.load import Load, Request, Server, get, load
from benchmarks.past import reference_of
from benchmarks.people import People
from benchmarks.serving import serving
from benchmarks.table import Row, as_text
from tests.support.postgres import server as postgres_server

SIZES = {"SQLite": (10_000, 100_000), "PostgreSQL": (10_000, 100_000, 1_000_000)}
"""A country's worth only where a country's would be."""
FOR_EACH_PRACTICE = 161  # referrals: a million of 6,200 practices
ROUNDS, SECONDS = 3, 1.0
AT_ONCE = {"intake": 8, "a coordinator's list": 1, "a prescriber's list": 1, "a page": 1}

Asking = Callable[[int], Iterator[Request]]
"""Requests for a store of so many referrals."""


async def measure() -> list[Row]:
    """Rows for each store and size, against the smallest of its kind."""
    rows: list[Row] = []
    for store, sizes in SIZES.items():
        with ExitStack() as running:
            servers = {}
            new = running.enter_context(_stores(store))
            for size in sizes:
                url = next(new)
                await fill(url, practices(size), size)
                servers[size] = running.enter_context(serving("shipped", url))
            found = await _in_turns(servers)
        rows += _rows(store, found)
    return rows


@contextmanager
def _stores(store: str) -> Iterator[Iterator[str]]:
    """Fresh addresses of stores of this kind, one after the other."""
    if store == "PostgreSQL":
        with postgres_server(fsync=True) as postgres:
            yield iter(postgres.database, "")
        return
    with TemporaryDirectory() as folder:
        yield (f"sqlite:///{folder}/{number}.sqlite3" for number in itertools.count())


async def _in_turns(servers: Mapping[int, Server]) -> dict[str, dict[int, list[Load]]]:
    """What was found, by what was asked for and by size."""
    found: dict[str, dict[int, list[Load]]] = {
        what: {size: [] for size in servers} for what in AT_ONCE
    }
    for number in range(ROUNDS + 1):
        for (what, connections), size in itertools.product(AT_ONCE.items(), servers):
            asked = ASKING[what](size)
            one = await load(servers[size], asked, connections, SECONDS)
            if number:  # the first is to warm up
                found[what][size].append(one)
    return found


def practices(size: int) -> int:
    """How many practices so many referrals are spread over."""
    return max(size // FOR_EACH_PRACTICE, 1)


def _sent(size: int) -> Iterator[Request]:
    return submissions(People(practices(size)))


def _list(browser: str) -> Asking:
    return lambda _: itertools.repeat(get("/staff/", f"cookie: doorway_staff={browser}\r\n"))


def _pages(size: int) -> Iterator[Request]:
    rest = Random(size)  # noqa: S311 chance, not a secret
    while True:
        path = f"/staff/referrals/{reference_of(rest.randint(1, size))}"
        yield get(path, f"cookie: doorway_staff={COORDINATOR}\r\n")


ASKING: Mapping[str, Asking] = {
    "intake": _sent,
    "a coordinator's list": _list(COORDINATOR),
    "a prescriber's list": _list(PRESCRIBER),
    "a page": _pages,
}


def _rows(store: str, found: Mapping[str, Mapping[int, Sequence[Load]]]) -> list[Row]:
    rows = []
    for what, by_size in found.items():
        smallest = min(by_size)
        for size, loads in by_size.items():
            if size != smallest:
                rows.append(_row(f"{what}, {store}, {size:,} stored", loads, by_size[smallest]))
    return rows


def _row(what: str, larger: Sequence[Load], smaller: Sequence[Load]) -> Row:
    """How much longer it takes: of time, by the middle of the rounds."""
    ratio = median(less.rate / more.rate for more, less in zip(larger, smaller, strict=True))
    cpu = median(more.cpu / less.cpu for more, less in zip(larger, smaller, strict=True))
    note = f"{_in_words(larger)} against {_in_words(smaller)}; CPU {cpu:.2f} ×"
    return Row(what, "10,000 stored", ratio, "×", note=note)


def _in_words(loads: Sequence[Load]) -> str:
    rate, p50 = median(one.rate for one in loads), median(one.p50 for one in loads)
    return f"{rate:,.0f}/s, p50 {p50 * 1e3:.1f} ms"


if __name__ == "__main__":
    measured = asyncio.run(measure())
    typer.echo(as_text(measured))
    for one in measured:
        typer.echo(f"{one.what}: {one.note}")
