"""Carrying out a step's outcome: which question is open next, and what is said."""

from dataclasses import dataclass

from bot.dialogue.effects import (
    AskContact,
    Button,
    CloseQuestion,
    DropContactButton,
    Effect,
    Redraw,
    Say,
    Words,
    words,
)
from bot.dialogue.flow import IN_FLOW, STEPS, next_step
from bot.dialogue.session import Session
from bot.dialogue.step import RETURN, Again, Answered, Ask, Outcome, Step, Toggled, Unmoved
from bot.dialogue.values import replace
from bot.dialogue.voices import listen_row
from bot.dialogue.world import Scene


@dataclass(frozen=True, slots=True)
class Turn:
    """The session after the turn and what is to be done.

    `forget` drops the session then. `news` names what the turn says, so that it can be said
    later when it must not be said now.
    """

    session: Session
    effects: tuple[Effect, ...] = ()
    forget: bool = False
    news: str = ""


def apply(scene: Scene, outcome: Outcome) -> Turn:
    """Carry out what the open question made of an answer."""
    step = STEPS[scene.session.step]
    if isinstance(outcome, Answered):
        return _answered(scene, step, outcome)
    if isinstance(outcome, Toggled):
        toggled = replace(scene, session=outcome.session)
        return Turn(outcome.session, (Redraw(question(toggled, step)),))
    if isinstance(outcome, Again):
        return _again(scene, step, outcome)
    if isinstance(outcome, Unmoved):
        return Turn(outcome.session, outcome.effects)
    return reask(replace(scene, session=outcome.session), outcome.lead)


def reask(scene: Scene, lead: tuple[Words, ...] = (), says: tuple[Say, ...] = ()) -> Turn:
    """Ask the open question again, below something that was said."""
    again = bool(lead or says)
    return _open(scene, STEPS[scene.session.step], lead, says, again=again)


def detour(
    scene: Scene, name: str, lead: tuple[Words, ...] = (), says: tuple[Say, ...] = ()
) -> Turn:
    """Ask another question first, and come back to the open one after it."""
    session = scene.session
    if session.step and session.step != "resume":
        session = replace(session, detours=_pushed(session))
    return go(replace(scene, session=session), name, lead, says)


def _pushed(session: Session) -> tuple[str, ...]:
    """The open question on top; were it there already, what lies above it falls away."""
    below = session.detours
    if session.step in below:
        below = below[: below.index(session.step)]
    return (*below, session.step)


def go(scene: Scene, name: str, lead: tuple[Words, ...] = (), says: tuple[Say, ...] = ()) -> Turn:
    """Open this question."""
    return _open(replace(scene, session=replace(scene.session, misses=0)), STEPS[name], lead, says)


def advance_flow(scene: Scene, lead: tuple[Words, ...] = (), says: tuple[Say, ...] = ()) -> Turn:
    """Open the flow's next question; interruptions are over."""
    on_the_way = replace(scene, session=replace(scene.session, detours=()))
    return go(on_the_way, next_step(on_the_way).name, lead, says)


def come_back(scene: Scene, lead: tuple[Words, ...] = (), says: tuple[Say, ...] = ()) -> Turn:
    """Open the question that was interrupted last; without one, the flow's next."""
    if not scene.session.detours:
        return advance_flow(scene, lead, says)
    *outer, name = scene.session.detours
    return go(
        replace(scene, session=replace(scene.session, detours=tuple(outer))), name, lead, says
    )


def question(scene: Scene, step: Step, ask: Ask | None = None) -> Say:
    """The question with its own buttons and those that stand everywhere."""
    ask = ask or step.ask(scene)
    return Say(ask.parts, (*ask.rows, *_everywhere(scene, step)), question=step.name)


def _answered(scene: Scene, step: Step, outcome: Answered) -> Turn:
    session = outcome.session
    if step.name in IN_FLOW and outcome.passed:
        session = replace(session, asked=_asked(session, step, outcome))
    after = replace(scene, session=session)
    if outcome.goto == RETURN:
        turn = come_back(after, outcome.lead, outcome.says)
    elif outcome.goto:
        turn = go(after, outcome.goto, outcome.lead, outcome.says)
    else:
        turn = advance_flow(after, outcome.lead, outcome.says)
    return replace(turn, effects=(*turn.effects, *outcome.effects))


def _asked(session: Session, step: Step, outcome: Answered) -> tuple[str, ...]:
    """The step among those asked: the latest, which Back leads to, unless it interrupted."""
    if outcome.goto == RETURN and step.name in session.asked:
        return session.asked
    return (*(name for name in session.asked if name != step.name), step.name)


def _again(scene: Scene, step: Step, outcome: Again) -> Turn:
    session = outcome.session or scene.session
    texts = (*step.again, _way_out(scene, step))
    lead = outcome.lead or (texts[session.misses % len(texts)],)
    missed = replace(session, misses=session.misses + 1)
    return _open(replace(scene, session=missed), step, lead, again=True)


def _way_out(scene: Scene, step: Step) -> Words:
    """What is offered to somebody who was not understood three times."""
    if step.name.startswith("callme"):
        return words("general", "offer_number", phone=scene.world.service.phone)
    return words("general", "offer_call")


def _open(
    scene: Scene,
    step: Step,
    lead: tuple[Words, ...] = (),
    says: tuple[Say, ...] = (),
    *,
    again: bool = False,
) -> Turn:
    """Close what was open, say what is to be said, and ask: one question at a time."""
    ask = step.ask_again(scene) if again else step.ask(scene)
    session = replace(scene.session, step=step.name, contact_button=ask.contact)
    asked = question(replace(scene, session=session), step, ask)
    asking = replace(asked, parts=(*lead, *asked.parts))
    closing = (CloseQuestion(),) if scene.session.step else ()
    if ask.contact:
        share = AskContact(words("phone", "or_share"), words("phone", "share"))
        return Turn(session, (*closing, *says, asking, share))
    if scene.session.contact_button:
        # The platform takes the share-my-number button away only with a message of its own.
        first, *rest = lead or (words("phone", "thanks"),)
        asking = replace(asked, parts=(*rest, *asked.parts))
        return Turn(session, (*closing, *says, DropContactButton(first), asking))
    return Turn(session, (*closing, *says, asking))


def _everywhere(scene: Scene, step: Step) -> tuple[tuple[Button, ...], ...]:
    """Hearing it where it can be; back and skip where they lead somewhere; help and a call."""
    session = scene.session
    moving = []
    if step.name not in {"sending", "sent"} and (session.detours or len(session.asked) > 1):
        moving.append(Button("do", "back", words("do", "back")))
    if step.skippable:
        moving.append(Button("do", "skip", words("do", "skip")))
    if step.name == "welcome":
        moving.append(Button("do", "language", words("do", "language")))
    helping = [Button("do", "urgent", words("do", "urgent"))]
    if not step.name.startswith("callme"):
        helping.append(Button("do", "callme", words("do", "callme")))
    return tuple(tuple(row) for row in (listen_row(scene, step.name), moving, helping) if row)
