"""The commands of the api: `python -m api serve`, `seed`, `token`, `staff`, and for its store."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api.commands import add_records
from api.operating import add_staff
from common.runtime import collector
from common.runtime.door import KEPT, open_door
from common.runtime.upkeep.commands import add_upkeep

if TYPE_CHECKING:
    import socket

    from api.settings import ApiSettings
    from common.runtime.upkeep.holding import Holding

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@cli.command()
def serve() -> None:
    """Answer on API_HOST and API_PORT, and work the jobs, until told to stop."""
    collector.rest()

    from api.settings import ApiSettings  # noqa: PLC0415 after the collector is at rest
    from common.runtime import logs  # noqa: PLC0415 the same

    logs.take_over(json=False)
    with _plain_errors():
        settings = ApiSettings.load()

    import uvicorn  # noqa: PLC0415 a start that is refused should not wait for a web framework

    from api.app import build  # noqa: PLC0415 the same

    with _plain_errors():
        door = _door(settings.host, settings.port)
        app = build(settings)
    server = uvicorn.Server(uvicorn.Config(app, **serving(settings)))
    collector.settle()
    with suppress(KeyboardInterrupt):  # Ctrl-C is how one stops it, not an error
        server.run([door])
    if not server.started:
        raise typer.Exit(3)


@cli.command()
def seed(
    demo_password: Annotated[
        str, typer.Option(envvar="API_DEMO_PASSWORD", help="For all demonstration accounts.")
    ] = "",
) -> None:
    """Fill an empty store with the directory and, with a password, demonstration staff.

    Can be repeated: a new password is then given to the demonstration accounts there are.
    """
    from api.app import fill  # noqa: PLC0415 `--help` should not wait for a web framework
    from api.settings import ApiSettings  # noqa: PLC0415 the same
    from common.runtime import logs  # noqa: PLC0415 the same

    logs.take_over(json=False)

    with _plain_errors():
        accounts = asyncio.run(fill(ApiSettings.load(), demo_password))
    typer.echo(f"The directory is in place; demonstration accounts: {accounts}.")


@cli.command()
def token() -> None:
    """Make a new token for a bot: the token is for the bot, its hash for this api.

    Several hashes may stand in API_INTAKE_TOKENS, parted by commas: add the new one, start the
    api again, give the bot its token, and take the old one away.
    """
    from common.runtime.credentials import hashed, new_token  # noqa: PLC0415 as above

    made = new_token()
    typer.echo(f"BOT_INTAKE_TOKEN={made}\nAPI_INTAKE_TOKENS={hashed(made)}")


def serving(settings: "ApiSettings") -> dict[str, Any]:
    """How the web server is run; whose a request is comes from proxies that we name."""
    return {
        "log_config": None,
        "log_level": "warning",
        "access_log": False,
        "server_header": False,
        "forwarded_allow_ips": settings.trusted_proxies,
        "timeout_graceful_shutdown": 5,
        "timeout_keep_alive": KEPT,
    }


def _door(host: str, port: int) -> "socket.socket":
    """The open port, taken before anything else is: a busy one is said in a sentence."""
    from common.runtime.settings import SettingsError  # noqa: PLC0415 as above

    try:
        return open_door(host, port)
    except OSError as error:
        raise SettingsError(
            f"Nothing can listen at {host}:{port} ({error.strerror}). Stop what is there already, "
            "or set API_PORT to another number."
        ) from None


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


def _holding() -> "Holding":
    from api.settings import ApiSettings  # noqa: PLC0415 as above
    from api.upkeep import holding  # noqa: PLC0415 as above

    return holding(ApiSettings.load())


add_upkeep(cli, _holding)
add_staff(cli, _plain_errors)
add_records(cli, _holding, _plain_errors)

if __name__ == "__main__":
    cli()
