"""When nothing may be pushed, because somebody else could be looking at the phone."""

from datetime import datetime, timedelta

from bot.dialogue.effects import AskContact, DropContactButton, Say
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn
from bot.dialogue.values import replace
from bot.dialogue.world import Scene
from common.contract.choices import Channel, Concern, SafeCall

PUSH_WITHIN = timedelta(minutes=2)
"""How long after somebody's own message an answer is no push: they are still looking."""

_SEEN = Say | AskContact | DropContactButton


def is_quiet(session: Session) -> bool:
    """After danger, any flag, or a number that is not safe to ring (docs/adr/0012)."""
    ringing = {session.text("safe_call"), session.text("callme_safe")}
    return (
        session.quiet
        or bool(session.flags)
        or Concern.SAFETY_HOME in session.many("concerns")
        or not ringing.isdisjoint({SafeCall.CAREFUL, SafeCall.NO})
    )


def remembering_quiet(turn: Turn) -> Turn:
    """The turn, with its session quiet from now on if anything in it asks for that."""
    return replace(turn, session=replace(turn.session, quiet=is_quiet(turn.session)))


def hushed(scene: Scene, turn: Turn) -> Turn:
    """The turn without its messages when nobody asked for them just now and all is to be quiet.

    What was not said is told when the person comes back. A web page pushes nothing: it is read
    by whoever looks at it, and shows the whole talk anyway.
    """
    if scene.session.channel == Channel.WEBCHAT:
        return turn
    said = any(isinstance(one, _SEEN) for one in turn.effects)
    if not said or not is_quiet(scene.session) or not _is_late(scene):
        return turn
    silent = tuple(one for one in turn.effects if not isinstance(one, _SEEN))
    unseen = (*scene.session.unseen, *((turn.news,) if turn.news else ()))
    session = replace(turn.session, unseen=unseen, contact_button=scene.session.contact_button)
    return replace(turn, session=session, effects=silent)


def _is_late(scene: Scene) -> bool:
    touched = scene.session.touched
    return not touched or scene.now > datetime.fromisoformat(touched) + PUSH_WITHIN
