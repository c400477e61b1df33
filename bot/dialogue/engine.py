"""The one function that turns a conversation: session and inbound in, session and effects out."""

from datetime import datetime

from bot.dialogue import commands, hearing, lifecycle
from bot.dialogue.effects import Play, Toast, words
from bot.dialogue.flow import STEPS
from bot.dialogue.inbound import (
    Blocked,
    Command,
    Delivered,
    Flooded,
    Inbound,
    Left,
    Media,
    Press,
    Refused,
    SharedContact,
    StatusKnown,
    Text,
    Tick,
)
from bot.dialogue.marks import first_marks
from bot.dialogue.quiet import hushed, remembering_quiet
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn, apply, reask
from bot.dialogue.values import replace
from bot.dialogue.voices import can_be_heard
from bot.dialogue.world import Scene, World
from common.contract.languages import SOURCE_LANGUAGE

__all__ = ["Turn", "advance"]

Said = Text | Press | Command | SharedContact | Media
Happened = Blocked | Left | Flooded | Tick | Delivered | Refused | StatusKnown

_EVERYWHERE = frozenset({"back", "skip", "language", "urgent", "callme"})


def advance(session: Session, inbound: Inbound, now: datetime, world: World) -> Turn:
    """Take one turn. Whatever arrives, the result can be saved, read and gone on with.

    `session.step` is empty for a new conversation. The effects ask at most one question, and
    it is the one that the session says is open. `Turn.forget` means: keep nothing of it.
    """
    scene = Scene(session, world, now)
    if isinstance(inbound, Text | Press | Command | SharedContact | Media):
        return _said(scene, inbound)
    if not session.step and not session.calling:
        # What was forgotten stays forgotten.
        return Turn(session, forget=not session.earlier)
    return hushed(scene, _happened(scene, inbound))


def _happened(scene: Scene, inbound: Happened) -> Turn:
    """Something that the person did not do: time passed, or the intake answered."""
    match inbound:
        case Blocked():
            turn = Turn(replace(scene.session, quiet=True))
        case Left():
            turn = lifecycle.left(scene)
        case Flooded():
            turn = lifecycle.flooded(scene)
        case Tick():
            turn = lifecycle.tick(scene, inbound)
        case Delivered():
            turn = lifecycle.delivered(scene, inbound)
        case Refused():
            turn = lifecycle.refused(scene, inbound)
        case _:
            turn = lifecycle.status_known(scene, inbound)
    return turn


def _said(scene: Scene, inbound: Said) -> Turn:
    """The person did something: they are here, and may be shown what could not be pushed."""
    session = scene.session
    marks = () if session.touched else first_marks(scene)
    here = replace(session, touched=scene.now.isoformat(), unseen=())
    turn = remembering_quiet(_heard(replace(scene, session=here), inbound))
    return replace(
        turn, effects=(*lifecycle.news(scene), *turn.effects, *(() if turn.forget else marks))
    )


def _heard(scene: Scene, inbound: Said) -> Turn:
    match inbound:
        case Command():
            return commands.run(scene, inbound.name, inbound.argument)
        case Text():
            return hearing.hear(scene, inbound)
        case SharedContact():
            return hearing.take_contact(scene, inbound)
        case Media():
            return hearing.see(scene, inbound)
        case _:
            return _pressed(scene, inbound)


def _played(scene: Scene) -> Turn:
    """The open question is heard and stays open; its clip may be gone since it was asked."""
    session = scene.session
    if not can_be_heard(scene, session.step):
        return reask(scene)
    return Turn(session, (Play(session.language or SOURCE_LANGUAGE, session.step),))


def _pressed(scene: Scene, press: Press) -> Turn:
    """A button: one that stands everywhere, one of the open question, or an old one."""
    if press.step == "do" and press.value in _EVERYWHERE:
        return commands.run(scene, press.value)
    if not scene.session.step:
        return commands.begin(scene)
    if press.step == "do" and press.value == "listen":
        return _played(scene)
    if press.step != scene.session.step:
        return Turn(scene.session, (Toast(words("general", "old_button")),))
    return apply(scene, STEPS[press.step].press(scene, press.value))
