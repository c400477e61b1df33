"""Conversations over small fakes, and the messages that arrive for them."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.conversation import Conversations, Limits
from bot.dialogue.effects import Say, words
from bot.dialogue.inbound import Inbound, Text
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn
from bot.outcome import Renderer
from bot.ports import Received, Store
from bot.turns import Turns
from bot.watch import Watch
from common.runtime.jobs import JobRequest
from tests.support.bot_fakes import Advancing, FakeListener, PlainRenderer, plain_reader

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ALICE, BOB = "telegram:1001", "telegram:1002"


def received(conversation: str, number: int, **body: object) -> Received:
    return Received("telegram", str(number), conversation, body, NOW)


def said(conversation: str, number: int, text: str) -> Received:
    return received(conversation, number, text=text)


def echo(session: Session, inbound: Inbound, _: datetime) -> Turn:
    """A dialogue that answers with the text, and remembers all of them."""
    text = inbound.text if isinstance(inbound, Text) else type(inbound).__name__
    told = (*session.many("told"), text)
    after = replace(session.with_answer("told", told), step="asked")
    return Turn(after, (Say((words("echo", text),)),))


def shell(  # noqa: PLR0913 each has its default
    store: Store,
    advance: Advancing = echo,
    listener: FakeListener | None = None,
    *,
    limits: Limits | None = None,
    listen: float = 2.0,
    renderer: Renderer | None = None,
    watch: Watch | None = None,
) -> Conversations:
    turns = Turns(
        store=store,
        listener=listener or FakeListener(),
        renderer=renderer or PlainRenderer(),
        advance=advance,
        readers={"telegram": plain_reader},
        clock=lambda: NOW,
        listen=listen,
        new_id=lambda: "0123456789abcdef",
        watch=watch,
    )
    return Conversations(store, turns, limits)


def sent(jobs: list[JobRequest]) -> list[str]:
    """What the send jobs say, in order."""
    return [
        str(one.get("html", one["verb"]))
        for job in jobs
        if job.kind == "send" and isinstance(outgoing := job.payload["outgoing"], list)
        for one in outgoing
    ]
