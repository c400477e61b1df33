"""A small HTTP proxy: passes requests on to any of several servers, and loses some on purpose."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from random import Random

from aiohttp import (
    ClientConnectorError,
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    TCPConnector,
    web,
)
from multidict import CIMultiDict, CIMultiDictProxy

from tests.chaos.pause import within
from tests.chaos.weather import Weather

LONGEST = 30.0
"""Seconds after which nobody waits for an answer any more."""
_NOT_PASSED_ON = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


class NotReachedError(Exception):
    """Nobody listens there, so that nothing was done."""


class Proxy:
    """Stands before `targets` as a load balancer does: who cannot be reached is passed over."""

    def __init__(
        self,
        weather: Weather,
        whim: Callable[[], str],
        targets: Sequence[str],
        session: ClientSession,
    ) -> None:
        self.url = ""
        self._weather = weather
        self._whim = whim
        self._targets = tuple(targets)
        self._session = session
        self._random = Random(weather.random.random())

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Pass one request on, or not."""
        whim = self._whim()
        if whim == "500":
            return web.Response(status=500, text="Internal Server Error")
        if whim in {"before", "slow"}:
            return await self._lose(request, whim)
        try:
            body = await request.read()
        except ConnectionError:
            return web.Response()  # whoever asked is gone
        answer = await self._passed_on(request, body)
        return await self._lose(request, whim) if whim else answer

    async def _lose(self, request: web.Request, whim: str) -> web.StreamResponse:
        if whim.startswith("slow"):
            await within(self._weather.calm, LONGEST)
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _passed_on(self, request: web.Request, body: bytes) -> web.StreamResponse:
        for target in self._random.sample(self._targets, len(self._targets)):
            try:
                return await self._answer(request, target, body)
            except NotReachedError:
                continue
            except (ClientError, TimeoutError, OSError):
                break  # it may have been done: whoever asked must decide to ask again
        return web.Response(status=502, text="Bad Gateway")

    async def _answer(self, request: web.Request, target: str, body: bytes) -> web.Response:
        try:
            sent = await self._session.request(
                request.method,
                f"{target}{request.rel_url}",
                data=body,
                headers=_kept(request.headers),
                allow_redirects=False,
            )
        except ClientConnectorError as error:
            raise NotReachedError from error
        async with sent as got:
            return web.Response(
                status=got.status, body=await got.read(), headers=_kept(got.headers)
            )


@asynccontextmanager
async def passing_on(
    weather: Weather, whim: Callable[[], str], targets: Sequence[str]
) -> AsyncIterator[Proxy]:
    """A proxy for the time of the block, on a free port of loopback."""
    connector = TCPConnector(limit=0, force_close=True)
    session = ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),  # cookies are between the browser and the bot
        timeout=ClientTimeout(LONGEST),
        auto_decompress=False,
    )
    async with session:
        proxy = Proxy(weather, whim, targets, session)
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", proxy.handle)
        runner = web.AppRunner(application, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        proxy.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield proxy
        finally:
            await runner.cleanup()


def _kept(headers: CIMultiDictProxy[str]) -> CIMultiDict[str]:
    """The headers that belong to what is said, and not to the connection it came by."""
    return CIMultiDict(
        (name, value) for name, value in headers.items() if name.lower() not in _NOT_PASSED_ON
    )
