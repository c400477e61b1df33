"""Handing something to the intake: each thing confirmed gets an id of its own."""

from dataclasses import replace

from bot.dialogue.effects import AskStatus, Deliver, DeliveryKind, Effect, Toast, words
from bot.dialogue.session import Session


def hand_over(session: Session, kind: DeliveryKind) -> tuple[Session, Deliver]:
    """The session with one delivery more, and the effect that brings it to the intake."""
    counted = replace(session, deliveries=session.deliveries + 1)
    return counted, Deliver(kind, f"{session.id}-{counted.deliveries}")


def ask_status(session: Session) -> tuple[Effect, ...]:
    """Ask the service where the referral stands; the answer comes as an inbound of its own."""
    return (Toast(words("status", "one_moment")), AskStatus(session.reference))
