"""The commands of the bot: `python -m bot serve`, `chat`, `poster`, and those for its store."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from common.runtime import collector
from common.runtime.door import KEPT
from common.runtime.upkeep.commands import add_upkeep

if TYPE_CHECKING:
    from bot.settings import BotSettings
    from common.runtime.upkeep.holding import Holding

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@cli.command()
def serve() -> None:
    """Answer people on every channel that is on, until told to stop."""
    collector.rest()

    import uvicorn  # noqa: PLC0415 after the collector is at rest

    from bot.app import build  # noqa: PLC0415 the same
    from bot.settings import BotSettings  # noqa: PLC0415 the same
    from common.runtime import logs  # noqa: PLC0415 the same

    logs.take_over(json=False)
    with _plain_errors():
        settings = BotSettings.load()
        app = build(settings)
    collector.settle()
    uvicorn.run(app, host=settings.host, port=settings.webchat_port, **serving(settings))


@cli.command()
def chat() -> None:
    """Talk with Doorway in this terminal; what is confirmed goes to the running api."""
    from bot.chat import talk  # noqa: PLC0415 as above
    from bot.settings import BotSettings  # noqa: PLC0415 as above

    os.environ.setdefault("BOT_DEMO", "true")  # nobody but who tries it out is told anything
    with _plain_errors():
        asyncio.run(talk(BotSettings.load()))


@cli.command()
def poster(
    practice: Annotated[str, typer.Argument(help="The practice's ODS code, such as F84122.")],
    language: Annotated[str, typer.Option(help="The poster's language, beside English.")] = "en",
    bot: Annotated[
        str, typer.Option(help="Telegram name or https address; else the token's own name.")
    ] = "",
    folder: Annotated[Path, typer.Option(help="Where to put it.")] = Path("var/posters"),
) -> None:
    """Draw a practice's poster, whose QR code opens the chat with practice and language known."""
    from bot.printing import draw_poster  # noqa: PLC0415 as above
    from bot.settings import BotSettings  # noqa: PLC0415 as above

    os.environ.setdefault("BOT_DEMO", "true")  # a poster says nothing of who runs the service
    with _plain_errors():
        path = asyncio.run(draw_poster(BotSettings.load(), practice, language, bot, folder))
    typer.echo(f"The poster is {path}. Print it on A4.")


def serving(settings: "BotSettings") -> dict[str, Any]:
    """How the web server is run; whose a request is comes from proxies that we name."""
    return {
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "forwarded_allow_ips": settings.trusted_proxies,
        "timeout_graceful_shutdown": 2,  # open pages hang on their streams
        "timeout_keep_alive": KEPT,
    }


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Say what is wrong in a sentence, where a trace would only frighten."""
    from bot.directory import NoDirectoryError  # noqa: PLC0415 as above
    from bot.ports import SendError  # noqa: PLC0415 as above
    from bot.poster import PosterError  # noqa: PLC0415 as above
    from common.runtime.database import DatabaseError  # noqa: PLC0415 as above
    from common.runtime.settings import SettingsError  # noqa: PLC0415 as above

    try:
        yield
    except (SettingsError, DatabaseError, NoDirectoryError, PosterError, SendError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None


def _holding() -> "Holding":
    from bot.settings import BotSettings  # noqa: PLC0415 as above
    from bot.upkeep import holding  # noqa: PLC0415 as above

    os.environ.setdefault("BOT_DEMO", "true")  # a store says nothing of who runs the service
    return holding(BotSettings.load())


add_upkeep(cli, _holding)

if __name__ == "__main__":
    cli()
