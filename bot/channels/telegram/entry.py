"""Brings Telegram's updates into the inbox: stored before Telegram is told that they arrived."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from aiogram import Bot
from aiogram.methods import DeleteWebhook, SetMyCommands, SetWebhook
from fastapi import APIRouter, HTTPException, Request, Response

from bot.channels.telegram import WEBHOOK_PATH, markup
from bot.channels.telegram.client import call
from bot.channels.telegram.inbound import conversation_of
from bot.channels.telegram.methods import GetUpdates
from bot.ports import Arrive, Json, OutgoingButton, Received, SendError
from common.runtime import logs
from common.runtime.clock import Clock

_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]
_POLL_SECONDS = 30
_CALL_SECONDS = _POLL_SECONDS + 10
_LONGEST_PAUSE = 60.0
_BODY_LIMIT = 256 * 1024
_TWO_LETTERS = 2

T = TypeVar("T")
Pause = Callable[[float], Awaitable[None]]

_log = logs.get(__name__)


async def poll(bot: Bot, arrive: Arrive, clock: Clock, *, pause: Pause = asyncio.sleep) -> None:
    """Fetch updates until cancelled.

    Asking for updates from an offset tells Telegram that all before it arrived, so the offset
    moves only when they are stored. A failure on either side is tried again, ever less often.

    Raises:
        SendError: Telegram will never give this bot its updates.
    """
    offset = 0

    async def fetch() -> int:
        method = GetUpdates(offset=offset, timeout=_POLL_SECONDS, allowed_updates=_UPDATES)
        updates = await call(bot, method, seconds=_CALL_SECONDS)
        if batch := [one for body in updates if (one := _received(body, clock))]:
            await arrive(batch)
        return max([offset, *(_update_id(body) + 1 for body in updates)])

    # Telegram refuses to be asked while a webhook is set.
    await _until_done(partial(call, bot, DeleteWebhook()), pause)
    while True:
        offset = await _until_done(fetch, pause)


def webhook_router(secret: str, arrive: Arrive, clock: Clock) -> APIRouter:
    """The address Telegram posts updates to; anything but a 2xx makes it post them again.

    Answers 401 without the secret, 413 or 400 to what is no update at all, 500 when it could
    not be stored, else 200, also to updates that mean nothing to us.

    Raises:
        ValueError: the secret is empty, and anybody could speak for Telegram.
    """
    if not secret:
        raise ValueError("A Telegram webhook needs a secret.")
    router = APIRouter()

    @router.post(WEBHOOK_PATH, include_in_schema=False)
    async def receive(request: Request) -> Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            raise HTTPException(401)
        received = _received(_update(await _body(request)), clock)
        if received:
            try:
                await arrive([received])
            except Exception as error:  # noqa: BLE001 whatever it is, Telegram keeps the update
                _log.error("update.not_stored", error=type(error).__name__)
                raise HTTPException(500) from None
        return Response()

    return router


async def set_webhook(bot: Bot, url: str, secret: str, *, pause: Pause = asyncio.sleep) -> None:
    """Have updates posted to our address; waits while Telegram cannot be reached.

    Raises:
        SendError: Telegram refuses the address or the secret.
    """
    method = SetWebhook(url=url, secret_token=secret, allowed_updates=_UPDATES)
    await _until_done(partial(call, bot, method), pause)


async def register_commands(
    bot: Bot,
    commands_by_language: Mapping[str, Sequence[OutgoingButton]],
    *,
    pause: Pause = asyncio.sleep,
) -> None:
    """Name the commands for people who have not chosen a language here yet.

    English is also the menu of every app language that has none of its own. Telegram knows
    languages of two letters only; the others get their menu with the conversation.
    """
    for language, buttons in commands_by_language.items():
        commands = [markup.command(one) for one in buttons]
        for code in ("", "en") if language == "en" else (language,):
            if len(code) in {0, _TWO_LETTERS}:
                method = SetMyCommands(commands=commands, language_code=code)
                await _register(bot, method, pause)


async def _register(bot: Bot, method: SetMyCommands, pause: Pause) -> None:
    try:
        await _until_done(partial(call, bot, method), pause)
    except SendError as error:
        # A slip in one language's words: its menu stays as it was, everything else goes on.
        _log.error("commands.refused", language=method.language_code, error=str(error))


async def _until_done(work: Callable[[], Awaitable[T]], pause: Pause) -> T:
    seconds = 1.0
    while True:
        try:
            return await work()
        except SendError as error:
            if error.permanent:
                raise
            _log.warning("telegram.failed", error=str(error))
            await pause(error.after or seconds)
        except Exception as error:  # noqa: BLE001 a full disk must not end the listening
            _log.error("updates.not_stored", error=type(error).__name__)
            await pause(seconds)
        seconds = min(seconds * 2, _LONGEST_PAUSE)


def _received(body: Json, clock: Clock) -> Received | None:
    conversation = conversation_of(body)
    number = _update_id(body)
    if conversation is None or number < 0:
        return None
    return Received("telegram", str(number), conversation, body, clock())


def _update_id(body: Json) -> int:
    number = body.get("update_id")
    return number if isinstance(number, int) and not isinstance(number, bool) else -1


async def _body(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _BODY_LIMIT:
            raise HTTPException(413)
    return bytes(body)


def _update(body: bytes) -> Json:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise HTTPException(400) from None
    if not isinstance(update, dict):
        raise HTTPException(400)
    return update
