"""What people have a right to: everything held about them handed over, and erased for good."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from api.domain.errors import ConflictError, NotFoundError
from api.domain.keep import Asked
from api.domain.record import Line
from api.domain.referral import Referral
from api.domain.staff import Asker, StaffAsker
from api.persistence import aftercare, audit, held, referrals, staff
from api.persistence.held import HASHES, Kept
from api.services import auditing
from api.services.desk import LONDON, Desk
from common.contract.directory import Directory
from common.contract.identifiers import ReferralReference, UnreadableError
from common.runtime.vault import SealError

MOST_LINES = 1000  # of the record, about one referral
MOST_CORRECTIONS = 200
SEALED = "sealed"  # what the person said, opened


class ErasedBeforeError(NotFoundError):
    """It was erased before, and is gone."""


class NotConfirmedError(ConflictError):
    """What was typed to confirm is not the reference."""

    code = "not-confirmed"
    title = "The reference that was typed is another one"


@dataclass(frozen=True, slots=True)
class Requests:
    """What people have asked for: to be erased, and to be rung at another number."""

    erasures: tuple[Asked, ...]
    corrections: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class HeldReferral:
    """One referral of the person, with every row that hangs on it, opened; and who looked at it."""

    reference: str
    parts: tuple[tuple[str, Mapping[str, Any]], ...]
    looked: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Everything about the person of a referral: those with the same name and birth.

    `names` are those of staff, by number, for the lines of the record.
    """

    reference: str
    at: datetime
    referrals: tuple[HeldReferral, ...]
    names: Mapping[int, str]
    wants_erasure: bool


async def requests(desk: Desk, asker: StaffAsker) -> Requests:
    """What waits for a coordinator. Raises NotFoundError for a prescriber."""
    _for_leaders(asker)

    def read(connection: Connection) -> Requests:
        erasures = aftercare.erasures_asked_for(asker, connection)
        numbers = aftercare.corrections_unseen(asker, connection, MOST_CORRECTIONS)
        return Requests(tuple(erasures), tuple(numbers))

    return await desk.database.read(read)


async def see_correction(desk: Desk, asker: StaffAsker, correction_id: int) -> str:
    """Note that a changed number was seen; the referral's reference. Raises NotFoundError."""
    _for_leaders(asker)

    def work(connection: Connection) -> str:
        at = desk.clock()
        reference = aftercare.see_correction(asker, connection, correction_id, at)
        if reference is None:
            raise NotFoundError
        audit.record(asker, connection, action="referral.correction_seen", subject=reference, at=at)
        return reference

    return await desk.database.write(work)


async def all_held(desk: Desk, asker: StaffAsker, reference: str, *, taken: bool = False) -> Held:
    """Everything held about the person; that it was looked at, or `taken` as a copy, is recorded.

    Raises:
        ErasedBeforeError: it was erased.
        NotFoundError: there is none such, or not for whoever asks.
    """
    _for_leaders(asker)
    action = "referral.held_taken" if taken else "referral.held_read"

    def work(connection: Connection) -> Held:
        found = _find(asker, connection, reference)
        same = held.same_person(asker, connection, found.id)
        for one in same:
            audit.record(asker, connection, action=action, subject=one, at=desk.clock())
        return Held(
            reference=found.reference,
            at=desk.clock(),
            referrals=tuple(_held(desk, asker, connection, one) for one in same),
            names={one.staff_id: one.name for one in staff.everybody(connection)},
            wants_erasure=aftercare.wants_erasure(asker, connection, found.id),
        )

    return await desk.database.write(work)


async def erase(
    desk: Desk, asker: StaffAsker, reference: str, *, typed: str, also: Sequence[str] = ()
) -> list[str]:
    """Erase it, and those others of the same person that are named; the references that are gone.

    Raises:
        NotConfirmedError: `typed` is not its reference.
        ErasedBeforeError: it was erased before.
        NotFoundError: there is none such, or not for whoever asks.
    """
    _for_leaders(asker)
    directory = (await desk.directory.current()).directory
    eraser = Eraser(desk, asker, "referral.erased", directory)

    def work(connection: Connection) -> list[str]:
        found = _find(asker, connection, reference)
        if _plain(typed) != found.reference:
            raise NotConfirmedError
        same = held.same_person(asker, connection, found.id)
        gone = [one for one in same if one == found.reference or one in also]
        for one in gone:
            eraser.erase(connection, one)
        return gone

    return await desk.database.write(work)


@dataclass(frozen=True, slots=True)
class Eraser:
    """Erases for somebody; `action` is what the audit calls it."""

    desk: Desk
    asker: Asker
    action: str
    directory: Directory

    def erase(self, connection: Connection, reference: str) -> None:
        """Erase one; a count by month and network stays, and a line in the audit."""
        desk, at = self.desk, self.desk.clock()
        found = _find(self.asker, connection, reference, to_change=True)
        jobs = [number for number, about in _open_jobs(desk, connection) if _is_of(about, found)]
        held.forget_jobs(connection, jobs, found.id)
        held.erase(self.asker, connection, found.id, found.reference)
        held.note_erasure(connection, found.reference, self._counted(found), at)
        subject = found.reference
        audit.record(self.asker, connection, action=self.action, subject=subject, at=at)

    def _counted(self, found: Referral) -> tuple[str, str, str]:
        """Its month, network and kind: all that is remembered of it."""
        practice = self.directory.practice(found.practice)
        month = f"{found.received_at.astimezone(LONDON):%Y-%m}"
        return month, practice.pcn_name if practice else "", found.kind.value


def _open_jobs(desk: Desk, connection: Connection) -> Iterator[tuple[int, dict[str, object]]]:
    for number, key, sealed in held.open_jobs(connection):
        with suppress(SealError):  # what nobody can open, nobody can do
            plain = desk.vault.open(sealed, table="job", column="payload", row=key)
            yield number, json.loads(plain)


def _is_of(payload: Mapping[str, object], found: Referral) -> bool:
    named = (payload.get("referral"), payload.get("referral_id"), payload.get("reference"))
    return found.id in named[:2] or found.reference in named


def _held(desk: Desk, asker: StaffAsker, connection: Connection, reference: str) -> HeldReferral:
    found = _find(asker, connection, reference)
    rows = held.rows(asker, connection, found.id)
    return HeldReferral(
        reference=reference,
        parts=tuple((one.table, _opened(desk, one)) for one in rows),
        looked=tuple(auditing.about(asker, connection, reference, MOST_LINES)),
    )


def _opened(desk: Desk, kept: Kept) -> dict[str, Any]:
    return {
        name: _open(desk, kept, name, value) if name in kept.seals else value
        for name, value in kept.values.items()
        if name not in HASHES and value is not None
    }


def _open(desk: Desk, kept: Kept, column: str, sealed: bytes) -> object:
    place = {"table": kept.table, "column": column, "row": kept.seals[column]}
    plain = desk.vault.open(bytes(sealed), **place).decode()
    try:
        return json.loads(plain)
    except ValueError:
        return plain


def _find(
    asker: Asker, connection: Connection, reference: str, *, to_change: bool = False
) -> Referral:
    plain = _plain(reference)
    found = referrals.by_reference(asker, connection, plain, to_change=to_change)
    if found is None:
        raise ErasedBeforeError if held.was_erased(connection, plain) else NotFoundError
    return found


def _plain(reference: str) -> str:
    try:
        return str(ReferralReference.parse(reference))
    except UnreadableError:
        return ""


def _for_leaders(asker: StaffAsker) -> None:
    if not asker.sees_all:
        raise NotFoundError
