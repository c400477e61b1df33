"""Handing something to the intake: each thing confirmed gets an id of its own."""

from bot.dialogue.effects import AskStatus, Deliver, DeliveryKind, Effect
from bot.dialogue.session import Session
from bot.dialogue.values import replace


def hand_over(
    session: Session, kind: DeliveryKind, about: tuple[str, str] | None = None
) -> tuple[Session, Deliver]:
    """The session with one delivery more, and the effect that brings it to the intake."""
    counted = replace(session, deliveries=session.deliveries + 1)
    return counted, Deliver(kind, f"{session.id}-{counted.deliveries}", about)


def ask_to_erase(session: Session) -> tuple[Session, tuple[Effect, ...]]:
    """Ask the service to erase everything that this conversation has ever sent to it."""
    own = ((session.id, session.reference),) if session.reference else ()
    effects: list[Effect] = []
    for about in (*session.earlier, *own):
        session, deliver = hand_over(session, DeliveryKind.ERASURE, about)
        effects.append(deliver)
    return session, tuple(effects)


def ask_status(session: Session) -> AskStatus:
    """Ask the service where the referral stands; the answer comes as an inbound of its own."""
    if session.reference:
        return AskStatus(session.reference, session.id)
    conversation, reference = session.earlier[-1]
    return AskStatus(reference, conversation)
