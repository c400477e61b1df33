"""The inbox in the store: a page of what is sought, what has come since, and how many there are.

Nothing here opens what is sealed: what is sought are codes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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

from api.domain.inbox import MOST_COUNTED, Entry, Place, Sought, Tab
from api.domain.referral import Status
from api.domain.staff import StaffAsker
from api.persistence.referrals import as_referral
from api.persistence.scope import is_open, visible
from api.persistence.tables import REFERRAL, STAFF_MEMBER

_ORDER: Sequence[Column[Any]] = (REFERRAL.c.rank, REFERRAL.c.received_at, REFERRAL.c.id)
_UNSEALED: Sequence[Column[Any]] = [one for one in REFERRAL.c if one.name != "sealed"]
_ENTRIES = select(*_UNSEALED, STAFF_MEMBER.c.name.label("holder")).join_from(
    REFERRAL, STAFF_MEMBER, STAFF_MEMBER.c.id == REFERRAL.c.assigned_to, isouter=True
)


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; `token` stands for the concern that is sought, empty for none."""

    tab: Tab
    sought: Sought = field(default_factory=Sought)
    token: str = ""


def page(
    asker: StaffAsker, connection: Connection, search: Search, *, after: Place | None, limit: int
) -> list[Entry]:
    """The next entries after this place."""
    found = _found(asker, search)
    if after is not None:
        place = (literal(after.rank), literal(after.received_at), literal(after.id))
        found = found.where(tuple_(*_ORDER) > tuple_(*place))
    return [_entry(row) for row in connection.execute(found.order_by(*_ORDER).limit(limit))]


def arrived(
    asker: StaffAsker, connection: Connection, search: Search, *, since: int, limit: int
) -> list[Entry]:
    """What has a greater number than `since`, in the order in which it came."""
    newer = _found(asker, search).where(REFERRAL.c.id > since)
    return [_entry(row) for row in connection.execute(newer.order_by(REFERRAL.c.id).limit(limit))]


def counts(
    asker: StaffAsker, connection: Connection, search: Search, tabs: Sequence[Tab]
) -> tuple[Mapping[Tab, int], int]:
    """How many are sought in each of the tabs, and the greatest number in the one looked at."""
    wanted = _conditions(asker, search)
    found = {one: _counted(connection, *wanted, _of(one, asker)) for one in tabs}
    many, newest = found[search.tab]
    if many > MOST_COUNTED:
        newest = _greatest(connection, *wanted, _of(search.tab, asker))
    return {tab: many for tab, (many, _) in found.items()}, newest


def waiting(asker: StaffAsker, connection: Connection) -> int:
    """How many wait for the asker's first step: to be accepted, or to be given to somebody."""
    step = Status.RECEIVED if asker.sees_all else Status.ASSIGNED
    tab = Tab.UNASSIGNED if asker.sees_all else Tab.MINE
    mine = (visible(asker), _of(tab, asker), is_open(), REFERRAL.c.status == step.value)
    return _counted(connection, *mine)[0]


def _counted(connection: Connection, *wanted: ColumnElement[bool]) -> tuple[int, int]:
    """How many there are, and the greatest number of those that were counted; 0 for none."""
    some = select(REFERRAL.c.id).where(*wanted).limit(MOST_COUNTED + 1).subquery()
    found = select(func.count(), func.max(some.c.id)).select_from(some)
    many, greatest = connection.execute(found).one()
    return many, greatest or 0


def _greatest(connection: Connection, *wanted: ColumnElement[bool]) -> int:
    """The greatest number, where many are wanted: one of them is soon met from the end."""
    found = select(REFERRAL.c.id).where(*wanted).order_by(REFERRAL.c.id.desc()).limit(1)
    return connection.execute(found).scalar_one_or_none() or 0


def _found(asker: StaffAsker, search: Search) -> Select[Any]:
    return _ENTRIES.where(*_conditions(asker, search), _of(search.tab, asker))


def _conditions(asker: StaffAsker, search: Search) -> list[ColumnElement[bool]]:
    sought = search.sought
    wanted = [visible(asker), _status(sought.status)]
    if search.token:
        # They are all of one length, and none can be part of two others.
        wanted.append(REFERRAL.c.concerns.contains(search.token, autoescape=True))
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
    return Entry(as_referral(row), place, row.holder or "", row.interpreter)
