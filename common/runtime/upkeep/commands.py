"""The commands that bot and api have in common: `backup`, `restore`, `reseal` and `jobs`."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from common.runtime.upkeep.holding import Holding

Find = Callable[[], "Holding"]
"""Says what there is to keep up. Raises SettingsError."""


def add_upkeep(cli: typer.Typer, find: Find) -> None:
    """Give a side's command line the commands for its store."""
    _add_backup(cli, find)
    _add_reseal(cli, find)
    _add_jobs(cli, find)


def _add_reseal(cli: typer.Typer, find: Find) -> None:
    @cli.command()
    def reseal() -> None:
        """Seal with the newest key what older keys have sealed, beside all that is running."""
        from rich.console import Console  # noqa: PLC0415 `--help` should not wait for it

        from common.runtime.upkeep.resealing import reseal_all  # noqa: PLC0415 the same

        with _plain_errors():
            if not asyncio.run(reseal_all(find(), Console())):
                raise typer.Exit(1)


def _add_backup(cli: typer.Typer, find: Find) -> None:
    tools = typer.Option(help="The folder of pg_dump and pg_restore, if they are not on the PATH.")

    @cli.command()
    def backup(
        file: Annotated[Path, typer.Argument(help="The new file to write.")],
        tools: Annotated[Path | None, tools] = None,
    ) -> None:
        """Back the store up into a file, beside all that is running."""
        from common.runtime.upkeep.backup import back_up  # noqa: PLC0415 as above

        with _plain_errors():
            asyncio.run(back_up(find(), file, tools))
        typer.echo(
            f"The backup is {file}. The encryption keys are not in it, and without them nobody "
            "can read it: keep them too, but apart from it."
        )

    @cli.command()
    def restore(
        file: Annotated[Path, typer.Argument(help="The backup.")],
        tools: Annotated[Path | None, tools] = None,
    ) -> None:
        """Fill a store that is missing or empty from a backup."""
        from common.runtime.upkeep import backup  # noqa: PLC0415 as above

        with _plain_errors():
            asyncio.run(backup.restore(find(), file, tools))
        typer.echo(
            "All of it is restored. The next start brings it up to date; it needs the encryption "
            "keys of the day of the backup."
        )


def _add_jobs(cli: typer.Typer, find: Find) -> None:
    group = typer.Typer(help="Show the jobs that wait and those that were given up.")
    cli.add_typer(group, name="jobs")

    @group.callback(invoke_without_command=True)
    def jobs(context: typer.Context) -> None:
        from rich.console import Console  # noqa: PLC0415 as above

        from common.runtime.clock import system_clock  # noqa: PLC0415 as above
        from common.runtime.upkeep.jobs import show  # noqa: PLC0415 as above

        if context.invoked_subcommand is None:
            with _plain_errors():
                asyncio.run(show(find(), Console(), system_clock))

    @group.command()
    def retry(
        which: Annotated[str, typer.Argument(help="The job's number, or `all`.", metavar="NUMBER")],
    ) -> None:
        """Have what was given up tried again, by whoever is at work."""
        from common.runtime.clock import system_clock  # noqa: PLC0415 as above
        from common.runtime.upkeep.jobs import retry as try_again  # noqa: PLC0415 as above

        with _plain_errors():
            count = asyncio.run(try_again(find(), which, system_clock))
        typer.echo(f"Jobs that are tried again: {count}.")


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
