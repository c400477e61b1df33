"""A call has the same parameters, letter for letter, as in the form that aiogram would send."""

import ast
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from aiogram import Bot, methods
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.enums import ParseMode
from aiogram.types import (
    BotCommand,
    BotCommandScopeChat,
    BotCommandScopeDefault,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot.channels.telegram.encoding import encoded
from bot.channels.telegram.methods import GetUpdates, SendMessage, SendVoice

STOCK = AiohttpSession()

numbers = st.integers(-(2**52), 2**52)
words = st.text(max_size=40)
maybe = st.none() | st.booleans()
modes = st.none() | st.sampled_from(ParseMode)
previews = st.builds(LinkPreviewOptions, is_disabled=maybe, url=st.none() | words)
inline_buttons = st.builds(InlineKeyboardButton, text=words, callback_data=st.none() | words)
inline = st.builds(
    InlineKeyboardMarkup, inline_keyboard=st.lists(st.lists(inline_buttons, max_size=3), max_size=3)
)
contact = st.builds(
    ReplyKeyboardMarkup,
    keyboard=st.lists(st.lists(st.builds(KeyboardButton, text=words, request_contact=maybe))),
    resize_keyboard=maybe,
    one_time_keyboard=maybe,
)
removed = st.builds(ReplyKeyboardRemove, selective=maybe)
markups = st.none() | inline | contact | removed
scopes = (
    st.none() | st.builds(BotCommandScopeChat, chat_id=numbers) | st.just(BotCommandScopeDefault())
)
commands = st.lists(st.builds(BotCommand, command=words, description=words), max_size=3)

CALLS: dict[str, st.SearchStrategy[methods.TelegramMethod[Any]]] = {
    "AnswerCallbackQuery": st.builds(
        methods.AnswerCallbackQuery, callback_query_id=words, text=st.none() | words
    ),
    "DeleteMessage": st.builds(methods.DeleteMessage, chat_id=numbers, message_id=numbers),
    "DeleteMessages": st.builds(
        methods.DeleteMessages, chat_id=numbers, message_ids=st.lists(numbers)
    ),
    "DeleteWebhook": st.builds(methods.DeleteWebhook, drop_pending_updates=maybe),
    "EditMessageReplyMarkup": st.builds(
        methods.EditMessageReplyMarkup,
        chat_id=numbers | words,
        message_id=numbers,
        reply_markup=st.none() | inline,
    ),
    "EditMessageText": st.builds(
        methods.EditMessageText,
        chat_id=numbers,
        message_id=numbers,
        text=words,
        link_preview_options=previews,
        reply_markup=st.none() | inline,
    ),
    "GetMe": st.just(methods.GetMe()),
    "GetUpdates": st.builds(
        GetUpdates, offset=numbers, timeout=numbers, allowed_updates=st.lists(words)
    ),
    "SendMessage": st.builds(
        SendMessage,
        chat_id=numbers,
        text=words,
        parse_mode=modes,
        link_preview_options=previews,
        reply_markup=markups,
    )
    | st.builds(methods.SendMessage, chat_id=numbers | words, text=words, reply_markup=markups),
    "SendVoice": st.builds(SendVoice, chat_id=numbers, voice=words),
    "SetMyCommands": st.builds(
        methods.SetMyCommands, commands=commands, scope=scopes, language_code=st.none() | words
    ),
    "SetWebhook": st.builds(
        methods.SetWebhook, url=words, secret_token=words, allowed_updates=st.lists(words)
    ),
}

properties = st.builds(
    DefaultBotProperties,
    parse_mode=modes,
    protect_content=maybe,
    link_preview_is_disabled=maybe,
    link_preview_prefer_small_media=maybe,
)


@given(method=st.one_of(*CALLS.values()), defaults=properties)
def test_the_parameters_are_those_of_aiograms_own_form(
    method: methods.TelegramMethod[Any], defaults: DefaultBotProperties
) -> None:
    expected = form_of(method, defaults)
    assert parameters_of(method, defaults) == expected
    assert list(parameters_of(method, defaults)) == list(expected)


def test_every_method_that_the_bot_calls_is_among_them() -> None:
    folder = Path(bot.__file__ or "").parent
    called = {name for path in folder.rglob("*.py") for name in methods_imported(path)}
    assert called == set(CALLS)


def test_fields_that_aiogram_does_not_know_are_sent_all_the_same() -> None:
    new: dict[str, Any] = {
        "later": [{"a": None, "b": [None, 1.5, True]}],
        "button": InlineKeyboardButton(text="x"),
    }
    method = methods.SendMessage(chat_id=1, text="x", **new)
    assert parameters_of(method) == form_of(method)
    assert json.loads(parameters_of(method)["later"]) == [{"b": [1.5, True]}]


@pytest.mark.parametrize(
    "method",
    [
        methods.SendDocument(chat_id=1, document=BufferedInputFile(b"x", "x.txt")),
        methods.BanChatMember(chat_id=1, user_id=2, until_date=datetime(2026, 11, 23, tzinfo=UTC)),
    ],
)
def test_what_json_cannot_carry_is_left_to_aiogram(method: methods.TelegramMethod[Any]) -> None:
    assert encoded(method, DefaultBotProperties()) is None


def test_half_of_a_surrogate_pair_is_carried_for_telegram_to_refuse() -> None:
    body = encoded(methods.SendMessage(chat_id=1, text="a\ud83d"), DefaultBotProperties())
    assert body is not None
    assert json.loads(body)["text"] == "a\ud83d"


def methods_imported(path: Path) -> set[str]:
    """The methods that a module takes from aiogram or from our own, without their base."""
    sources = {"aiogram.methods", "bot.channels.telegram.methods"}
    found = {
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module in sources
        for alias in node.names
    }
    return found - {"TelegramMethod", "Accepted", "Spoken"}


def form_of(
    method: methods.TelegramMethod[Any], defaults: DefaultBotProperties | None = None
) -> dict[str, str]:
    """The parameters in the form that aiogram's own session would send."""
    session_bot = Bot("42:TEST", STOCK, defaults or DefaultBotProperties())
    form = STOCK.build_form_data(session_bot, method)().decode()
    return dict(parse_qsl(form, keep_blank_values=True, strict_parsing=bool(form)))


def parameters_of(
    method: methods.TelegramMethod[Any], defaults: DefaultBotProperties | None = None
) -> dict[str, str]:
    """The parameters as Telegram reads them out of JSON: a value that is no text as it stands."""
    body = encoded(method, defaults or DefaultBotProperties())
    assert body is not None
    given = json.loads(body)
    assert json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode() == body
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()}
