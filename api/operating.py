"""`python -m api staff …`: what an operator does about accounts, beside all that is running."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

if TYPE_CHECKING:
    from api.services.desk import Desk

T = TypeVar("T")
Errors = Callable[[], AbstractContextManager[None]]
"""Says what is wrong in a sentence, and ends."""

EMAIL = typer.Argument(help="Their e-mail address.", metavar="EMAIL")
PRACTICE = typer.Option(help="A prescriber's practice, by its ODS code; several by repeating it.")
NOBODY = "There is no account with this e-mail address."
NO_CODE = "Only made-up accounts with an app have codes here: real ones are on their owner's phone."


def add_staff(cli: typer.Typer, errors: Errors) -> None:
    """Give the command line the commands for accounts."""
    group = typer.Typer(help="Add people, and help those who cannot sign in.")
    cli.add_typer(group, name="staff", no_args_is_help=True)
    _add_add(group, errors)
    _add_list(group, errors)
    _add_link(group, errors)
    _add_deeds(group, errors)
    _add_code(group, errors)


def _add_add(group: typer.Typer, errors: Errors) -> None:
    @group.command()
    def add(
        name: Annotated[str, typer.Option(prompt="Full name", help="Their full name.")],
        email: Annotated[str, typer.Option(prompt="E-mail address", help="To sign in with.")],
        role: Annotated[str, typer.Option(help="prescriber, coordinator or manager.")] = "manager",
        practice: Annotated[list[str] | None, PRACTICE] = None,
    ) -> None:
        """Make an account, and print the link by which its owner sets a password.

        The first manager is made so; managers then add everybody else in the pages.
        """
        from api.domain.people import Wish  # noqa: PLC0415 `--help` should not wait for it
        from api.services import accounts  # noqa: PLC0415 the same

        wish = Wish(name, email, role, frozenset(one.upper() for one in practice or ()))
        with errors():
            link = _at_desk(lambda desk: accounts.add(desk, wish))
        typer.echo(f"The account is made. {_of(link)}")


def _add_list(group: typer.Typer, errors: Errors) -> None:
    @group.command(name="list")
    def list_people() -> None:
        """Show all accounts."""
        from rich.console import Console  # noqa: PLC0415 as above
        from rich.table import Table  # noqa: PLC0415 as above

        from api.services import accounts  # noqa: PLC0415 as above

        with errors():
            found = _at_desk(accounts.everybody)
        table = Table("name", "e-mail address", "role", "second step", "account")
        for one in found:
            factor = "set up" if one.has_factor else "not yet"
            table.add_row(
                one.name, one.email, one.role, factor, "in use" if one.active else "closed"
            )
        Console().print(table)


def _add_link(group: typer.Typer, errors: Errors) -> None:
    @group.command()
    def link(email: Annotated[str, EMAIL]) -> None:
        """Print a new link by which somebody sets a password."""
        from api.services import accounts  # noqa: PLC0415 as above

        with errors():
            typer.echo(_of(_at_desk(lambda desk: accounts.link(desk, email))))


def _add_deeds(group: typer.Typer, errors: Errors) -> None:
    @group.command()
    def reset(email: Annotated[str, EMAIL]) -> None:
        """Take away somebody's second step: they set up a new one when they next sign in."""
        from api.services import accounts  # noqa: PLC0415 as above

        with errors():
            _at_desk(lambda desk: accounts.reset(desk, email))
        typer.echo("Their second step is taken away, and they are signed out everywhere.")

    @group.command()
    def deactivate(email: Annotated[str, EMAIL]) -> None:
        """Close an account; its owner is signed out everywhere at once."""
        from api.services import accounts  # noqa: PLC0415 as above

        with errors():
            _at_desk(lambda desk: accounts.close(desk, email))
        typer.echo("The account is closed.")


def _add_code(group: typer.Typer, errors: Errors) -> None:
    @group.command()
    def code(email: Annotated[str, EMAIL]) -> None:
        """Print a code for the second step of a made-up account."""
        from api.services import accounts  # noqa: PLC0415 as above

        with errors():
            typer.echo(_at_desk(lambda desk: accounts.code(desk, email)))


def _of(link: str) -> str:
    return (
        f"By this link they set their password; it works once, for a day:\n\n  {link}\n\n"
        "When they sign in they are asked to set up a second step, if they have none."
    )


def _at_desk(work: "Callable[[Desk], Awaitable[T]]") -> T:
    """Do something at the desk of the store that is set.

    Raises:
        SettingsError, DatabaseError, UpkeepError: it cannot be done; the text says why.
    """
    from api.domain.errors import (  # noqa: PLC0415 as above
        DomainError,
        NotFoundError,
        RefusedError,
    )
    from common.runtime.upkeep.holding import UpkeepError  # noqa: PLC0415 as above

    try:
        return asyncio.run(_beside(work))
    except NotFoundError:
        raise UpkeepError(NOBODY) from None
    except RefusedError:
        raise UpkeepError(NO_CODE) from None
    except DomainError as error:
        raise UpkeepError(f"{error}") from None


async def _beside(work: "Callable[[Desk], Awaitable[T]]") -> T:
    from api.app import desk_over  # noqa: PLC0415 as above
    from api.settings import ApiSettings  # noqa: PLC0415 as above
    from api.upkeep import holding  # noqa: PLC0415 as above
    from common.runtime.clock import system_clock  # noqa: PLC0415 as above
    from common.runtime.upkeep.holding import beside  # noqa: PLC0415 as above

    settings = ApiSettings.load()
    async with beside(holding(settings)) as database:
        # In a thread, as at a start: looking for the store's own key blocks.
        desk, _ = await asyncio.to_thread(desk_over, database, settings, system_clock)
        return await work(desk)
