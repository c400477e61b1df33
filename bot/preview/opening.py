"""Brings a made-up talk to the step that is to be looked at, by the engine itself. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.dialogue.effects import AskStatus, Deliver, Say, Words
from bot.dialogue.engine import Turn, advance
from bot.dialogue.inbound import (
    Command,
    Delivered,
    Inbound,
    Media,
    MediaKind,
    Press,
    Signals,
    StatusKnown,
    Text,
)
from bot.dialogue.session import Session
from bot.dialogue.values import replace
from bot.dialogue.world import World
from common.contract.choices import Channel

REFERENCE = "TH-7K3M-9QX"
DAYS = 5
MOST = 60  # turns: far more than there are questions

_TYPED: Mapping[str, str] = {
    "helper_name": "Rahima Begum",
    "postcode": "E1 4DG",
    "name": "Amina Hassan",
    "date_of_birth": "25 3 1980",
    "phone": "07700 900123",
    "other_detail": "amina@example.org",
    "own_words": "I would like to meet people",
    "name_to_use": "Mina",
}
_PRESSED: Mapping[str, str] = {
    "welcome": "yes",
    "who_for": "me",
    "helper_relation": "friend",
    "safe_now": "safe",
    "residence": "moved",
    "other_contact": "email",
    "send_now": "more",
    "safe_call": "yes",
    "safe_voicemail": "yes",
    "safe_text": "yes",
    "who_answers": "only_me",
    "best_time": "any",
    "call_language": "same",
    "interpreter": "yes",
    "worker_gender": "any",
    "access_needs": "none",
    "review": "send",
}


@dataclass(frozen=True)
class _Way:
    """To the question `at`, as most people would but for `answers`, and from there by `then`."""

    at: str
    then: Sequence[Inbound] = ()
    answers: Mapping[str, Inbound] = field(default_factory=dict)


_FOR_ANOTHER = {"who_for": Press("who_for", "other")}
_NO_PHONE = {"phone": Press("phone", "no_phone")}
_OUTSIDE = {"postcode": Text("SW1A 1AA")}
_SENT = (Press("review", "send"), Delivered(""))  # whichever delivery that turns out to be
_WAYS: Mapping[str, _Way] = {
    "helper_name": _Way("helper_name", (), _FOR_ANOTHER),
    "helper_relation": _Way("helper_relation", (), _FOR_ANOTHER),
    "residence": _Way("residence", (), _OUTSIDE),
    "not_eligible": _Way("not_eligible", (), {"practice": Press("practice", "not_registered")}),
    "other_contact": _Way("other_contact", (), _NO_PHONE),
    "other_detail": _Way("other_detail", (), _NO_PHONE),
    "interpreter": _Way("interpreter", (), {"call_language": Press("call_language", "so")}),
    "safe_check": _Way("own_words", (Text("…", Signals(check=True)),)),
    "after_help": _Way("safe_now", (Press("safe_now", "help_now"),)),
    "callme_language": _Way("language", (Press("language", "other"),)),
    "callme_phone": _Way("postcode", (Press("do", "callme"),)),
    "callme_safe": _Way("postcode", (Press("do", "callme"), Text("07700 900123"))),
    "change": _Way("review", (Press("review", "change"),)),
    "resume": _Way("postcode", (Command("start"),)),
    "sending": _Way("review", (Press("review", "send"),)),
    "sent": _Way("review", _SENT),
    "about_gender": _Way("review", (*_SENT, Press("sent", "about_you"))),
    "about_ethnicity": _Way("review", (*_SENT, Press("sent", "about_you"), Press("do", "skip"))),
    "feedback_easy": _Way("review", (*_SENT, Press("sent", "feedback"))),
    "feedback_understood": _Way(
        "review", (*_SENT, Press("sent", "feedback"), Press("feedback_easy", "5"))
    ),
    "new_phone": _Way("review", (*_SENT, Press("sent", "new_phone"))),
    "withdraw": _Way("review", (*_SENT, Press("sent", "withdraw"))),
    "status": _Way("review", (*_SENT, StatusKnown("contacting", DAYS))),
    "general": _Way("who_for", (Text("?"),)),
    "help": _Way("postcode", (Command("help"),)),
    "commands": _Way("postcode", (Command("help"),)),
    "do": _Way("postcode"),
    "reminder": _Way("postcode"),
    "help_card": _Way("postcode", (Press("do", "urgent"),)),
    "media": _Way("own_words", (Media(MediaKind.VOICE),)),
    "privacy": _Way("welcome", (Command("privacy"),)),
    "delete": _Way("postcode", (Command("delete"),)),
    "stop": _Way("postcode", (Command("stop"),)),
}
"""The ways to what plain answers do not lead to, and to what is no question of its own."""


def opened(step: str, language: str, now: datetime, world: World) -> Turn:
    """The turn that shows this step or part of the catalogues; the first question if none does."""
    way = _WAYS.get(step, _Way(step))
    turn = _begin(language, now, world)
    for _ in range(MOST):
        if turn.session.step == way.at:
            return _gone_on(turn, way.then, step, now, world)
        turn = advance(turn.session, _answer(turn.session, way, language, world), now, world)
    return _begin(language, now, world)


def consequences(turn: Turn) -> list[Inbound]:
    """What the service would answer to a turn: it is made up, and nothing is sent to it."""
    answers: list[Inbound] = []
    for effect in turn.effects:
        if isinstance(effect, Deliver):
            answers.append(Delivered(effect.id, REFERENCE, DAYS))
        elif isinstance(effect, AskStatus):
            answers.append(StatusKnown("contacting", DAYS))
    return answers


def _begin(language: str, now: datetime, world: World) -> Turn:
    session = Session("preview", Channel.WEBCHAT, language)
    return advance(session, Command("start"), now, world)


def _gone_on(turn: Turn, then: Sequence[Inbound], step: str, now: datetime, world: World) -> Turn:
    for step_on in then:
        is_receipt = isinstance(step_on, Delivered)
        receipt = Delivered(turn.session.awaiting, REFERENCE, DAYS)
        turn = advance(turn.session, receipt if is_receipt else step_on, now, world)
    if step == "reminder":  # which time alone brings, and never to a page
        return replace(turn, effects=(Say((Words("reminder", "unfinished"),)),))
    return turn


def _answer(session: Session, way: _Way, language: str, world: World) -> Inbound:
    step = session.step
    if step in way.answers:
        return way.answers[step]
    if step == "language":
        return Press(step, language)
    if step == "concerns":
        return Press(step, "done" if session.many(step) else "housing")
    if step == "practice":
        return _practice(session, world)
    return Text(_TYPED[step]) if step in _TYPED else Press(step, _PRESSED.get(step, ""))


def _practice(session: Session, world: World) -> Inbound:
    """Some practice of the borough, found by its name as residents do."""
    if session.offered:
        return Press("practice", session.offered[0])
    names = [one.name for one in world.directory.practices if one.open]
    if session.misses or not names:
        return Press("practice", "unknown")
    return Text(names[0])
