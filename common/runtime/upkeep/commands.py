"""The commands that bot and api have in common: `reseal`."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from common.runtime.upkeep.holding import Holding

Find = Callable[[], "Holding"]
"""Says what there is to keep up. Raises SettingsError."""


def add_upkeep(cli: typer.Typer, find: Find) -> None:
    """Give a side's command line the commands for its store."""
    _add_reseal(cli, find)


def _add_reseal(cli: typer.Typer, find: Find) -> None:
    @cli.command()
    def reseal() -> None:
        """Seal with the newest key what older keys have sealed, beside all that is running."""
        from rich.console import Console  # noqa: PLC0415 `--help` should not wait for it

        from common.runtime.upkeep.resealing import reseal_all  # noqa: PLC0415 the same

        with _plain_errors():
            if not asyncio.run(reseal_all(find(), Console())):
                raise typer.Exit(1)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Say what is wrong in a sentence, where a trace would only frighten."""
    from common.runtime.database import DatabaseError  # noqa: PLC0415 as above
    from common.runtime.settings import SettingsError  # noqa: PLC0415 as above
    from common.runtime.upkeep.holding import UpkeepError  # noqa: PLC0415 as above

    try:
        yield
    except (SettingsError, DatabaseError, UpkeepError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
