"""The lean session does over the wire what aiogram's own does, and fails as that one fails."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessages,
    EditMessageReplyMarkup,
    EditMessageText,
    GetMe,
    SendDocument,
    SetMyCommands,
    TelegramMethod,
)
from aiogram.types import BotCommand, BufferedInputFile

from bot.channels.telegram import markup
from bot.channels.telegram.methods import Accepted, GetUpdates, SendMessage
from bot.channels.telegram.session import LeanSession
from bot.ports import OutgoingButton
from tests.telegram_server.server import Call, TelegramServer, serving

ROWS = ((OutgoingButton("হ্যাঁ", "who_for=me"), OutgoingButton("نعم", "who_for=other")),)
SEND = SendMessage(chat_id=1001, text="আপনি <b>কে</b>? 100%", reply_markup=markup.inline(ROWS))
PRESSED = AnswerCallbackQuery(callback_query_id="nobody's", text="Too late")
EDIT = EditMessageText(
    chat_id=1001, message_id=2, text="<i>ক</i>", reply_markup=markup.inline(ROWS)
)
TALK: tuple[TelegramMethod[Any], ...] = (
    GetMe(),
    SetMyCommands(commands=[BotCommand(command="help", description="Help")], language_code=""),
    SEND,
    SendMessage(chat_id=1001, text="😀", reply_markup=markup.contact("My number")),
    EDIT,
    EditMessageReplyMarkup(chat_id=1001, message_id=2),
    DeleteMessages(chat_id=1001, message_ids=[2, 3]),
    EDIT,
    PRESSED,
    SendMessage(chat_id=5, text="nobody"),
    GetUpdates(offset=0, timeout=0, allowed_updates=["message"]),
)

Refusal = dict[str, Any]


@asynccontextmanager
async def session_bot(telegram: TelegramServer, kind: type[AiohttpSession]) -> AsyncIterator[Bot]:
    session = kind(api=TelegramAPIServer.from_base(telegram.url))
    yield Bot(telegram.token, session)
    # The session's own close waits a quarter of a second for TLS, which loopback has not.
    await (await session.create_session()).close()


async def outcome(bot: Bot, method: TelegramMethod[Any]) -> object:
    """What a call comes to, as far as two sessions must agree on it."""
    try:
        result = await bot(method)
    except AiogramError as error:
        return type(error), str(error)
    return bool(result) if isinstance(method, EditMessageReplyMarkup | EditMessageText) else result


async def talk(kind: type[AiohttpSession]) -> tuple[list[object], list[Call]]:
    async with serving() as telegram, session_bot(telegram, kind) as bot:
        telegram.methods.clock = lambda: 1_795_435_200
        await telegram.person(1001).send("hello")
        return [await outcome(bot, method) for method in TALK], telegram.calls


async def test_the_same_talk_is_the_same_on_the_wire() -> None:
    lean, lean_calls = await talk(LeanSession)
    stock, stock_calls = await talk(AiohttpSession)
    assert lean_calls == stock_calls
    assert lean == stock
    assert [one.status for one in lean_calls] == [200] * 7 + [400] * 3 + [200]


async def test_a_file_goes_as_aiogram_sends_it(telegram: TelegramServer) -> None:
    document = SendDocument(chat_id=1, document=BufferedInputFile(b"x", "x.txt"), caption="Here")
    async with session_bot(telegram, LeanSession) as bot:
        assert "method not found" in str(await outcome(bot, document))
    (call,) = telegram.calls
    assert call.params["caption"] == "Here"
    assert call.params["document"].startswith("attach://")


@pytest.mark.parametrize("kind", ["reset", "lost", "garbage", "500", "429"])
async def test_what_goes_wrong_is_the_same_error(telegram: TelegramServer, kind: str) -> None:
    found = []
    for session in (LeanSession, AiohttpSession):
        telegram.fail("answerCallbackQuery", kind)
        async with session_bot(telegram, session) as bot:
            found.append(await outcome(bot, PRESSED))
    assert found[0] == found[1]
    assert isinstance(found[0], tuple)


async def test_an_answer_is_waited_for_only_so_long(telegram: TelegramServer) -> None:
    asked = GetUpdates(offset=0, timeout=30, allowed_updates=[])
    found = []
    for session in (LeanSession, AiohttpSession):
        async with session_bot(telegram, session) as bot:
            with pytest.raises(AiogramError) as caught:
                await bot(asked, request_timeout=0.05)  # type: ignore[arg-type] # a test's patience
            found.append((type(caught.value), str(caught.value)))
    assert found[0] == found[1]
    assert "timeout" in found[0][1]


def refusal(code: int, description: str = "Bad Request: no", **more: object) -> Refusal:
    return {"ok": False, "error_code": code, "description": description, **more}


REFUSED: tuple[tuple[int, object], ...] = (
    *((status, refusal(status)) for status in (400, 401, 403, 404, 409, 413, 418, 500, 502)),
    (500, refusal(500, "Internal Server Error: restart")),
    (429, refusal(429, parameters={"retry_after": 7})),
    (400, refusal(400, parameters={"migrate_to_chat_id": -100123})),
    (200, refusal(400)),
    (200, {"result": {"message_id": 5}}),
    (200, ["ok"]),
    (502, {"ok": True, "result": {"message_id": 5}}),
)


@pytest.fixture
def readers() -> tuple[Bot, LeanSession]:
    session = LeanSession()
    return Bot("42:TEST", session), session


@pytest.mark.parametrize("method", [SEND, PRESSED], ids=["sendMessage", "answerCallbackQuery"])
@pytest.mark.parametrize(("status", "answer"), REFUSED)
def test_a_refusal_is_the_error_that_aiogram_makes_of_it(
    readers: tuple[Bot, LeanSession], status: int, answer: object, method: TelegramMethod[Any]
) -> None:
    bot, session = readers
    content = json.dumps(answer)
    with pytest.raises((AiogramError, TypeError)) as stock:
        session.check_response(bot, method, status, content)
    with pytest.raises(type(stock.value)) as lean:
        session.read(bot, method, status, content.encode())
    assert str(lean.value) == str(stock.value)
    for error in (lean.value, stock.value):
        assert not isinstance(error, TelegramRetryAfter) or error.retry_after == 7
        assert not isinstance(error, TelegramMigrateToChat) or error.migrate_to_chat_id == -100123


@pytest.mark.parametrize(
    "content",
    [
        b'{"ok":true,"result":{"message_id":5,"text":"{\\"ok\\":false}"}}',
        b'{"ok": true, "result": {"message_id": 5}}',
        b'{"ok":true,"result":{"date":1,"message_id":5}}',
        b'{"result":{"message_id":5},"ok":true}',
        b'\n{\n"ok":true,"result":{"message_id":5}}',
    ],
)
def test_a_messages_number_is_found_wherever_it_stands(
    readers: tuple[Bot, LeanSession], content: bytes
) -> None:
    bot, session = readers
    assert session.read(bot, SEND, 200, content) == Accepted(message_id=5)


def test_a_number_that_cannot_be_read_is_an_error(readers: tuple[Bot, LeanSession]) -> None:
    bot, session = readers
    with pytest.raises(ClientDecodeError):
        session.read(bot, SEND, 200, b'{"ok":true,"result":{"message_id":"x"}}')


def test_an_edit_is_done_even_when_the_message_is_of_a_kind_unknown_yet(
    readers: tuple[Bot, LeanSession],
) -> None:
    bot, session = readers
    assert session.read(bot, EDIT, 200, b'{"ok":true,"result":{"message_id":5,"new":{}}}') is True
