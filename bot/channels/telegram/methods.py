"""The Bot API methods whose answers we read otherwise than aiogram does: no more than we need."""

from typing import Any, ClassVar

from aiogram.enums import ParseMode
from aiogram.methods import TelegramMethod
from aiogram.types import (
    InlineKeyboardMarkup,
    InputFile,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from pydantic import BaseModel


class Accepted(BaseModel):
    """The only thing we need of a message that was sent.

    Reading the whole message would fail on anything aiogram does not know yet, and a message
    that was sent but could not be read would be sent again.
    """

    message_id: int


class SendMessage(TelegramMethod[Accepted]):
    """A message to a chat (https://core.telegram.org/bots/api#sendmessage)."""

    __returning__: ClassVar[Any] = Accepted
    __api_method__: ClassVar[str] = "sendMessage"

    chat_id: int
    text: str
    parse_mode: ParseMode | None = ParseMode.HTML
    link_preview_options: LinkPreviewOptions = LinkPreviewOptions(is_disabled=True)
    reply_markup: InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | None = None


class Voice(BaseModel):
    """What Telegram calls a voice that it has; it can be sent again by that."""

    file_id: str


class Spoken(Accepted):
    """A voice message that was sent."""

    voice: Voice | None = None


class SendVoice(TelegramMethod[Spoken]):
    """A voice message to a chat (https://core.telegram.org/bots/api#sendvoice)."""

    __returning__: ClassVar[Any] = Spoken
    __api_method__: ClassVar[str] = "sendVoice"

    chat_id: int
    voice: str | InputFile


class GetUpdates(TelegramMethod[list[dict[str, Any]]]):
    """The updates as they are (https://core.telegram.org/bots/api#getupdates)."""

    __returning__: ClassVar[Any] = list[dict[str, Any]]
    __api_method__: ClassVar[str] = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]
