"""Follows a talk's stream of changes, and puts them in their places as the page's script does."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.support.sides import PATIENCE
from tests.support.webpage import Page
from tests.support.webvisitor import Visitor

_PARTIAL = re.compile(
    r'<hx-partial hx-target="#([\w-]+)" hx-swap="(\w+)">(.*?)</hx-partial>', re.DOTALL
)
_FROM = re.compile(r'hx-sse:connect="(/stream\?after=\d+)"')


class Follower:
    """A page with scripts: `talk` and `pending` are its lines, by name, as they stand in it.

    `seen` is the number of the latest change, `events` all that came, word for word.
    """

    def __init__(self, page: Page) -> None:
        shown = [one.name for one in page.pending]
        self.talk = {one.name: one.text for one in page.lines if one.name not in shown}
        self.pending = {one.name: one.text for one in page.pending}
        found = _FROM.search(page.source)
        self.address = found[1] if found else "/stream?after=0"
        self.seen = ""
        self.events: list[str] = []

    @asynccontextmanager
    async def connected(self, visitor: Visitor) -> AsyncIterator["Connection"]:
        """The stream, from where this page stands."""
        headers = {"last-event-id": self.seen} if self.seen else {}
        async with visitor.client.stream("GET", self.address, headers=headers) as answer:
            assert answer.status_code == 200
            yield Connection(self, answer.aiter_lines())

    def take(self, number: str, data: str) -> None:
        """Put what has come into its places."""
        self.seen = number
        self.events.append(data)
        for target, swap, content in _PARTIAL.findall(data):
            lines = {one.name: one.text for one in Page(content).lines}
            if target == "talk" and swap == "beforeend":
                assert not set(lines) & set(self.talk), "a line came twice"
                self.talk |= lines
            elif target == "talk":
                self.talk = lines
            elif target == "pending":
                self.pending = lines
            elif target.startswith("l-"):
                assert target in self.talk, "a line has changed that this page never had"
                self.talk |= lines


class Connection:
    """One connection to the stream."""

    def __init__(self, follower: Follower, lines: AsyncIterator[str]) -> None:
        self._follower = follower
        self._lines = lines

    async def next(self) -> None:
        """Wait for the next change."""
        number, data = "", list[str]()
        async with asyncio.timeout(PATIENCE):
            async for line in self._lines:
                name, _, value = line.partition(": ")
                if name == "data":
                    data.append(value)
                elif name == "id":
                    number = value
                elif not line and data:
                    self._follower.take(number, "\n".join(data))
                    return
        raise AssertionError("the stream has ended")

    async def until(self, text: str) -> None:
        """Wait until the page says this."""
        while not any(text in one for one in self._follower.talk.values()):
            await self.next()

    async def ended(self) -> bool:
        """Whether nothing more will come."""
        async with asyncio.timeout(PATIENCE):
            return [line async for line in self._lines] == []
