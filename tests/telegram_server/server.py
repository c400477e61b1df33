"""A small Bot API server on loopback, in the test's own process.

    async with serving() as telegram:
        bot = make_bot(telegram.token, telegram.url)
        person = telegram.person(1001, language="bn")
        await person.send("/start")
        (greeting,) = await person.wait_for(1)
        await person.press("language=bn")

It refuses what Telegram refuses as far as Doorway meets it; a method it does not know answers
404 and stands in `unknown`.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from tests.telegram_server.errors import ApiError, too_many
from tests.telegram_server.methods import Methods, Params
from tests.telegram_server.person import Person
from tests.telegram_server.updates import Updates

TOKEN = "42:TEST"


@dataclass
class Fault:
    """What goes wrong with a method's next `times` calls (`webhook`: with its answers).

    `after` so many calls that go well.

    kind: `429` asks to wait, `500` is an error of the server, `garbage` an answer that is no
    JSON, `reset` ends the connection before anything is done, `lost` after it is done.
    """

    method: str
    kind: str
    times: int = 1
    retry_after: int = 3
    after: int = 0


@dataclass(frozen=True)
class Call:
    """A call of the bot, with its parameters as they came and the status it was answered."""

    method: str
    params: Params
    status: int


class TelegramServer:
    """One bot's Telegram."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = TOKEN
        self.methods = Methods()
        self.updates = Updates(lambda: self._fault("webhook") == "lost")
        self.calls: list[Call] = []
        self.unknown: list[str] = []
        self.faults: list[Fault] = []
        self.whims: Callable[[str], str] = lambda _method: ""
        """Asked at each call for which no fault is planned: the kind of one, or nothing."""
        self._known = {**self.methods.by_name(), **self.updates.by_name()}

    def person(self, number: int = 1001, language: str = "en", phone: str = "") -> Person:
        """Somebody with the app; they have said nothing yet."""
        phone = phone or "447700900123"
        return Person(self.methods, self.updates, number, language, phone)

    def fail(
        self, method: str, kind: str, *, times: int = 1, retry_after: int = 3, after: int = 0
    ) -> None:
        """Let the next calls of a method go wrong (see Fault)."""
        self.faults.append(Fault(method, kind, times, retry_after, after))

    def called(self, method: str) -> list[Call]:
        """The calls of one method so far."""
        return [one for one in self.calls if one.method == method]

    @property
    def unanswered(self) -> list[str]:
        """The presses that nobody has answered."""
        return [one.id for one in self.methods.callbacks.values() if not one.answered]

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one call of the bot."""
        method = request.match_info["method"]
        params = await _params(request)
        fault = self._fault(method)
        if fault == "reset":
            return _hang_up(request)
        if fault == "garbage":
            return web.Response(status=502, text="<html>Bad Gateway</html>")
        status, body = 200, {}
        try:
            _raise_fault(fault)
            result = await self._answer(request.match_info["token"], method, params)
            body = {"ok": True, "result": result}
        except ApiError as error:
            status, body = error.code, error.body()
        self.calls.append(Call(method, params, status))
        return _hang_up(request) if fault == "lost" else web.json_response(body, status=status)

    async def _answer(self, token: str, method: str, params: Params) -> object:
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        work = self._known.get(method)
        if work is None:
            self.unknown.append(method)
            raise ApiError(404, "Not Found: method not found")
        return await work(params)

    def _fault(self, method: str) -> str:
        for fault in self.faults:
            if fault.method == method and fault.after:
                fault.after -= 1
            elif fault.method == method:
                fault.times -= 1
                if not fault.times:
                    self.faults.remove(fault)
                return f"{fault.kind}:{fault.retry_after}" if fault.kind == "429" else fault.kind
        return self.whims(method)


@asynccontextmanager
async def serving() -> AsyncIterator[TelegramServer]:
    """A server for the time of the block, on a free port of loopback."""
    server = TelegramServer("")
    application = web.Application()
    application.router.add_post("/bot{token}/{method}", server.handle)
    runner = web.AppRunner(application, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        await server.updates.close()
        await runner.cleanup()


async def _params(request: web.Request) -> Params:
    """The parameters of a form or of a JSON object, which Telegram takes alike."""
    if request.content_type != "application/json":
        return {name: _text(value) for name, value in (await request.post()).items()}
    given = json.loads(await request.read())
    return {k: v if isinstance(v, str) else json.dumps(v) for k, v in given.items()}


def _text(value: object) -> str:
    """A file is known by the hash of what is in it."""
    if isinstance(value, web.FileField):
        return hashlib.sha256(value.file.read()).hexdigest()
    return str(value)


def _raise_fault(fault: str) -> None:
    kind, _, seconds = fault.partition(":")
    if kind == "429":
        raise too_many(int(seconds))
    if kind == "500":
        raise ApiError(500, "Internal Server Error")


def _hang_up(request: web.Request) -> web.Response:
    if request.transport:
        request.transport.abort()
    return web.Response()
