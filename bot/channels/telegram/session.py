"""Carries calls to the Bot API for aiogram's `Bot`, at a fraction of its own session's work.

aiogram copies a call through pydantic on its way out and builds a `Message` with all that is in
it from every answer. Here a call is written as it stands, and of an answer no more is read than
the bot uses. Proxies, the pool of connections and the errors are aiogram's.
"""

import json
import re
from functools import lru_cache
from typing import Any, Final, TypeVar, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessage,
    DeleteMessages,
    DeleteWebhook,
    EditMessageReplyMarkup,
    EditMessageText,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiohttp import ClientError, ClientTimeout

from bot.channels.telegram.encoding import encoded
from bot.channels.telegram.methods import Accepted, GetUpdates, SendMessage

T = TypeVar("T")

_JSON = {"Content-Type": "application/json"}
_OK = 200

# Nothing is read of these answers but that it was done; an edit's would be the whole message.
_DONE_IS_ENOUGH: Final = frozenset(
    {
        AnswerCallbackQuery,
        DeleteMessage,
        DeleteMessages,
        DeleteWebhook,
        EditMessageReplyMarkup,
        EditMessageText,
        SetMyCommands,
        SetWebhook,
    }
)

# How the Bot API server begins its answers. One that begins otherwise is read whole.
_DONE = re.compile(rb'\{"ok":\s?true,')
_SENT = re.compile(rb'\{"ok":\s?true,\s?"result":\s?\{"message_id":\s?(\d+)[,}]')


class LeanSession(AiohttpSession):
    """aiogram's session, but that edits answer True instead of the message they changed."""

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[T],
        timeout: int | None = None,  # noqa: ASYNC109 aiogram's own name
    ) -> T:
        """Make one call.

        Raises:
            AiogramError: it was refused, not carried or not answered in time (as aiogram's own).
        """
        body = encoded(method, bot.default)
        if body is None:
            return await super().make_request(bot, method, timeout)
        url = self.api.api_url(token=bot.token, method=method.__api_method__)
        seconds = self.timeout if timeout is None else timeout
        try:
            status, content = await self.exchange(url, body, seconds)
        except TimeoutError as error:
            raise TelegramNetworkError(method, "Request timeout error") from error
        except ClientError as error:
            raise TelegramNetworkError(method, f"{type(error).__name__}: {error}") from error
        return self.read(bot, method, status, content)

    async def exchange(self, url: str, body: bytes, seconds: float) -> tuple[int, bytes]:
        """Post a body of JSON and give the answer's status and content.

        Raises:
            TimeoutError: no answer within `seconds`.
            ClientError: the call was not carried.
        """
        session = await self.create_session()
        async with session.post(url, data=body, headers=_JSON, timeout=_limit(seconds)) as answer:
            return answer.status, await answer.read()

    def read(self, bot: Bot, method: TelegramMethod[T], status: int, content: bytes) -> T:
        """What an answer says.

        Raises:
            AiogramError: it is a refusal, or nothing that can be read.
        """
        if status == _OK:
            found = _short(method.__class__, content)
            if found is not None:
                return cast(T, found)
        text = content.decode(errors="replace")
        return cast(T, self.check_response(bot, method, status, text).result)


@lru_cache(maxsize=16)
def _limit(seconds: float) -> ClientTimeout:
    """The same few each time, and each is looked through when it is made."""
    return ClientTimeout(total=seconds)


def _short(kind: type[TelegramMethod[Any]], content: bytes) -> object | None:
    """The answer by its first few bytes; None when these are not enough."""
    if kind is GetUpdates:
        return _updates(content)
    if kind in _DONE_IS_ENOUGH:
        return True if _DONE.match(content) else None
    if kind is SendMessage and (sent := _SENT.match(content)):
        return Accepted(message_id=int(sent[1]))
    return None


def _updates(content: bytes) -> list[dict[str, Any]] | None:
    """Updates are taken as they are, once it is sure that they are some."""
    try:
        answer = json.loads(content)
    except ValueError:
        return None
    updates = answer.get("result") if isinstance(answer, dict) and answer.get("ok") else None
    are_some = isinstance(updates, list) and all(isinstance(one, dict) for one in updates)
    return updates if are_some else None
