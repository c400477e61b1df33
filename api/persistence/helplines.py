"""Helplines in the store: as they stand, as they were, and what was proposed for them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Row, delete, insert, select, update

from api.domain.helplines import Details, Helpline, Past, Proposal, Shown, is_confirmed
from api.persistence.tables import HELPLINE, HELPLINE_HISTORY, HELPLINE_PROPOSAL
from common.contract.publication import Helpline as PublishedHelpline

SHIPPED = "helpline.shipped"


def every(connection: Connection) -> tuple[Helpline, ...]:
    """All helplines, in the order of the shipped list."""
    rows = connection.execute(select(HELPLINE).order_by(HELPLINE.c.place))
    return tuple(_line(row, Shown(row.shown)) for row in rows)


def by_key(connection: Connection, key: str) -> Helpline | None:
    """The helpline of this key."""
    row = connection.execute(select(HELPLINE).where(HELPLINE.c.key == key)).first()
    return _line(row, Shown(row.shown)) if row else None


def for_publication(connection: Connection) -> tuple[PublishedHelpline, ...]:
    """Those that residents may be told of, as they go out; each knows until when."""
    return tuple(
        PublishedHelpline(
            key=one.key,
            name=one.name,
            contact=one.contact,
            expires_on=one.details.expires_on if one.shown is Shown.ONCE_CONFIRMED else None,
        )
        for one in every(connection)
        if is_confirmed(one)
    )


def add(connection: Connection, line: Helpline, place: int, at: datetime) -> None:
    """Add a shipped helpline."""
    known = {"key": line.key, "place": place, "shown": line.shown.value, **_told(line)}
    connection.execute(insert(HELPLINE), known)
    _remember(connection, line, SHIPPED, None, at)


def ship_again(connection: Connection, line: Helpline, place: int, at: datetime) -> None:
    """Bring a helpline to its newest shipped form."""
    one = update(HELPLINE).where(HELPLINE.c.key == line.key)
    connection.execute(one.values(place=place, shown=line.shown.value, **_told(line)))
    _remember(connection, line, SHIPPED, None, at)


def change(
    connection: Connection, line: Helpline, what: str, staff_id: int, at: datetime
) -> Helpline:
    """Let it be like this from now on; as it stands then."""
    newer = replace(line, version=line.version + 1)
    one = update(HELPLINE).where(HELPLINE.c.key == line.key)
    connection.execute(one.values(_told(newer)))
    _remember(connection, newer, what, staff_id, at)
    return newer


def touched(connection: Connection) -> frozenset[str]:
    """The keys of those that a person has ever changed."""
    table = HELPLINE_HISTORY
    found = select(table.c.key).where(table.c.staff_id.is_not(None)).distinct()
    return frozenset(connection.scalars(found))


def history(connection: Connection, key: str) -> list[Past]:
    """All that was done to a helpline, the newest first."""
    table = HELPLINE_HISTORY
    found = select(table).where(table.c.key == key).order_by(table.c.id.desc())
    return [
        Past(row.what, _line(row, Shown.ALWAYS), row.staff_id, row.at)
        for row in connection.execute(found)
    ]


def proposals(connection: Connection) -> Mapping[str, Proposal]:
    """What waits for a second person, by key."""
    found = connection.execute(select(HELPLINE_PROPOSAL))
    return {row.key: Proposal(**row._mapping) for row in found}  # noqa: SLF001 a row's own columns


def propose(connection: Connection, proposal: Proposal) -> None:
    """Keep what somebody proposes, in place of what was proposed before."""
    drop_proposal(connection, proposal.key)
    row = {name: getattr(proposal, name) for name in proposal.__dataclass_fields__}
    connection.execute(insert(HELPLINE_PROPOSAL), row)


def drop_proposal(connection: Connection, key: str) -> None:
    """Nothing is proposed for it any more."""
    connection.execute(delete(HELPLINE_PROPOSAL).where(HELPLINE_PROPOSAL.c.key == key))


def _remember(
    connection: Connection, line: Helpline, what: str, staff_id: int | None, at: datetime
) -> None:
    row = {"key": line.key, "what": what, "staff_id": staff_id, "at": at, **_told(line)}
    connection.execute(insert(HELPLINE_HISTORY), row)


def _told(line: Helpline) -> dict[str, object]:
    told = line.details
    return {
        "name": line.name,
        "contact": line.contact,
        "situation": told.situation,
        "hours": told.when,
        "owner": told.owner,
        "source": told.source,
        "confirmed_on": told.confirmed_on,
        "expires_on": told.expires_on,
        "version": line.version,
    }


def _line(row: Row[tuple[object, ...]], shown: Shown) -> Helpline:
    return Helpline(
        key=row.key,
        name=row.name,
        contact=row.contact,
        shown=shown,
        version=row.version,
        details=Details(
            row.situation, row.hours, row.owner, row.source, row.confirmed_on, row.expires_on
        ),
    )
