"""A private chat as the person sees it: messages, buttons, the keyboard below."""

import asyncio
from dataclasses import dataclass, field

from tests.telegram_server.markup import Rows


@dataclass
class Message:
    """One message. `html` is what the bot sent, `text` what is read; `at` is a Unix time."""

    id: int
    text: str
    at: float
    html: str = ""
    from_bot: bool = True
    buttons: Rows = field(default_factory=list)
    deleted: bool = False
    edits: int = 0

    @property
    def choices(self) -> list[str]:
        """The data behind the buttons, row after row."""
        return [data for row in self.buttons for _, data in row]


@dataclass
class Callback:
    """A pressed button, waiting for its answer; `notice` is the answer's text."""

    id: str
    chat: int
    answered: bool = False
    notice: str = ""


@dataclass
class Event:
    """Something the person sees happen: a `message`, an `edit`, its `buttons` gone, a `delete`."""

    kind: str
    message: Message


@dataclass
class Chat:
    """Everything of one chat, and what waits for something to happen in it."""

    id: int
    started: bool = False
    blocked: bool = False
    contact_button: str = ""
    messages: dict[int, Message] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def visible(self) -> list[Message]:
        return [one for one in self.messages.values() if not one.deleted]

    async def happened(self, kind: str, message: Message) -> None:
        self.events.append(Event(kind, message))
        await self.notify()

    async def notify(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    def transcript(self) -> str:
        """The chat in words, for a failed test to show."""
        lines = [
            f"{'bot' if one.from_bot else 'person'}: {one.text!r} {one.choices or ''}"
            for one in self.visible
        ]
        return "\n".join(lines) or "(nothing was said)"
