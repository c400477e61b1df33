"""What time and the intake bring: reminders, expiry, receipts and refusals."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.dialogue.effects import (
    CloseQuestion,
    DeliveryKind,
    Effect,
    EraseChat,
    Remember,
    Say,
    Words,
    counted,
    words,
)
from bot.dialogue.fresh import sent_away
from bot.dialogue.handover import hand_over
from bot.dialogue.inbound import Delivered, Due, Refused, StatusKnown, Tick
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn, go, reask
from bot.dialogue.world import Scene
from common.contract.choices import Concern, SafeCall

PUSH_WITHIN = timedelta(minutes=10)
"""How long after somebody's own message an answer is no push: they are still looking."""


def is_quiet(session: Session) -> bool:
    """Whether a push could be seen by somebody who must not see it (the design's safe defaults)."""
    unsafe_call = {session.text("safe_call"), session.text("callme_safe")}
    return (
        session.quiet
        or bool(session.flags)
        or Concern.SAFETY_HOME in session.many("concerns")
        or not unsafe_call.isdisjoint({SafeCall.CAREFUL, SafeCall.NO})
    )


def first_marks(scene: Scene) -> tuple[Effect, ...]:
    """The reminder and the expiry that a new conversation asks for."""
    return (_mark(scene, Due.REMINDER, scene.now), _mark(scene, Due.EXPIRY, scene.now))


def tick(scene: Scene, ticked: Tick) -> Turn:
    """Something is due: put off while the person is active, done when they are not."""
    session = scene.session
    if not session.step or session.reference or session.awaiting:
        return Turn(session)
    touched = datetime.fromisoformat(session.touched)
    if scene.now < touched + _after(scene, ticked.due):
        return Turn(session, (_mark(scene, ticked.due, touched),))
    if ticked.due is Due.EXPIRY:
        closing: tuple[Effect, ...] = (CloseQuestion(),)
        return Turn(session, closing, forget=True)
    if session.reminded or is_quiet(session):
        return Turn(session)
    return Turn(replace(session, reminded=True), (Say((words("reminder", "unfinished"),)),))


def delivered(scene: Scene, arrived: Delivered) -> Turn:
    """The intake has it. After a referral the answers go and the reference stays."""
    session = scene.session
    if not session.awaiting or arrived.delivery != session.awaiting:
        return _call_arrived(scene) if arrived.reference else Turn(session)
    quiet = is_quiet(session)
    after = sent_away(session, arrived.reference, arrived.contact_within_working_days)
    after = replace(after, quiet=quiet)
    if session.erase:
        handed, deliver = hand_over(after, DeliveryKind.ERASURE)
        told = Say((words("delete", "asked_service"), words("delete", "what_remains")))
        return Turn(handed, (deliver, EraseChat(), told), forget=True)
    if quiet and _is_late(scene):
        return Turn(replace(after, step="sent", unseen=True))
    return go(replace(scene, session=after), "sent", says=(receipt(scene, after),))


def receipt(scene: Scene, session: Session) -> Say:
    """The reference, who will be in touch, by when, and what to do if they are not."""
    service = scene.world.service
    return Say(
        (
            words("sent", "reference", reference=session.reference),
            counted("sent", "contact_day", "contact_days", session.contact_days),
            words("sent", "if_not", phone=service.phone),
        )
    )


def refused(scene: Scene, refusal: Refused) -> Turn:
    """The intake will not take it as it is: the answers are kept, and a person can help."""
    phone = scene.world.service.phone
    if refusal.delivery == scene.session.awaiting and not scene.session.reference:
        back = replace(scene.session, awaiting="")
        return go(
            replace(scene, session=back), "review", (words("sending", "refused", phone=phone),)
        )
    return Turn(scene.session, (Say((words("general", "not_passed_on", phone=phone),)),))


def status_known(scene: Scene, known: StatusKnown) -> Turn:
    """Where the referral stands, in words."""
    unknown = words("status", "unknown", phone=scene.world.service.phone)
    told = _STATUS.get(known.status, unknown)
    days = counted("sent", "contact_day", "contact_days", known.contact_within_working_days)
    waiting = known.status in {"received", "assigned"}
    return reask(scene, (told, days) if waiting else (told,))


_STATUS: dict[str, Words] = {
    "received": words("status", "received"),
    "assigned": words("status", "assigned"),
    "accepted": words("status", "accepted"),
    "contacting": words("status", "contacting"),
    "in_contact": words("status", "in_contact"),
    "closed": words("status", "closed"),
    "withdrawn": words("status", "withdrawn"),
}


def _call_arrived(scene: Scene) -> Turn:
    if is_quiet(scene.session) and _is_late(scene):
        return Turn(scene.session)
    return Turn(scene.session, (Say((words("callme_safe", "arrived"),)),))


def _is_late(scene: Scene) -> bool:
    touched = scene.session.touched
    return not touched or scene.now > datetime.fromisoformat(touched) + PUSH_WITHIN


def _after(scene: Scene, due: Due) -> timedelta:
    world = scene.world
    return world.remind_after if due is Due.REMINDER else world.expire_after


def _mark(scene: Scene, due: Due, since: datetime) -> Remember:
    return Remember(due, since + _after(scene, due), mark=0)
