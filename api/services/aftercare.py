"""What a conversation may still do with what it has sent; any other finds nothing there."""

from collections.abc import Callable

from pydantic import BaseModel
from sqlalchemy import Connection

from api.domain.events import News, PersonChanged
from api.domain.referral import CloseReason, Referral, Status, StatusChange, move
from api.domain.staff import ConversationAsker
from api.persistence import aftercare, audit, referrals
from api.services.desk import Desk
from api.services.finding import find
from api.services.outbox import announce
from common.contract.referral import AboutYou, Correction, Feedback, ReferralStatus

Step = Callable[[Connection, Referral], None]


async def status(desk: Desk, asker: ConversationAsker, reference: str) -> ReferralStatus:
    """Where it stands. Raises NotFoundError.

    What staff have joined with another looks no different from outside: it stands where it stood.
    """

    def read(connection: Connection) -> tuple[Referral, Status]:
        found = find(asker, connection, reference, to_change=False)
        joined = _joined(asker, connection, found)
        return found, (joined.before if joined and joined.before else found.status)

    found, stands = await desk.database.read(read)
    return ReferralStatus(
        reference=found.reference,
        status=stands.value,
        contact_within_working_days=found.contact_days,
    )


async def about_you(
    desk: Desk, asker: ConversationAsker, reference: str, answers: AboutYou
) -> None:
    """Keep the monitoring answers, sealed. Raises NotFoundError."""

    def keep(connection: Connection, found: Referral) -> None:
        sealed = _seal(desk, answers, "about_you", found.reference)
        aftercare.keep_about_you(connection, found.id, sealed, desk.clock())

    await _do(desk, asker, reference, "referral.about_you", keep)


async def feedback(desk: Desk, asker: ConversationAsker, reference: str, answers: Feedback) -> None:
    """Keep how it went. Raises NotFoundError."""

    def keep(connection: Connection, found: Referral) -> None:
        aftercare.keep_feedback(
            connection,
            found.id,
            easy=answers.easy,
            understood=answers.understood,
            at=desk.clock(),
        )

    await _do(desk, asker, reference, "referral.feedback", keep)


async def correct(
    desk: Desk, asker: ConversationAsker, reference: str, correction: Correction
) -> None:
    """Add a changed number beside the first; the same once more is the same.

    Raises NotFoundError.
    """

    def keep(connection: Connection, found: Referral) -> None:
        if _last_correction(desk, asker, connection, found) == correction:
            return
        sealed = _seal(desk, correction, "correction", found.reference)
        aftercare.add_correction(connection, found.id, sealed, desk.clock())
        _announce(desk, connection, found, News.CORRECTED)

    await _do(desk, asker, reference, "referral.corrected", keep)


async def withdraw(desk: Desk, asker: ConversationAsker, reference: str) -> None:
    """Withdraw it; once more changes nothing.

    Raises:
        NotFoundError: not this conversation's.
        MoveRefusedError: it is closed already.
    """

    def keep(connection: Connection, found: Referral) -> None:
        if found.status is Status.WITHDRAWN:
            return
        if _joined(asker, connection, found):  # the other one is worked on: a person sees to it
            _announce(desk, connection, found, News.WITHDRAWN)
            return
        change = move(found.status, Status.WITHDRAWN, author=asker.actor, at=desk.clock())
        referrals.moved(connection, found.id, change)
        _announce(desk, connection, found, News.WITHDRAWN)

    await _do(desk, asker, reference, "referral.withdrawn", keep)


async def ask_for_erasure(desk: Desk, asker: ConversationAsker, reference: str) -> None:
    """Note the wish; a person decides and does it. Raises NotFoundError."""

    def keep(connection: Connection, found: Referral) -> None:
        if aftercare.ask_for_erasure(connection, found.id, desk.clock()):
            _announce(desk, connection, found, News.ERASURE_ASKED)

    await _do(desk, asker, reference, "referral.erasure_asked", keep)


def _joined(
    asker: ConversationAsker, connection: Connection, found: Referral
) -> StatusChange | None:
    """The move by which staff have closed it as a duplicate, if they have."""
    if found.status is not Status.CLOSED:
        return None
    last = referrals.history(asker, connection, found.id)[-1]
    return last if last.reason is CloseReason.DUPLICATE else None


def _announce(desk: Desk, connection: Connection, found: Referral, news: News) -> None:
    announce(desk, connection, PersonChanged(found.id, found.assigned_to, news))


async def _do(
    desk: Desk, asker: ConversationAsker, reference: str, action: str, keep: Step
) -> None:
    """Find it for this asker, do the step and record it, all in one transaction.

    Steps of one referral are done one after the other, whichever process they came to.
    """

    def work(connection: Connection) -> None:
        found = find(asker, connection, reference)
        keep(connection, found)
        audit.record(asker, connection, action=action, subject=found.reference, at=desk.clock())

    await desk.write(work)


def _seal(desk: Desk, model: BaseModel, table: str, reference: str) -> bytes:
    plain = model.model_dump_json().encode()
    return desk.vault.seal(plain, table=table, column="sealed", row=reference)


def _last_correction(
    desk: Desk, asker: ConversationAsker, connection: Connection, found: Referral
) -> Correction | None:
    sealed = aftercare.corrections(asker, connection, found.id)
    if not sealed:
        return None
    place = {"table": "correction", "column": "sealed", "row": found.reference}
    return Correction.model_validate_json(desk.vault.open(sealed[-1], **place))
