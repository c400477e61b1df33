"""The Bot API methods whose answers we read otherwise than aiogram does: no more than we need."""

from typing import Any, ClassVar

from aiogram.enums import ParseMode
from aiogram.methods import TelegramMethod
from aiogram.types import (
    InlineKeyboardMarkup,
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


class GetUpdates(TelegramMethod[list[dict[str, Any]]]):
    """The updates as they are (https://core.telegram.org/bots/api#getupdates)."""

    __returning__: ClassVar[Any] = list[dict[str, Any]]
    __api_method__: ClassVar[str] = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]
