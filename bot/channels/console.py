"""The terminal as a channel: the same engine, for trying things out and writing journeys."""

import asyncio
import contextlib
import sys
import threading
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TextIO

from bot.dialogue.inbound import Command, Inbound, Press, Text
from bot.ports import Arrival, Json, Messages, Outgoing, Received, Store
from bot.transcript import Transcript, find_button, lines
from common.runtime.clock import Clock

SOURCE = "console"
CONVERSATION = "console:here"
HINT = "Type an answer, a button's number or its [label], or a command such as /help. Ctrl-D ends."


def read(body: Json) -> Arrival | None:
    """Read a typed line: `/command`, `=step=value` for a button, anything else as text."""
    text = str(body.get("text", ""))
    return Arrival(_inbound(text)) if text.strip() else None


def _inbound(text: str) -> Inbound:
    if text.startswith("="):
        step, _, value = text[1:].partition("=")
        return Press(step, value)
    if text.startswith("/") and len(text) > 1:
        name, _, argument = text[1:].partition(" ")
        return Command(name, argument)
    return Text(text)


class Console:
    """Prints what the dialogue says, and keeps the talk so that it can become a test."""

    def __init__(self, store: Store, clock: Clock, out: TextIO = sys.stdout) -> None:
        self._store = store
        self._clock = clock
        self._out = out
        self._shown: list[Outgoing] = []
        self.transcript = Transcript()

    async def send(self, conversation: str, outgoing: Outgoing, known: Messages) -> None:  # noqa: ARG002 one person sits here
        """Print one outgoing thing."""
        if outgoing.verb in {"say", "redraw"}:
            self._shown.append(outgoing)
        self.transcript.said(outgoing)
        if printed := lines(outgoing, numbered=True):
            print(f"\n{printed}", file=self._out, flush=True)

    async def take(self, line: str) -> None:
        """Store a typed line as this conversation's next message; a [label] presses its button."""
        typed = line.strip()
        self.transcript.me(typed)
        data = find_button(self._shown, typed.strip("[]"))
        text = f"={data}" if data and data.split("=")[0] != "contact" else typed
        received = Received(SOURCE, uuid.uuid4().hex, CONVERSATION, {"text": text}, self._clock())
        await self._store.receive([received])

    async def run(
        self, wake: Callable[[str], None], settled: Callable[[], Awaitable[None]]
    ) -> None:
        """Talk until the input ends."""
        print(HINT, file=self._out)
        typed = _typed_lines()
        line = "/start"
        while line:
            await self.take(line)
            wake(CONVERSATION)
            await settled()
            print("\n> ", end="", file=self._out, flush=True)
            line = await typed.get()


def _typed_lines() -> asyncio.Queue[str]:
    """What is typed, line by line, and an empty one at the end.

    Read in a thread that nobody waits for, so that Ctrl-C ends the talk without an Enter.
    """
    loop, typed = asyncio.get_running_loop(), asyncio.Queue[str]()

    def read_on() -> None:
        line = "more"
        while line:
            line = sys.stdin.readline()
            with contextlib.suppress(RuntimeError):  # the talk has ended meanwhile
                loop.call_soon_threadsafe(typed.put_nowait, line)

    threading.Thread(target=read_on, daemon=True).start()
    return typed


def offer_journey(console: Console, ask: Callable[[str], str], folder: Path) -> Path | None:
    """At the end of a talk: keep it as a transcript test if wished; returns where."""
    name = ask("\nKeep this talk as a transcript test? Type a short name, or just Enter: ").strip()
    if not name:
        return None
    path = folder / f"{''.join(one if one.isalnum() else '_' for one in name)}.yaml"
    path.write_text(console.transcript.journey(name), encoding="utf-8")
    return path
