"""Our bot at Telegram: sends for the jobs, and listens in one process of all at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from telegram import Update
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, ApplicationBuilder

from api.domain.chat import ChatMessage
from api.services.desk import Desk
from api.services.telling import BlockedError
from api.services.turns import Turn
from api.staff_bot.answers import Answers, markup
from common.runtime.jobs import LaterError, PermanentError
from common.runtime.logs import get

UPDATES = ["message", "callback_query", "my_chat_member"]
POLL = 25  # seconds: well within a turn
RETRY = 60.0  # seconds until what was not sent is tried again
NOT_YET = 5.0  # the same, while Telegram has not been reached at all
WAIT = 20.0  # seconds until a process asks again whether it is its turn
LONGEST_PAUSE = 60.0
FAREWELL = 2.0  # seconds for telling Telegram what we have seen
GONE = "chat not found"
APART = 1.1  # seconds between two messages to one chat: Telegram asks for it

Pause = Callable[[float], Awaitable[None]]
log = get(__name__)


class StaffTelegram:
    """The bot for as long as the process lives: `run` it, and let jobs `send` through it."""

    def __init__(
        self, desk: Desk, token: str, api_url: str = "", *, pause: Pause = asyncio.sleep
    ) -> None:
        builder = ApplicationBuilder().token(token).rate_limiter(AIORateLimiter(max_retries=2))
        if api_url:
            root = api_url.rstrip("/")
            builder = builder.base_url(f"{root}/bot").base_file_url(f"{root}/file/bot")
        self._application = builder.updater(None).build()
        Answers(desk).add_to(self._application)
        self._desk = desk
        self._turn = Turn(desk, "staff bot")
        self._pause = pause
        self._offset = 0
        self._next: dict[int, float] = {}
        desk.staff_bot.on = True

    async def run(self) -> None:
        """Listen until cancelled; a token that Telegram refuses ends it, and says so."""
        try:
            await self._until_done(self._reach)
            while True:
                await self._until_done(self._listen)
        except InvalidToken:
            log.critical("staff_bot.refused")  # its text would show the token
        finally:
            await self._leave()

    async def send(self, chat: int, message: ChatMessage) -> None:
        """Send it.

        Raises:
            BlockedError: whoever has this chat does not want to hear from us.
            LaterError: Telegram cannot be reached, or asks us to wait.
            PermanentError: it will never take this message.
        """
        if not self._desk.staff_bot.name:
            raise LaterError(NOT_YET)
        await self._keep_apart(chat)
        try:
            await self._application.bot.send_message(
                chat, message.text, reply_markup=markup(message.buttons)
            )
        except Forbidden:
            raise BlockedError from None
        except BadRequest as error:
            if GONE in error.message.casefold():
                raise BlockedError from None
            raise PermanentError(type(error).__name__) from None
        except TelegramError as error:
            log.warning("staff_bot.not_sent", error=type(error).__name__)
            raise LaterError(RETRY) from None

    async def _keep_apart(self, chat: int) -> None:
        """Wait until this chat may get another message; the library knows only of all together."""
        now = asyncio.get_running_loop().time()
        free = max(now, self._next.get(chat, 0.0))
        self._next[chat] = free + APART
        if free > now:
            await self._pause(free - now)

    async def _reach(self) -> None:
        await self._application.initialize()
        await self._application.bot.delete_webhook()  # nothing can be fetched while there is one
        self._desk.staff_bot.name = self._application.bot.username
        log.info("staff_bot.ready")

    async def _listen(self) -> None:
        """One turn at fetching what has come; what was answered is confirmed by the next."""
        if not await self._turn.hold():
            await self._pause(WAIT)
            return
        for update in await self._fetch(POLL):
            await self._application.process_update(update)
            self._offset = update.update_id + 1

    async def _fetch(self, seconds: int) -> tuple[Update, ...]:
        return await self._application.bot.get_updates(
            self._offset, timeout=seconds, allowed_updates=UPDATES
        )

    async def _until_done(self, work: Callable[[], Awaitable[None]]) -> None:
        seconds = 1.0
        while True:
            try:
                await work()
            except InvalidToken:
                raise
            except Exception as error:  # noqa: BLE001 a full disk must not end the listening
                log.warning("staff_bot.interrupted", error=type(error).__name__)
                await self._pause(seconds)
                seconds = min(seconds * 2, LONGEST_PAUSE)
            else:
                return

    async def _leave(self) -> None:
        """Confirm what was answered, and let another process have the turn."""
        self._desk.staff_bot.name = ""
        with suppress(Exception):
            async with asyncio.timeout(FAREWELL):
                if self._offset and await self._turn.hold():
                    await self._fetch(0)
        with suppress(Exception):
            await self._turn.let_go()
        with suppress(Exception):
            await self._application.shutdown()
            await self._application.bot.shutdown()  # the first does nothing without a good start
