"""The columns that referrals are sorted out by, and the rows that do not have them yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select, update

from api.domain.referral import Kind
from api.domain.staff import SystemAsker
from api.persistence.scope import visible
from api.persistence.tables import REFERRAL


@dataclass(frozen=True, slots=True)
class Sorting:
    """Keyed hashes of the concerns, and the wish for an interpreter (None: they did not say)."""

    concerns: tuple[str, ...] = ()
    interpreter: bool | None = None

    def columns(self) -> dict[str, object]:
        """As the table keeps it."""
        return {"concerns": " ".join(self.concerns), "interpreter": self.interpreter}


@dataclass(frozen=True, slots=True)
class Unsorted:
    """A row from before there were these columns, with what the person told, still encrypted."""

    id: int
    reference: str
    kind: Kind
    sealed: bytes


def unsorted(asker: SystemAsker, connection: Connection, limit: int) -> list[Unsorted]:
    """Some of the rows that are still to be sorted out, in the order they came."""
    rows = (REFERRAL.c.id, REFERRAL.c.reference, REFERRAL.c.kind, REFERRAL.c.sealed)
    found = select(*rows).where(REFERRAL.c.concerns.is_(None), visible(asker))
    some = connection.execute(found.order_by(REFERRAL.c.id).limit(limit))
    return [Unsorted(row.id, row.reference, Kind(row.kind), bytes(row.sealed)) for row in some]


def sort_out(connection: Connection, found: Sequence[tuple[int, Sorting]]) -> None:
    """Fill the columns of these; filling them again leaves the same."""
    for referral_id, sorting in found:
        one = update(REFERRAL).where(REFERRAL.c.id == referral_id)
        connection.execute(one.values(**sorting.columns()))
