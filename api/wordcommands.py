"""The commands for the words: `words check`, `words pull` and `words push`."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Annotated

import typer

Plainly = Callable[[], AbstractContextManager[None]]
"""Says what is wrong in a sentence, and ends the command."""

Yes = Annotated[bool, typer.Option("--yes", help="Change it without asking.")]
Conflicts = Annotated[
    bool, typer.Option("--conflicts", help="Take also what was changed on both sides.")
]


def add_words(cli: typer.Typer, plainly: Plainly) -> None:
    """Give the command line of the api the commands for the words."""
    group = typer.Typer(help="Check the words, and keep locales/ and the store in step.")
    cli.add_typer(group, name="words")
    _add_check(group, plainly)
    _add_pull(group, plainly)
    _add_push(group, plainly)


def _add_check(group: typer.Typer, plainly: Plainly) -> None:
    @group.command()
    def check(
        language: Annotated[str, typer.Option(help="Only this language, as bn.")] = "",
        *,
        hints: Annotated[bool, typer.Option(help="Print the hints as well.")] = True,
    ) -> None:
        """Print each problem of the words in locales/; status 1 when one must be mended."""
        from rich.console import Console  # noqa: PLC0415 `--help` should not wait for it

        from api import wordkeeping  # noqa: PLC0415 the same

        with plainly():
            whole = wordkeeping.check(Console(), language, hints=hints)
        if not whole:
            raise typer.Exit(1)


def _add_pull(group: typer.Typer, plainly: Plainly) -> None:
    @group.command()
    def pull(*, yes: Yes = False, conflicts: Conflicts = False) -> None:
        """Show what the published words would change in locales/, and write it once agreed to."""
        import asyncio  # noqa: PLC0415 as above

        from rich.console import Console  # noqa: PLC0415 as above

        from api import wordkeeping  # noqa: PLC0415 as above
        from api.settings import ApiSettings  # noqa: PLC0415 as above

        def agree() -> bool:
            return yes or typer.confirm("Write it so?")

        with plainly():
            settings = ApiSettings.load()
            pulled = wordkeeping.pull(settings, Console(), agree, conflicts=conflicts)
            done = asyncio.run(pulled)
        if not done:
            raise typer.Exit(1)


def _add_push(group: typer.Typer, plainly: Plainly) -> None:
    @group.command()
    def push(*, yes: Yes = False, conflicts: Conflicts = False) -> None:
        """Show what locales/ would change in the workshop, and make drafts once agreed to."""
        import asyncio  # noqa: PLC0415 as above

        from rich.console import Console  # noqa: PLC0415 as above

        from api import wordkeeping  # noqa: PLC0415 as above
        from api.settings import ApiSettings  # noqa: PLC0415 as above
        from common.runtime.clock import system_clock  # noqa: PLC0415 as above

        def agree() -> bool:
            return yes or typer.confirm("Make drafts of it?")

        with plainly():
            settings = ApiSettings.load()
            pushed = wordkeeping.push(settings, Console(), system_clock, agree, conflicts=conflicts)
            done = asyncio.run(pushed)
        if not done:
            raise typer.Exit(1)
