"""Brings updates to the bot, by long polling or webhook, until it confirms them."""

import asyncio
import contextlib
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.telegram_server.errors import ApiError, bad_request
from tests.telegram_server.methods import Method, Params

_AT_ONCE = 40
"""How many updates are posted at the same time, each of somebody else: Telegram's own default."""
_TRIES_AT_ONCE = 5
_LONGEST_PAUSE = 2.0


@dataclass
class Webhook:
    """Where updates are posted to; `statuses` are the answers so far."""

    url: str
    secret: str
    statuses: list[int]


class Updates:
    """The updates that the bot has not confirmed, and both ways to fetch them."""

    def __init__(self, answer_lost: Callable[[], bool]) -> None:
        self.pending: dict[int, dict[str, Any]] = {}
        self.webhook: Webhook | None = None
        self._all: dict[int, dict[str, Any]] = {}
        self._answer_lost = answer_lost
        self._numbers = itertools.count(1000)
        self._changed = asyncio.Condition()
        self._polls = 0
        self._closing = asyncio.Event()
        self._posting: asyncio.Task[None] | None = None
        self._posted_for: set[int] = set()

    def by_name(self) -> dict[str, Method]:
        """The methods under the names the bot calls."""
        return {
            "getUpdates": self.get_updates,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
        }

    async def push(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update; returns its number."""
        number = next(self._numbers)
        self._all[number] = {"update_id": number, kind: content}
        await self.repeat(number)
        return number

    async def repeat(self, number: int) -> None:
        """Bring an update again, as when its confirmation was lost."""
        self.pending[number] = self._all[number]
        await self._notify()

    @property
    def taken(self) -> list[dict[str, Any]]:
        """The updates that the bot has confirmed, oldest first."""
        return [one for number, one in self._all.items() if number not in self.pending]

    async def confirmed(self) -> None:
        """Wait until the bot has confirmed everything."""
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(lambda: not self.pending)

    async def get_updates(self, params: Params) -> object:
        if self.webhook:
            raise ApiError(409, "Conflict: can't use getUpdates while webhook is active")
        offset, limit = int(params.get("offset", 0)), int(params.get("limit", 100))
        for number in [one for one in self.pending if one < offset]:
            del self.pending[number]
        self._polls += 1
        mine = self._polls
        await self._notify()
        await self._wait(int(params.get("timeout", 0)), mine)
        if mine != self._polls:
            raise ApiError(409, "Conflict: terminated by other getUpdates request")
        return list(self.pending.values())[:limit]

    async def set_webhook(self, params: Params) -> object:
        await self.delete_webhook(params)
        if not params.get("url", "").startswith("http"):
            raise bad_request("invalid webhook URL specified")
        self.webhook = Webhook(params["url"], params.get("secret_token", ""), [])
        self._posting = asyncio.create_task(self._post_all(self.webhook))
        return True

    async def delete_webhook(self, _: Params) -> object:
        self.webhook = None
        if self._posting:
            self._posting.cancel()
            await asyncio.gather(self._posting, return_exceptions=True)
            self._posting = None
        return True

    async def close(self) -> None:
        self._closing.set()
        await self.delete_webhook({})
        await self._notify()

    async def _wait(self, seconds: int, mine: int) -> None:
        def ready() -> bool:
            return bool(self.pending) or self._closing.is_set() or mine != self._polls

        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(ready)
        except TimeoutError:
            return

    async def _post_all(self, webhook: Webhook) -> None:
        """Post to the webhook: in order for each person, side by side between them."""
        async with (
            ClientSession(timeout=ClientTimeout(30)) as session,
            asyncio.TaskGroup() as group,
        ):
            while True:
                async with self._changed:
                    await self._changed.wait_for(lambda: self._next() is not None)
                number = self._next()
                assert number is not None
                self._posted_for.add(self._whose(number))
                group.create_task(self._post(session, webhook, number))

    def _next(self) -> int | None:
        """The first update of somebody for whom nothing is being posted."""
        if len(self._posted_for) >= _AT_ONCE:
            return None
        free = (one for one in self.pending if self._whose(one) not in self._posted_for)
        return next(free, None)

    def _whose(self, number: int) -> int:
        (content,) = (one for name, one in self._all[number].items() if name != "update_id")
        return int(content.get("from", {}).get("id", 0))

    async def _post(self, session: ClientSession, webhook: Webhook, number: int) -> None:
        """Post this update until it is confirmed."""
        try:
            for tries in itertools.count():
                if await self._posted(session, webhook, self._all[number]):
                    break
                await self._rest(tries)
            self.pending.pop(number, None)
        finally:
            self._posted_for.discard(self._whose(number))
        await self._notify()

    async def _rest(self, tries: int) -> None:
        """Some tries follow one another at once, the others ever later."""
        if tries < _TRIES_AT_ONCE:
            return
        seconds = min(0.05 * 2 ** (tries - _TRIES_AT_ONCE), _LONGEST_PAUSE)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()

    async def _posted(
        self, session: ClientSession, webhook: Webhook, update: dict[str, Any]
    ) -> bool:
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
        try:
            async with session.post(webhook.url, data=json.dumps(update), headers=headers) as got:
                webhook.statuses.append(got.status)
                return 200 <= got.status < 300 and not self._answer_lost()
        except (ClientError, TimeoutError):
            webhook.statuses.append(0)
            return False

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()
