"""What time and the intake bring: reminders, expiry, receipts and refusals."""

from datetime import datetime

from bot.dialogue.effects import (
    CloseQuestion,
    DeliveryKind,
    EraseChat,
    Say,
    Tidy,
    Words,
    counted,
    words,
)
from bot.dialogue.fresh import only_calls, sent_away, without_draft
from bot.dialogue.handover import ask_to_erase, hand_over
from bot.dialogue.inbound import Delivered, Due, Refused, StatusKnown, Tick
from bot.dialogue.marks import first_marks, mark, time_until
from bot.dialogue.quiet import is_quiet
from bot.dialogue.session import Session
from bot.dialogue.turning import Turn, go, reask
from bot.dialogue.values import replace
from bot.dialogue.world import Scene
from common.contract.choices import Channel

_WAITING = frozenset({"sending", "sent"})
"""Where somebody merely waits for what comes back."""

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
        return replace(_given_up(session), effects=(CloseQuestion(), Tidy()))
    if session.reminded or is_quiet(session) or session.channel == Channel.WEBCHAT:
        return Turn(session)  # a web page reaches nobody who is not looking at it
    return Turn(replace(session, reminded=True), (Say((words("reminder", "unfinished"),)),))


def left(scene: Scene) -> Turn:
    """The person left in a hurry: a draft goes at once, what was confirmed still arrives."""
    session = replace(scene.session, quiet=True)
    if session.reference:
        session = replace(session, answers={})  # of a call half asked for, say
    turn = Turn(session) if session.is_out_of_hand else _given_up(session)
    # What an earlier turn has said meanwhile goes, too.
    return replace(turn, effects=(EraseChat(),))


def flooded(scene: Scene) -> Turn:
    """More came than is read at once: say so, and ask again what is still open."""
    not_read = words("general", "flooded")
    return (
        reask(scene, (not_read,))
        if scene.session.step
        else Turn(scene.session, (Say((not_read,)),))
    )


def _given_up(session: Session) -> Turn:
    """The draft is over; what is at the service already stays known."""
    worth_keeping = bool(session.earlier or session.calling)
    return Turn(without_draft(session), forget=not worth_keeping)


def delivered(scene: Scene, arrived: Delivered) -> Turn:
    """The intake has it. After a referral the answers go and the reference stays."""
    session = scene.session
    if arrived.delivery in dict(session.calling):
        return _call_arrived(session, arrived)
    if not session.awaiting or arrived.delivery != session.awaiting:
        return Turn(_tidied(session))
    after = sent_away(session, arrived.reference, arrived.contact_within_working_days)
    sent = replace(scene, session=after)
    if session.erase:
        return erased(sent)
    said = receipt(scene, after)
    if session.step in _WAITING:
        turn = go(sent, "sent", says=(said,))
    else:
        # Whatever was just being asked, a call for instance, is not cut off.
        turn = Turn(replace(after, detours=("sent",)), (said,))
    # The answers are with the service now, and our copy of the talk has them too.
    return replace(turn, effects=(Tidy(), *turn.effects), news="receipt")


def _tidied(session: Session) -> Session:
    """What was handed over after the referral is kept no longer than the referral was."""
    if session.step != "sent":
        return session
    words_said = {name: one for name, one in session.answers.items() if name == "own_words"}
    return replace(session, answers=words_said)


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
    at_the_service = bool(deliveries or session.calling)
    gone = words("delete", "asked_service") if at_the_service else words("delete", "draft_gone")
    remains = words("delete", "what_remains")
    if session.channel == Channel.WEBCHAT:
        remains = words("delete", "what_remains_page")
    told = Say((gone, remains))
    effects = (*deliveries, EraseChat(), told)
    if session.calling:
        return Turn(only_calls(session), effects)
    return Turn(session, effects, forget=True)


def refused(scene: Scene, refusal: Refused) -> Turn:
    """The intake will not take it as it is: the answers are kept, and a person can help."""
    session = scene.session
    if refusal.delivery != session.awaiting:
        calling = tuple(one for one in session.calling if one[0] != refusal.delivery)
        if refusal.delivery in session.forsaken:
            return Turn(replace(session, calling=calling), forget=not session.step)
        sorry = Say((not_passed_on(scene),))
        return Turn(replace(session, calling=calling), (sorry,), news="not_passed_on")
    back = replace(scene, session=replace(session, awaiting="", detours=()))
    if session.erase:
        return erased(back)
    if session.step in _WAITING:
        turn = go(back, "review", (not_taken(scene),))
    else:
        aside = replace(back.session, detours=("review",))
        turn = Turn(aside, (Say((not_taken(scene),)),))
    return replace(turn, effects=(*turn.effects, *first_marks(scene)), news="refused")


def news(scene: Scene) -> tuple[Say, ...]:
    """What happened while nothing could be said, to be said now."""
    told = {
        "receipt": receipt(scene, scene.session),
        "refused": Say((not_taken(scene),)),
        "not_passed_on": Say((not_passed_on(scene),)),
        "call_arrived": Say((words("callme_safe", "arrived"),)),
    }
    return tuple(told[name] for name in scene.session.unseen)


def not_taken(scene: Scene) -> Words:
    """That the referral did not go through, and what to do about it."""
    return words("sending", "refused", phone=scene.world.service.phone)


def not_passed_on(scene: Scene) -> Words:
    """That something did not go through, and whom to ring about it."""
    return words("general", "not_passed_on", phone=scene.world.service.phone)


def status_known(scene: Scene, known: StatusKnown) -> Turn:
    """Where the referral stands, in words."""
    unknown = words("status", "unknown", phone=scene.world.service.phone)
    told = _STATUS.get(known.status, unknown)
    days = counted("sent", "contact_day", "contact_days", known.contact_within_working_days)
    waiting = known.status in {"received", "assigned"}
    return reask(scene, (told, days) if waiting else (told,))


def _call_arrived(session: Session, arrived: Delivered) -> Turn:
    about = (dict(session.calling)[arrived.delivery], arrived.reference)
    calling = tuple(one for one in session.calling if one[0] != arrived.delivery)
    known = replace(session, calling=calling)
    if arrived.delivery in session.forsaken:
        handed, deliver = hand_over(known, DeliveryKind.ERASURE, about)
        return Turn(handed, (deliver,), forget=not (session.step or calling))
    known = replace(known, earlier=(*session.earlier, about))
    return Turn(known, (Say((words("callme_safe", "arrived"),)),), news="call_arrived")
