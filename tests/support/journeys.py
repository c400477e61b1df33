"""Plays a written conversation and writes down what was said, saving and reading in between."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from bot.dialogue.effects import AskStatus, Deliver, DeliveryKind, Effect, Remember
from bot.dialogue.engine import advance
from bot.dialogue.inbound import (
    Blocked,
    Command,
    Delivered,
    Inbound,
    Media,
    MediaKind,
    Press,
    Refused,
    SharedContact,
    StatusKnown,
    Text,
    Tick,
)
from bot.dialogue.session import Session
from bot.listening.phrases import PhraseListener
from bot.ports import Outgoing
from bot.transcript import EXAMPLE_REFERENCE, find_button, lines
from bot.vocabulary import Shipped
from tests.support.world import LOCALES, NOON, translator, world

_WAIT = re.compile(r"\{wait (\d+) (minute|hour|day)s?\}")
_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}


@cache
def _listener() -> PhraseListener:
    return Shipped.load(LOCALES).listener


@dataclass
class Talk:
    """One conversation being played, by a notation of one line for each thing that happens.

    plain text is typed; `/start bn-F84122` is a command; `[Label]` presses the button that
    shows it; `[=step=value]` presses one by its data, old ones too; `{photo}` and the like send
    media; `{contact +44…}` shares a number; `{edit …}` edits a message; `{wait 1 day}` lets
    time pass; `{delivered}`, `{refused}`, `{status accepted}` are the intake's answers;
    `{block}` blocks.
    """

    language: str = ""
    channel: str = "telegram"
    now: datetime = NOON
    shown: list[Outgoing] = field(default_factory=list)
    delivered: list[Deliver] = field(default_factory=list)
    due: list[Remember] = field(default_factory=list)
    taps: int = 0

    def __post_init__(self) -> None:
        self.session = self._new()

    def play(self, me: str) -> list[str]:
        """Let this happen; returns what was answered, one text for each thing seen."""
        self._count(me)
        if match := _WAIT.fullmatch(me):
            return self._wait(int(match[1]) * _UNITS[match[2]])
        self.now += timedelta(seconds=10)
        return self._turn(self._inbound(me))

    def _new(self) -> Session:
        return Session("journey0", channel=self.channel, language=self.language)

    def _count(self, me: str) -> None:
        sent = any(one.kind is DeliveryKind.REFERRAL for one in self.delivered)
        if not me.startswith("{") and not sent:
            self.taps += 1

    def _inbound(self, me: str) -> Inbound:
        if me.startswith("/"):
            name, _, argument = me[1:].partition(" ")
            return Command(name, argument)
        if me.startswith("["):
            return self._press(me[1:-1])
        if me.startswith("{"):
            return self._event(*me[1:-1].partition(" ")[::2])
        return Text(me, _listener().signals(me))

    def _press(self, label: str) -> Press:
        data = label[1:] if label.startswith("=") else find_button(self.shown, label)
        assert data is not None, f"no button shows {label!r}"
        step, _, value = data.partition("=")
        return Press(step, value)

    def _event(self, name: str, detail: str) -> Inbound:
        if name == "delivered":
            return Delivered(self.delivered[-1].id, EXAMPLE_REFERENCE, 5)
        events: Mapping[str, Inbound] = {
            "refused": Refused(self.delivered[-1].id if self.delivered else ""),
            "status": StatusKnown(detail, 5),
            "contact": SharedContact(detail),
            "edit": Text(detail, edited=True),
            "block": Blocked(),
        }
        return events[name] if name in events else Media(MediaKind(name), detail)

    def _wait(self, how_long: timedelta) -> list[str]:
        until = self.now + how_long
        said: list[str] = []
        while due := sorted((one for one in self.due if one.at <= until), key=lambda one: one.at):
            self.due.remove(due[0])
            self.now = max(self.now, due[0].at)
            said += self._turn(Tick(due[0].due))
        self.now = until
        return said

    def _turn(self, inbound: Inbound) -> list[str]:
        turn = advance(self.session, inbound, self.now, world())
        said = [text for one in turn.effects if (text := self._seen(turn.session, one))]
        if turn.forget:
            self.session, self.due = self._new(), []
            return [*said, "(forgotten)"]
        # Saved and read again between any two turns, as in life.
        self.session = Session.load(turn.session.dump())
        assert self.session == turn.session
        return said

    def _seen(self, session: Session, effect: Effect) -> str:
        if isinstance(effect, Deliver):
            self.delivered.append(effect)
            return f"(delivers {effect.kind})"
        if isinstance(effect, AskStatus):
            return "(asks the service)"
        if isinstance(effect, Remember):
            self.due.append(effect)
            return ""
        outgoing = translator().render(effect, session.language or "en")
        if outgoing.verb in {"say", "redraw"}:
            self.shown.append(outgoing)
        return lines(outgoing)


def play(journey: Mapping[str, object], turns: Sequence[str]) -> tuple[Talk, list[list[str]]]:
    """Play all turns of a journey; returns the talk at its end and all that was said."""
    channel = str(journey.get("channel", "telegram"))
    talk = Talk(language=str(journey.get("app", "")), channel=channel)
    return talk, [talk.play(me) for me in turns]
