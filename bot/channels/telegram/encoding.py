"""Writes a Bot API call as JSON, with the very parameters that aiogram's own form has. Pure.

A form spells a Bengali letter in nine signs, as `%E0%A6%86`. JSON is a documented form of a call;
in UTF-8 the letter is three bytes, and they are written as they stand (docs/adr/0016 and 0030).
"""

import json
from enum import Enum
from functools import lru_cache
from typing import Any

from aiogram.client.default import Default, DefaultBotProperties
from aiogram.methods import TelegramMethod
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError, to_json

from bot.channels.telegram.markup import Keyboard

_AS_THEY_ARE = frozenset({str, int, bool, float, type(None)})


def encoded(method: TelegramMethod[Any], defaults: DefaultBotProperties) -> bytes | None:
    """The body of a call; None when it holds what JSON cannot carry, such as a file or a date.

    Like aiogram it leaves out what is None, and parameters that are an empty text.
    """
    try:
        parameters = _fields(method, defaults)
    except TypeError:
        return None
    given = {name: value for name, value in parameters.items() if value != ""}
    try:
        return to_json(given)
    except PydanticSerializationError:  # half of a surrogate pair: Telegram will say no to it
        return json.dumps(given).encode()


def _fields(model: BaseModel, defaults: DefaultBotProperties) -> dict[str, Any]:
    fields = model.__dict__
    if model.__pydantic_extra__:
        fields = fields | model.__pydantic_extra__
    return _without_none(fields, defaults)


def _without_none(fields: dict[str, Any], defaults: DefaultBotProperties) -> dict[str, Any]:
    return {
        name: plain
        for name, value in fields.items()
        if value is not None and (plain := _plain(value, defaults)) is not None
    }


def _plain(value: Any, defaults: DefaultBotProperties) -> Any:  # noqa: ANN401 whatever a field holds
    kind = value.__class__
    if kind in _AS_THEY_ARE:
        return value
    if kind is list:
        items = (_plain(one, defaults) for one in value)
        return [one for one in items if one is not None]
    if isinstance(value, BaseModel):
        return _keyboard(value) if kind is Keyboard else _fields(value, defaults)
    if kind is Default:
        return _plain(defaults[value.name], defaults)
    if isinstance(value, Enum):
        return _plain(value.value, defaults)
    if kind is dict:
        return _without_none(value, defaults)
    raise TypeError(f"{kind.__name__} is nothing for JSON")


@lru_cache(maxsize=2048)
def _keyboard(keyboard: Keyboard) -> dict[str, Any]:
    """A keyboard's parameters, the same each time it is sent; nobody changes them."""
    return _fields(keyboard, DefaultBotProperties())
