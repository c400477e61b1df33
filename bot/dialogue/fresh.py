"""Beginning anew: what a conversation keeps when its answers go."""

from dataclasses import replace

from bot.dialogue.session import Session


def begin_again(session: Session) -> Session:
    """The same conversation without its answers; the language and raised flags stay."""
    return replace(
        session,
        answers={},
        asked=("language",) if "language" in session.asked else (),
        detours=(),
        misses=0,
        offered=(),
        reminded=False,
    )


def another(session: Session) -> Session:
    """A new referral after one was sent: its own id; of the first only where it is."""
    stem, _, number = session.id.partition("_")
    return replace(
        begin_again(session),
        id=f"{stem}_{int(number or 1) + 1}",
        flags=(),
        deliveries=0,
        reference="",
        contact_days=0,
        earlier=(*session.earlier, (session.id, session.reference)),
    )


def sent_away(session: Session, reference: str, days: int) -> Session:
    """The session after the intake has confirmed: the answers go, the reference stays."""
    return replace(
        begin_again(session),
        asked=("language",),
        flags=(),
        awaiting="",
        reference=reference,
        contact_days=days,
    )
