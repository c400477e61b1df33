"""What time and the intake bring: reminders, expiry, receipts and refusals."""

from dataclasses import replace
from datetime import datetime

from bot.dialogue.effects import CloseQuestion, EraseChat, Say, Words, counted, words
from bot.dialogue.fresh import sent_away
from bot.dialogue.handover import ask_to_erase
from bot.dialogue.inbound import Delivered, Due, Refused, StatusKnown, Tick
from bot.dialogue.marks import first_marks, mark, time_until
from bot.dialogue.quiet import is_quiet
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn, go, reask
from bot.dialogue.world import Scene

_STATUS: dict[str, Words] = {
    "received": words("status", "received"),
    "assigned": words("status", "assigned"),
    "accepted": words("status", "accepted"),
    "contacting": words("status", "contacting"),
    "in_contact": words("status", "in_contact"),
    "closed": words("status", "closed"),
    "withdrawn": words("status", "withdrawn"),
}


def tick(scene: Scene, ticked: Tick) -> Turn:
    """Something is due: put off while the person is active, done when they are not."""
    session = scene.session
    if session.reference:
        return Turn(session)  # a draft no more
    touched = scene.now if session.awaiting else datetime.fromisoformat(session.touched)
    if scene.now < touched + time_until(scene.world, ticked.due):
        return Turn(session, (mark(scene.world, ticked.due, touched),))
    if ticked.due is Due.EXPIRY:
        return Turn(session, (CloseQuestion(),), forget=True)
    if session.reminded or is_quiet(session):
        return Turn(session)
    return Turn(replace(session, reminded=True), (Say((words("reminder", "unfinished"),)),))


def delivered(scene: Scene, arrived: Delivered) -> Turn:
    """The intake has it. After a referral the answers go and the reference stays."""
    session = scene.session
    if arrived.delivery in session.calling:
        return _call_arrived(session, arrived)
    if not session.awaiting or arrived.delivery != session.awaiting:
        return Turn(session)
    after = sent_away(session, arrived.reference, arrived.contact_within_working_days)
    sent = replace(scene, session=after)
    return erased(sent) if session.erase else go(sent, "sent", says=(receipt(scene, after),))


def receipt(scene: Scene, session: Session) -> Say:
    """The reference, who will be in touch, by when, and what to do if they are not."""
    return Say(
        (
            words("sent", "reference", reference=session.reference),
            counted("sent", "contact_day", "contact_days", session.contact_days),
            words("sent", "if_not", phone=scene.world.service.phone),
        )
    )


def erased(scene: Scene) -> Turn:
    """Forget the conversation, and ask the service to erase what it has of it."""
    session, deliveries = ask_to_erase(scene.session)
    gone = words("delete", "asked_service") if deliveries else words("delete", "draft_gone")
    told = Say((gone, words("delete", "what_remains")))
    return Turn(session, (*deliveries, EraseChat(), told), forget=True)


def refused(scene: Scene, refusal: Refused) -> Turn:
    """The intake will not take it as it is: the answers are kept, and a person can help."""
    session = scene.session
    calling = tuple(one for one in session.calling if one != refusal.delivery)
    if refusal.delivery != session.awaiting:
        sorry = words("general", "not_passed_on", phone=scene.world.service.phone)
        return Turn(replace(session, calling=calling), (Say((sorry,)),))
    back = replace(scene, session=replace(session, awaiting="", detours=()))
    if session.erase:
        return erased(back)
    turn = go(back, "review", (not_taken(scene),))
    return replace(turn, effects=(*turn.effects, *first_marks(scene)))


def not_taken(scene: Scene) -> Words:
    """That the referral did not go through, and what to do about it."""
    return words("sending", "refused", phone=scene.world.service.phone)


def status_known(scene: Scene, known: StatusKnown) -> Turn:
    """Where the referral stands, in words."""
    unknown = words("status", "unknown", phone=scene.world.service.phone)
    told = _STATUS.get(known.status, unknown)
    days = counted("sent", "contact_day", "contact_days", known.contact_within_working_days)
    waiting = known.status in {"received", "assigned"}
    return reask(scene, (told, days) if waiting else (told,))


def _call_arrived(session: Session, arrived: Delivered) -> Turn:
    known = replace(
        session,
        calling=tuple(one for one in session.calling if one != arrived.delivery),
        earlier=(*session.earlier, (session.id, arrived.reference)),
    )
    return Turn(known, (Say((words("callme_safe", "arrived"),)),))
