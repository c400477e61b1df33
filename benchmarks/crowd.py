"""Many people on Telegram at once, and its server: posts what they do, and takes the answers."""

import asyncio
import itertools
import json
import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, ClassVar, Self

from aiohttp import ClientSession, TCPConnector, web

SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 nobody's
TOKEN = "42:TEST"  # noqa: S105 nobody's
AT_ONCE = 40
"""How many updates Telegram posts at the same time, unless it is asked for fewer."""
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Answered:
    """One turn that was answered, and how long it took."""

    seconds: float


@dataclass(slots=True)
class _Waiting:
    since: float
    answered: "asyncio.Future[float]" = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Crowd:
    """People who each open the chat by a poster's link, and answer its first two questions.

    Calls are answered at once, so that what is measured is the bot and not Telegram.
    """

    ACTS: ClassVar = ("/start en-F84122", "welcome=yes", "who_for=me")

    def __init__(self, webhook: str) -> None:
        self._webhook = webhook
        self._waiting: dict[int, _Waiting] = {}
        self._people = itertools.count(1_000_000)
        self._numbers = itertools.count(1)
        self._messages = itertools.count(1)
        self._posting = asyncio.Semaphore(AT_ONCE)
        self._welcome = asyncio.Event()

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/bot{token}/{method}", self._called)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._client = ClientSession(connector=TCPConnector(limit=AT_ONCE))
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await self._client.close()
        await self._runner.cleanup()

    @property
    def settings(self) -> dict[str, str]:
        """What the bot must be told to find this Telegram."""
        return {
            "BOT_TELEGRAM_TOKEN": TOKEN,
            "BOT_TELEGRAM_API_URL": f"http://127.0.0.1:{self._runner.addresses[0][1]}",
            "BOT_TELEGRAM_WEBHOOK_URL": self._webhook,
            "BOT_TELEGRAM_WEBHOOK_SECRET": SECRET,
        }

    async def is_welcome(self) -> None:
        """Wait until the bot wants to be told."""
        async with asyncio.timeout(PATIENCE):
            await self._welcome.wait()

    async def come(self, size: int) -> list[Answered]:
        """So many new people at once; all turns that were answered."""
        people = [next(self._people) for _ in range(size)]
        talks = await asyncio.gather(*(self._talk(person) for person in people))
        return [turn for talk in talks for turn in talk]

    async def _talk(self, person: int) -> list[Answered]:
        answered = []
        for act in self.ACTS:
            waiting = self._waiting[person] = _Waiting(time.perf_counter())
            await self._post(_update(next(self._numbers), person, act))
            async with asyncio.timeout(PATIENCE):
                answered.append(Answered(await waiting.answered - waiting.since))
        return answered

    async def _post(self, update: dict[str, Any]) -> None:
        headers = {
            "X-Telegram-Bot-Api-Secret-Token": SECRET,
            "Content-Type": "application/json",
        }
        async with (
            self._posting,
            self._client.post(self._webhook, data=json.dumps(update), headers=headers) as answer,
        ):
            answer.raise_for_status()

    async def _called(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        body = json.loads(await request.read() or b"{}")
        if method == "setWebhook":
            self._welcome.set()
        if method != "sendMessage":
            return web.json_response({"ok": True, "result": True})
        person = int(body["chat_id"])
        waiting = self._waiting.get(person)
        if waiting and not waiting.answered.done():
            waiting.answered.set_result(time.perf_counter())
        message = {"message_id": next(self._messages), "date": 0, "chat": {"id": person}}
        return web.json_response({"ok": True, "result": message})


def _update(number: int, person: int, act: str) -> dict[str, Any]:
    sender = {"id": person, "is_bot": False, "first_name": "Test", "language_code": "en"}
    chat = {"id": person, "type": "private"}
    message = {"message_id": number, "date": 0, "chat": chat, "from": sender}
    if "=" not in act:
        return {"update_id": number, "message": {**message, "text": act}}
    press = {"id": str(number), "from": sender, "message": message, "data": act}
    return {"update_id": number, "callback_query": press}
