"""Beginning anew: what a conversation keeps when its answers go."""

from bot.dialogue.session import Session
from bot.dialogue.values import replace


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
    """A new referral after one was sent: its own id; of the first only where it is.

    What was said and raised since the first was sent has reached nobody, and goes with it.
    """
    stem, _, number = session.id.partition("_")
    said = session.many("own_words")
    return replace(
        begin_again(session),
        id=f"{stem}_{int(number or 1) + 1}",
        answers={"own_words": said} if said else {},
        deliveries=0,
        reference="",
        contact_days=0,
        earlier=(*session.earlier, (session.id, session.reference)),
    )


def without_draft(session: Session) -> Session:
    """What stays of a conversation whose draft has expired: where its earlier things are."""
    return replace(begin_again(session), step="", flags=(), touched="")


def only_calls(session: Session) -> Session:
    """What stays of a conversation that was deleted while calls were on their way."""
    return Session(
        session.id,
        channel=session.channel,
        language=session.language,
        quiet=True,
        deliveries=session.deliveries,
        calling=session.calling,
        forsaken=tuple(delivery for delivery, _ in session.calling),
    )


def sent_away(session: Session, reference: str, days: int) -> Session:
    """The session after the intake has confirmed: the answers go, the reference stays.

    Only a call that is just being asked for keeps its own.
    """
    calling = {name: one for name, one in session.answers.items() if name.startswith("callme")}
    return replace(
        begin_again(session),
        answers=calling,
        asked=("language",),
        flags=(),
        awaiting="",
        reference=reference,
        contact_days=days,
    )
