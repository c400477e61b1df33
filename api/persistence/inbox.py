"""The inbox in the store: a page of what is sought, what has arrived since, and how many there are.

Whether more than a name of a code is needed or not, nothing here opens what is sealed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    func,
    literal,
    select,
    true,
    tuple_,
)

from api.domain.inbox import Entry, Place, Sought, Tab
from api.domain.referral import Status
from api.domain.staff import StaffAsker
from api.persistence.referrals import from_row
from api.persistence.scope import is_open, visible
from api.persistence.tables import REFERRAL, STAFF_MEMBER

_ORDER: Sequence[Column[Any]] = (REFERRAL.c.rank, REFERRAL.c.received_at, REFERRAL.c.id)
_ENTRIES = select(REFERRAL, STAFF_MEMBER.c.name.label("holder")).join_from(
    REFERRAL, STAFF_MEMBER, STAFF_MEMBER.c.id == REFERRAL.c.assigned_to, isouter=True
)


def page(  # noqa: PLR0913 who asks, for what, and for how much of it
    asker: StaffAsker,
    connection: Connection,
    tab: Tab,
    sought: Sought,
    token: str,
    *,
    after: Place | None,
    limit: int,
) -> list[Entry]:
    """The next entries after this place; `token` is that of the concern, see `tokens`."""
    found = _found(asker, sought, token).where(_of(tab, asker))
    if after is not None:
        place = (literal(after.rank), literal(after.received_at), literal(after.id))
        found = found.where(tuple_(*_ORDER) > tuple_(*place))
    return [_entry(row) for row in connection.execute(found.order_by(*_ORDER).limit(limit))]


def arrived(  # noqa: PLR0913 as above
    asker: StaffAsker,
    connection: Connection,
    tab: Tab,
    sought: Sought,
    token: str,
    *,
    since: int,
    limit: int,
) -> list[Entry]:
    """What has a greater number than `since`, the longest waiting first."""
    newer = _found(asker, sought, token).where(_of(tab, asker), REFERRAL.c.id > since)
    return [_entry(row) for row in connection.execute(newer.order_by(REFERRAL.c.id).limit(limit))]


def counts(
    asker: StaffAsker, connection: Connection, sought: Sought, token: str, tabs: Sequence[Tab]
) -> tuple[Mapping[Tab, int], Mapping[Tab, int]]:
    """Of each tab how many are sought, and the greatest number among them (0 for none)."""
    numbers = [func.count().filter(_of(one, asker)) for one in tabs]
    greatest = [func.max(REFERRAL.c.id).filter(_of(one, asker)) for one in tabs]
    found = select(*numbers, *greatest).select_from(REFERRAL)
    row = connection.execute(found.where(*_conditions(asker, sought, token))).one()
    many, most = row[: len(tabs)], row[len(tabs) :]
    return (
        dict(zip(tabs, many, strict=True)),
        {tab: one or 0 for tab, one in zip(tabs, most, strict=True)},
    )


def waiting(asker: StaffAsker, connection: Connection) -> int:
    """How many wait for the asker's first step: to be accepted, or to be given to somebody."""
    step = Status.RECEIVED if asker.sees_all else Status.ASSIGNED
    tab = Tab.UNASSIGNED if asker.sees_all else Tab.MINE
    mine = (visible(asker), _of(tab, asker), is_open(), REFERRAL.c.status == step.value)
    found = select(func.count()).select_from(REFERRAL).where(*mine)
    return int(connection.execute(found).scalar_one())


def _found(asker: StaffAsker, sought: Sought, token: str) -> Select[Any]:
    return _ENTRIES.where(*_conditions(asker, sought, token))


def _conditions(asker: StaffAsker, sought: Sought, token: str) -> list[ColumnElement[bool]]:
    wanted = [visible(asker), _status(sought.status)]
    if token:
        # They are all of one length, and none can be part of two others.
        wanted.append(REFERRAL.c.concerns.contains(token, autoescape=True))
    if sought.language:
        wanted.append(REFERRAL.c.language == sought.language)
    if sought.interpreter is not None:
        wanted.append(REFERRAL.c.interpreter.is_(sought.interpreter))
    if sought.practice:
        wanted.append(REFERRAL.c.practice == sought.practice)
    return wanted


def _status(status: Status | None) -> ColumnElement[bool]:
    """The rank is in the index of the queue: whatever is done is not read for what is not."""
    if status is None:
        return is_open()
    return and_(is_open() if status.is_open else ~is_open(), REFERRAL.c.status == status.value)


def _of(tab: Tab, asker: StaffAsker) -> ColumnElement[bool]:
    if tab is Tab.MINE:
        return REFERRAL.c.assigned_to == asker.staff_id
    return REFERRAL.c.assigned_to.is_(None) if tab is Tab.UNASSIGNED else true()


def _entry(row: Row[Any]) -> Entry:
    place = Place(row.rank, row.received_at, row.id)
    return Entry(from_row(row), place, row.holder or "", row.interpreter)
