"""What a message carries, in Telegram's shapes: keyboards, commands, directions of writing."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from aiogram.types import (
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.channels.telegram.split import shortened
from bot.ports import OutgoingButton
from common.contract.languages import BY_CODE

ReplyMarkup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove

_DESCRIPTION_LIMIT = 256
_RIGHT_TO_LEFT_MARK = "\u200f"


def inline(rows: Sequence[Sequence[OutgoingButton]]) -> InlineKeyboardMarkup | None:
    """The buttons under a message; None when there are none."""
    keyboard = [[_button(one.ticked, one.data) for one in row] for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=keyboard) if keyboard else None


def contact(label: str) -> ReplyKeyboardMarkup:
    """The one button that shares the person's own number; it goes away once pressed."""
    button = KeyboardButton(text=label, request_contact=True)
    return ReplyKeyboardMarkup(keyboard=[[button]], resize_keyboard=True, one_time_keyboard=True)


def command(button: OutgoingButton) -> BotCommand:
    """A command of the menu: its name without the slash, and what it does."""
    description = shortened(button.label, _DESCRIPTION_LIMIT)
    return BotCommand(command=button.data.removeprefix("/"), description=description)


def directed(paragraphs: Iterable[tuple[str, str]]) -> str:
    """The paragraphs as one text, in which each line of a right-to-left language begins there.

    Telegram takes a line's direction from its first strong letter, and a line may begin with
    a telephone number or an English name.
    """
    return "\n\n".join(_directed(text, language) for text, language in paragraphs)


@lru_cache(maxsize=1024)
def _button(text: str, data: str) -> InlineKeyboardButton:
    """Most buttons are the same for everybody, cannot be changed, and take a while to make."""
    return InlineKeyboardButton(text=text, callback_data=data)


def _directed(text: str, language: str) -> str:
    if language not in BY_CODE or BY_CODE[language].direction != "rtl":
        return text
    return "\n".join(
        _RIGHT_TO_LEFT_MARK + line if line.strip() else line for line in text.split("\n")
    )
