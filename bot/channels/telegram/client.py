"""One door to the Bot API: makes the bot, calls a method, and says what a failure means."""

from enum import StrEnum
from typing import Any, TypeVar

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.telegram import PRODUCTION, TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramForbiddenError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiogram.methods import TelegramMethod
from aiogram.utils.token import TokenValidationError

from bot.channels.telegram.methods import SendMessage
from bot.channels.telegram.session import LeanSession
from bot.channels.telegram.split import plain
from bot.ports import SendError

T = TypeVar("T")

CALL_SECONDS = 20
"""How long one call may take; long polling adds its own waiting time."""


class Quirk(StrEnum):
    """What Telegram's refusals mean, as far as something follows from it."""

    UNCHANGED = "the message is so already"
    GONE = "the message cannot be edited"
    LATE = "the button press was too long ago"
    MARKUP = "the text's tags are wrong"
    UNREACHABLE = "the person cannot be reached"
    OTHER = "the request was refused"


# The server's own words (telegram-bot-api, td), in lower case; the first that fits.
_QUIRKS: tuple[tuple[str, Quirk], ...] = (
    ("message is not modified", Quirk.UNCHANGED),
    ("message to edit not found", Quirk.GONE),
    ("message can't be edited", Quirk.GONE),
    ("message_id_invalid", Quirk.GONE),
    ("there is no text in the message to edit", Quirk.GONE),
    ("query is too old", Quirk.LATE),
    ("query id is invalid", Quirk.LATE),
    ("query_id_invalid", Quirk.LATE),
    ("can't parse entities", Quirk.MARKUP),
    ("chat not found", Quirk.UNREACHABLE),
    ("user not found", Quirk.UNREACHABLE),
    ("peer_id_invalid", Quirk.UNREACHABLE),
    ("user is deactivated", Quirk.UNREACHABLE),
)


class RefusedError(SendError):
    """Telegram will not do it as it was asked; `quirk` says why, its own words are dropped."""

    def __init__(self, quirk: Quirk) -> None:
        super().__init__(
            f"Telegram refused: {quirk}", permanent=True, blocked=quirk is Quirk.UNREACHABLE
        )
        self.quirk = quirk


def make_bot(token: str, api_url: str = "") -> Bot:
    """A bot on Telegram, or on the Bot API server at `api_url`.

    Raises:
        ValueError: the token has not the form of one (it is not repeated in the message).
    """
    server = TelegramAPIServer.from_base(api_url) if api_url else PRODUCTION
    session = LeanSession(api=server, timeout=CALL_SECONDS)
    try:
        return Bot(token, session, DefaultBotProperties(parse_mode=ParseMode.HTML))
    except TokenValidationError:
        raise ValueError("The Telegram token has not the form 123456:letters.") from None


async def call(bot: Bot, method: TelegramMethod[T], *, seconds: int = CALL_SECONDS) -> T:
    """Call a method.

    Raises:
        SendError: it was not done. Never carries Telegram's own text nor the call's: both may
            hold what a person wrote, and a network error the address with the token.
    """
    try:
        return await bot(method, request_timeout=seconds)
    except TelegramRetryAfter as error:
        raise SendError("Telegram asks to wait", after=error.retry_after) from None
    except TelegramForbiddenError:
        raise RefusedError(Quirk.UNREACHABLE) from None
    except TelegramBadRequest as error:
        raise RefusedError(_quirk(error.message)) from None
    except TelegramConflictError:
        raise SendError("another process uses this Telegram token") from None
    except (TelegramUnauthorizedError, TelegramNotFound):
        # A wrong token is the operator's to put right; what waits is sent when it is.
        raise SendError("Telegram does not know the token or the method") from None
    except (AiogramError, OSError, TypeError, TimeoutError) as error:
        # TypeError: aiogram's own, on an error answer without a description.
        raise SendError(f"Telegram was not reached: {type(error).__name__}") from None


async def call_unless(bot: Bot, method: TelegramMethod[Any], *harmless: Quirk) -> None:
    """Call a method; a refusal for one of these reasons is as good as done."""
    try:
        await call(bot, method)
    except RefusedError as error:
        if error.quirk not in harmless:
            raise


async def send_message(bot: Bot, message: SendMessage) -> int:
    """Send a message and give its number; without its tags when they are wrong."""
    try:
        return (await call(bot, message)).message_id
    except RefusedError as error:
        # A coordinator's slip in a tag must not leave the person without an answer.
        if error.quirk is not Quirk.MARKUP:
            raise
    bare = message.model_copy(update={"text": plain(message.text), "parse_mode": None})
    return (await call(bot, bare)).message_id


def _quirk(description: str) -> Quirk:
    known = description.lower()
    return next((quirk for words, quirk in _QUIRKS if words in known), Quirk.OTHER)
