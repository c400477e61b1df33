"""The floor: aiogram's own dispatcher with one handler, making the calls that were recorded."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ParseMode
from aiogram.methods import (
    AnswerCallbackQuery,
    EditMessageReplyMarkup,
    EditMessageText,
    SendMessage,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    TelegramObject,
)

from benchmarks.script import Turn
from benchmarks.telegram import FIRST, TOKEN, Call, Telegram

Params = Mapping[str, Any]
Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


class Floor:
    """Does as a program would that knows beforehand what it will be asked."""

    def __init__(self) -> None:
        defaults = DefaultBotProperties(parse_mode=ParseMode.HTML)
        self._bot = Bot(TOKEN, default=defaults)
        self._dispatcher = Dispatcher()
        self._dispatcher.message.register(self._handle)
        self._dispatcher.callback_query.register(self._handle)
        self._calls: Sequence[Call] = ()

    async def take(self, turn: Turn) -> None:
        """Take an update and make the calls it was answered with."""
        self._calls = turn.calls
        await self._dispatcher.feed_raw_update(self._bot, json.loads(turn.update))

    async def close(self) -> None:
        """Let go of the client."""
        await self._bot.session.close()

    async def _handle(self, _: TelegramObject) -> None:
        for call in self._calls:
            await self._bot(_METHODS[call.method](call.params))


async def replayed(telegram: Telegram, floor: Floor, talk: Sequence[Turn]) -> None:
    """Have the talk once more, as quickly as it goes."""
    telegram.number = FIRST - 1
    for turn in talk:
        await floor.take(turn)


def _send(params: Params) -> SendMessage:
    return SendMessage(
        chat_id=params["chat_id"],
        text=params["text"],
        reply_markup=_markup(params),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )


def _edit_text(params: Params) -> EditMessageText:
    return EditMessageText(
        chat_id=params["chat_id"],
        message_id=params["message_id"],
        text=params["text"],
        reply_markup=_inline(params.get("reply_markup")),
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )


def _edit_markup(params: Params) -> EditMessageReplyMarkup:
    return EditMessageReplyMarkup(chat_id=params["chat_id"], message_id=params["message_id"])


def _answer(params: Params) -> AnswerCallbackQuery:
    return AnswerCallbackQuery(
        callback_query_id=params["callback_query_id"], text=params.get("text")
    )


def _commands(params: Params) -> SetMyCommands:
    commands = [
        BotCommand(command=one["command"], description=one["description"])
        for one in params["commands"]
    ]
    scope = BotCommandScopeChat(chat_id=params["scope"]["chat_id"])
    return SetMyCommands(commands=commands, scope=scope)


_METHODS: Mapping[str, Callable[[Params], TelegramMethod[Any]]] = {
    "sendMessage": _send,
    "editMessageText": _edit_text,
    "editMessageReplyMarkup": _edit_markup,
    "answerCallbackQuery": _answer,
    "setMyCommands": _commands,
}


def _markup(params: Params) -> Markup | None:
    given = params.get("reply_markup") or {}
    if "keyboard" in given:
        rows = [
            [KeyboardButton(text=one["text"], request_contact=True) for one in row]
            for row in given["keyboard"]
        ]
        return ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True, one_time_keyboard=True)
    return ReplyKeyboardRemove() if "remove_keyboard" in given else _inline(given)


def _inline(given: Params | None) -> InlineKeyboardMarkup | None:
    if not given:
        return None
    rows = [
        [InlineKeyboardButton(text=one["text"], callback_data=one["callback_data"]) for one in row]
        for row in given["inline_keyboard"]
    ]
    return InlineKeyboardMarkup(inline_keyboard=rows)
