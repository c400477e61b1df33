"""What a message carries, in Telegram's shapes: keyboards, commands, directions of writing."""

from collections.abc import Iterable
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


class Keyboard(InlineKeyboardMarkup):
    """An inline keyboard that is known again by being the same object."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


@lru_cache(maxsize=2048)
def inline(rows: tuple[tuple[OutgoingButton, ...], ...]) -> Keyboard | None:
    """The buttons under a message; None when there are none.

    The same question has the same buttons for everybody, and to build them is a good part of
    what sending it costs.
    """
    keyboard = [
        [InlineKeyboardButton(text=one.ticked, callback_data=one.data) for one in row]
        for row in rows
        if row
    ]
    return Keyboard(inline_keyboard=keyboard) if keyboard else None


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


def _directed(text: str, language: str) -> str:
    if language not in BY_CODE or BY_CODE[language].direction != "rtl":
        return text
    return "\n".join(
        _RIGHT_TO_LEFT_MARK + line if line.strip() else line for line in text.split("\n")
    )
