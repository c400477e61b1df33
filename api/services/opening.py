"""Opening what is sealed of a referral, and what it says about how the person may be reached."""

from sqlalchemy import Connection

from api.domain.contact import Permitted
from api.domain.errors import NotFoundError
from api.domain.referral import Kind, Referral
from api.domain.staff import Asker
from api.persistence import aftercare, referrals
from api.services.desk import Desk
from api.services.filing import SEALED
from common.contract.choices import OtherContact, SafeCall
from common.contract.referral import CallbackRequest, Contact, Correction, ReferralSubmission

Told = ReferralSubmission | CallbackRequest


def told(desk: Desk, asker: Asker, connection: Connection, found: Referral) -> Told:
    """What the person told us, as first sent. Raises NotFoundError."""
    sealed = referrals.sealed(asker, connection, found.id)
    if sealed is None:
        raise NotFoundError
    plain = unsealed(desk, sealed, SEALED["table"], found.reference)
    if found.kind is Kind.CALLBACK:
        return CallbackRequest.model_validate_json(plain)
    return ReferralSubmission.model_validate_json(plain)


def corrections(
    desk: Desk, asker: Asker, connection: Connection, found: Referral
) -> tuple[Correction, ...]:
    """The numbers they gave later, oldest first."""
    return tuple(
        Correction.model_validate_json(unsealed(desk, sealed, "correction", found.reference))
        for sealed in aftercare.corrections(asker, connection, found.id)
    )


def permitted(first: Told, later: tuple[Correction, ...]) -> Permitted:
    """What may be tried. What was allowed for an earlier number is not allowed for a later one.

    Where one must ring with care, there is no voicemail and no text either, whatever else was said.
    """
    contact = first.contact if isinstance(first, ReferralSubmission) else Contact()
    other = contact.other
    number = first.phone if isinstance(first, CallbackRequest) else contact.phone
    safe = first.safe_call if isinstance(first, CallbackRequest) else contact.safe_call
    if later:
        number, safe = later[-1].phone, later[-1].safe_call
    plainly = bool(number) and safe is SafeCall.YES and not later
    return Permitted(
        call=bool(number and safe is not SafeCall.NO) or other is OtherContact.CALLBACK_NUMBER,
        voicemail=plainly and contact.may_voicemail,
        text=plainly and contact.may_text,
        email=other is OtherContact.EMAIL,
        letter=other is OtherContact.LETTER,
    )


def unsealed(desk: Desk, sealed: bytes, table: str, row: str) -> bytes:
    """The plain bytes of a table's sealed column."""
    return desk.vault.open(sealed, table=table, column="sealed", row=row)


def note(desk: Desk, sealed: bytes | None, table: str, row: str) -> str:
    """A note that may have been left."""
    return unsealed(desk, sealed, table, row).decode() if sealed else ""


def seal_note(desk: Desk, words: str, table: str, row: str) -> bytes | None:
    """A note as it is kept; nothing for none."""
    if not words:
        return None
    return desk.vault.seal(words.encode(), table=table, column="sealed", row=row)
