"""Telegram as staff have it: a Bot API server in a thread of its own, and somebody's phone."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, TypeVarTuple

from anyio.from_thread import BlockingPortal, start_blocking_portal
from pydantic import SecretStr

from tests.support.intake_api import Api
from tests.telegram_server.chat import Message
from tests.telegram_server.person import Person
from tests.telegram_server.server import TOKEN, TelegramServer, serving

T = TypeVar("T")
Args = TypeVarTuple("Args")
LOOKS = 5000


@dataclass
class Phone:
    """One person's Telegram; waits for what happens, as they would."""

    person: Person
    portal: BlockingPortal

    def says(self, words: str) -> str:
        """Write something; what is answered."""
        self.portal.call(self.person.send, words)
        return self.hears().text

    def hears(self, kinds: tuple[str, ...] = ("message",)) -> Message:
        """The next message."""
        (message,) = self.portal.call(self.person.wait_for, 1, kinds)
        return message

    def presses(self, data: str, message: Message | None = None) -> str:
        """Press a button; the notice that pops up."""
        pressed = self.portal.call(self.person.press, data, message)
        return self.portal.call(self.person.answered, pressed)

    def blocks(self) -> None:
        """Block the bot."""
        self.portal.call(self.person.block)

    @property
    def messages(self) -> list[str]:
        """All that stands in the chat."""
        return [one.text for one in self.person.history]


@dataclass
class Telegram:
    """The server, for tests that do not run in a loop themselves."""

    server: TelegramServer
    portal: BlockingPortal

    @property
    def settings(self) -> dict[str, Any]:
        """With which an api's staff bot finds it."""
        return {
            "staff_telegram_token": SecretStr(TOKEN),
            "staff_telegram_api_url": self.server.url,
        }

    def phone(self, number: int = 7001) -> Phone:
        """Somebody's phone."""
        return Phone(self.server.person(number), self.portal)

    def run(self, work: Callable[[*Args], Awaitable[T]], *args: *Args) -> T:
        """Do something in the server's own loop."""
        return self.portal.call(work, *args)

    def faults(self) -> list[str]:
        """What had to be refused, was not known, or was never answered."""
        refused = [f"{one.method}: {one.status}" for one in self.server.calls if one.status != 200]
        unknown = [f"{one} is no method" for one in self.server.unknown]
        return [*refused, *unknown, *(f"{one} unanswered" for one in self.server.unanswered)]


@contextmanager
def telegram_server() -> Iterator[Telegram]:
    """Serve in a thread, until left."""
    with (
        start_blocking_portal() as portal,
        portal.wrap_async_context_manager(serving()) as server,
    ):
        yield Telegram(server, portal)


def until(api: Api, seen: Callable[[], bool]) -> None:
    """Let the api work until this is so; for what nothing can be asked to tell."""
    for _ in range(LOOKS):
        if seen():
            return
        api.run(asyncio.sleep, 0)
    raise AssertionError("waited in vain")
