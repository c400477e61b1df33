"""The command behind `make bench`: measures, prints one table, and writes docs/benchmarks.md."""

import asyncio
import importlib
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from benchmarks.registry import BENCHES, Bench
from benchmarks.report import write
from benchmarks.table import Row, as_text

MOST = 600.0
"""Seconds after which one thing to measure is given up: it must never hang."""

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@cli.command()
def main(
    only: Annotated[list[str] | None, typer.Option(help="Measure only this; repeatable.")] = None,
    into: Annotated[Path | None, typer.Option(hidden=True)] = None,
) -> None:
    """Measure, each thing in a fresh process; without --only the page in docs is written too."""
    chosen = [one for one in BENCHES if only is None or one.name in only]
    if not chosen:
        raise typer.BadParameter(f"there are: {', '.join(one.name for one in BENCHES)}")
    if into is not None:
        _work(chosen[0], into)
        return
    found = [_measured(one) for one in chosen]
    rows = [row for some in found for row in some]
    typer.echo(f"\n{as_text(rows)}\n")
    for row in rows:
        typer.echo(f"{row.what} ({row.against}): {row.note}")
    if not all(found):
        raise typer.Exit(1)  # a page without some of its rows would look as if they were fine
    if only is None:
        typer.echo(f"\nWritten to {write(rows)}.")


def _measured(bench: Bench) -> Sequence[Row]:
    """Its rows; none when it could not be measured, and then its own output is shown."""
    typer.echo(f"Measuring {bench.title} …", nl=False)
    began = time.perf_counter()
    with TemporaryDirectory() as folder:
        results = Path(folder) / "rows.json"
        command = (sys.executable, "-m", "benchmarks", "--only", bench.name, "--into", str(results))
        with (Path(folder) / "output").open("w+b") as output:
            try:
                subprocess.run(  # noqa: S603 our own command
                    command, stdout=output, stderr=output, timeout=MOST, check=True
                )
            except subprocess.SubprocessError:
                output.seek(0)
                typer.echo(f" failed:\n{output.read().decode(errors='replace')}")
                return ()
        raw = json.loads(results.read_text(encoding="utf-8"))
    typer.echo(f" {time.perf_counter() - began:.0f} s")
    return [Row.load(one) for one in raw]


def _work(bench: Bench, into: Path) -> None:
    """What the fresh process does."""
    rows: list[Row] = asyncio.run(importlib.import_module(bench.module).measure())
    into.write_text(json.dumps([row.dump() for row in rows]), encoding="utf-8")


if __name__ == "__main__":
    cli()
