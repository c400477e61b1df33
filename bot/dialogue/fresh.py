"""Beginning anew: what a conversation keeps when its answers go."""

from dataclasses import replace

from bot.dialogue.session import Session


def begin_again(session: Session) -> Session:
    """The same conversation without its answers; the language and raised flags stay."""
    return Session(
        session.id,
        channel=session.channel,
        language=session.language,
        asked=("language",) if "language" in session.asked or session.reference else (),
        flags=session.flags,
        touched=session.touched,
        quiet=session.quiet,
        deliveries=session.deliveries,
    )


def another(session: Session) -> Session:
    """A new referral after one was sent: its own id, and nothing of the first."""
    stem, _, number = session.id.partition("_")
    fresh = replace(begin_again(session), id=f"{stem}_{int(number or 1) + 1}", flags=())
    return replace(fresh, deliveries=0)


def sent_away(session: Session, reference: str, days: int) -> Session:
    """The session after the intake has confirmed: the answers go, the reference stays."""
    return Session(
        session.id,
        channel=session.channel,
        language=session.language,
        step=session.step,
        touched=session.touched,
        quiet=session.quiet,
        deliveries=session.deliveries,
        reference=reference,
        contact_days=days,
    )
