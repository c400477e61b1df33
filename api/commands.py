"""The commands for the api's records: `audit verify`, `directory import`, and those for words."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.wordcommands import add_words

if TYPE_CHECKING:
    from common.runtime.upkeep.holding import Holding

Find = Callable[[], "Holding"]
Plainly = Callable[[], AbstractContextManager[None]]
"""Says what is wrong in a sentence, and ends the command."""


def add_records(cli: typer.Typer, find: Find, plainly: Plainly) -> None:
    """Give the command line of the api the commands for its records."""
    _add_audit(cli, find, plainly)
    _add_directory(cli, plainly)
    add_words(cli, plainly)


def _add_audit(cli: typer.Typer, find: Find, plainly: Plainly) -> None:
    group = typer.Typer(help="Look whether the record of who did what is whole.")
    cli.add_typer(group, name="audit")

    @group.callback()
    def audit() -> None:
        """Look whether the record of who did what is whole."""

    @group.command()
    def verify(
        since: Annotated[
            str, typer.Option(help="The number and mark that an earlier check has told.")
        ] = "",
    ) -> None:
        """Check the whole chain, beside all that is running; status 1 when it is broken."""
        import asyncio  # noqa: PLC0415 `--help` should not wait for it

        from rich.console import Console  # noqa: PLC0415 the same

        from api.recordkeeping import verify_audit  # noqa: PLC0415 the same

        with plainly():
            whole = asyncio.run(verify_audit(find(), Console(), since))
        if not whole:
            raise typer.Exit(1)


def _add_directory(cli: typer.Typer, plainly: Plainly) -> None:
    group = typer.Typer(help="Take in the official list of practices.")
    cli.add_typer(group, name="directory")

    @group.callback()
    def directory() -> None:
        """Take in the official list of practices."""

    @group.command(name="import")
    def take_in(
        file: Annotated[Path, typer.Argument(help="The official list, epraccur.csv.")],
        *,
        yes: Annotated[bool, typer.Option("--yes", help="Change it without asking.")] = False,
    ) -> None:
        """Show what the official list would change, and change it once that is agreed to."""
        import asyncio  # noqa: PLC0415 as above

        from rich.console import Console  # noqa: PLC0415 as above

        from api.importing import import_list  # noqa: PLC0415 as above
        from api.settings import ApiSettings  # noqa: PLC0415 as above
        from common.runtime.clock import system_clock  # noqa: PLC0415 as above

        def agree() -> bool:
            return yes or typer.confirm("Change it so?")

        with plainly():
            settings = ApiSettings.load()
            done = asyncio.run(import_list(settings, file, Console(), system_clock, agree))
        if not done:
            raise typer.Exit(1)
