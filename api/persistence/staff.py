"""The people who work here, in the store: accounts and signed-in browsers."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Column, ColumnElement, Connection, Row, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_if_new

from api.domain.assignment import Leave
from api.domain.events import Recipient
from api.domain.staff import Colleague, Role, StaffMember, StaffSession
from api.persistence.tables import STAFF_LANGUAGE, STAFF_MEMBER, STAFF_PRACTICE, STAFF_SESSION


def by_email(connection: Connection, email: str) -> StaffMember | None:
    """The account of this e-mail address, active or not; case does not matter."""
    if "\0" in email:
        return None  # PostgreSQL does not even look for what it cannot keep
    return _one(connection, STAFF_MEMBER.c.email == email.strip().casefold())


def by_id(connection: Connection, staff_id: int) -> StaffMember | None:
    """The account with this id, active or not."""
    return _one(connection, STAFF_MEMBER.c.id == staff_id)


def coordinators(connection: Connection) -> list[Recipient]:
    """Everyone who hears of what nobody could be assigned to."""
    table = STAFF_MEMBER
    working = (table.c.role == Role.COORDINATOR.value, table.c.active)
    found = select(table.c.id, table.c.name, table.c.email).where(*working).order_by(table.c.id)
    return [Recipient(row.id, row.name, row.email) for row in connection.execute(found)]


def everybody(connection: Connection) -> list[StaffMember]:
    """All who have or had an account, by name; without their practices."""
    found = select(STAFF_MEMBER).order_by(STAFF_MEMBER.c.name, STAFF_MEMBER.c.id)
    return [_member(row, frozenset()) for row in connection.execute(found)]


def colleagues(connection: Connection) -> list[Colleague]:
    """All who work here now, by name, with what coordinators arrange for them."""
    table = STAFF_MEMBER
    practices = _by_person(connection, STAFF_PRACTICE.c.staff_id, STAFF_PRACTICE.c.ods_code)
    languages = _by_person(connection, STAFF_LANGUAGE.c.staff_id, STAFF_LANGUAGE.c.language)
    found = select(table).where(table.c.active).order_by(table.c.name, table.c.id)
    return [
        Colleague(
            staff_id=row.id,
            name=row.name,
            role=Role(row.role),
            capacity=row.capacity,
            cover=row.cover_id,
            practices=tuple(practices.get(row.id, ())),
            languages=tuple(languages.get(row.id, ())),
        )
        for row in connection.execute(found)
    ]


def _by_person(
    connection: Connection, person: Column[int], what: Column[str]
) -> dict[int, list[str]]:
    grouped: dict[int, list[str]] = {}
    for staff_id, one in connection.execute(select(person, what).order_by(person, what)):
        grouped.setdefault(staff_id, []).append(one)
    return grouped


def is_empty(connection: Connection) -> bool:
    """Whether nobody has an account yet."""
    return connection.execute(select(STAFF_MEMBER.c.id).limit(1)).first() is None


def add(
    connection: Connection,
    member: StaffMember,
    *,
    capacity: int,
    leave: Leave | None = None,
    demonstration: bool = False,
) -> int:
    """Make an account; its id (the one in `member` is not used)."""
    row = {
        "name": member.name,
        "email": member.email.strip().casefold(),
        "role": member.role.value,
        "password_hash": member.password_hash,
        "active": member.active,
        "capacity": capacity,
        "leave_first": leave.first if leave else None,
        "leave_last": leave.last if leave else None,
        "demonstration": demonstration,
    }
    adding = insert(STAFF_MEMBER).returning(STAFF_MEMBER.c.id)
    staff_id = int(connection.execute(adding, row).scalar_one())
    _add_practices(connection, staff_id, member.practices)
    return staff_id


def name_cover(connection: Connection, staff_id: int, cover_id: int | None) -> None:
    """Name who stands in for somebody; None: nobody does."""
    one = update(STAFF_MEMBER).where(STAFF_MEMBER.c.id == staff_id)
    connection.execute(one.values(cover_id=cover_id))


def set_leave(connection: Connection, staff_id: int, leave: Leave | None) -> None:
    """Note the days somebody is away, or that they are back."""
    days = {"leave_first": leave and leave.first, "leave_last": leave and leave.last}
    connection.execute(update(STAFF_MEMBER).where(STAFF_MEMBER.c.id == staff_id).values(days))


def leave(connection: Connection, staff_id: int) -> tuple[Leave | None, int | None]:
    """The days somebody is away, if any are set, and the id of who covers for them."""
    table = STAFF_MEMBER
    found = select(table.c.leave_first, table.c.leave_last, table.c.cover_id)
    row = connection.execute(found.where(table.c.id == staff_id)).one()
    away = row.leave_first is not None and row.leave_last is not None
    return Leave(row.leave_first, row.leave_last) if away else None, row.cover_id


def names(connection: Connection, staff_ids: Iterable[int]) -> dict[int, str]:
    """The names of these, by id."""
    table = STAFF_MEMBER
    found = select(table.c.id, table.c.name).where(table.c.id.in_(sorted(set(staff_ids))))
    return {row.id: row.name for row in connection.execute(found)}


def set_capacity(connection: Connection, staff_id: int, capacity: int) -> None:
    """Say how many open referrals somebody can carry."""
    one = update(STAFF_MEMBER).where(STAFF_MEMBER.c.id == staff_id)
    connection.execute(one.values(capacity=capacity))


def set_prescribers(connection: Connection, practice: str, staff_ids: Iterable[int]) -> None:
    """Say who prescribes for a practice, in place of any before."""
    connection.execute(delete(STAFF_PRACTICE).where(STAFF_PRACTICE.c.ods_code == practice))
    rows = [{"staff_id": one, "ods_code": practice} for one in sorted(set(staff_ids))]
    if rows:
        connection.execute(insert(STAFF_PRACTICE), rows)


def set_demonstration_password(connection: Connection, password_hash: str) -> int:
    """Give all demonstration accounts this password; how many there are."""
    demo = update(STAFF_MEMBER).where(STAFF_MEMBER.c.demonstration)
    return connection.execute(demo.values(password_hash=password_hash)).rowcount


def open_session(connection: Connection, session: StaffSession) -> None:
    """Note a browser that has just signed in; once more is the same."""
    row = {
        "token_hash": session.token_hash,
        "staff_id": session.staff_id,
        "created_at": session.created_at,
        "idle_until": session.idle_until,
        "expires_at": session.expires_at,
        "how": session.how,
    }
    connection.execute(insert_if_new(STAFF_SESSION).on_conflict_do_nothing(), row)


def session(connection: Connection, token_hash: str) -> StaffSession | None:
    """The signed-in browser with this token's hash, over or not."""
    table = STAFF_SESSION
    row = connection.execute(select(table).where(table.c.token_hash == token_hash)).first()
    if row is None:
        return None
    return StaffSession(
        row.token_hash, row.staff_id, row.created_at, row.idle_until, row.expires_at, row.how
    )


def touch_session(connection: Connection, token_hash: str, idle_until: datetime) -> None:
    """Note that the browser is in use."""
    one = update(STAFF_SESSION).where(STAFF_SESSION.c.token_hash == token_hash)
    connection.execute(one.values(idle_until=idle_until))


def close_session(connection: Connection, token_hash: str) -> int | None:
    """Sign a browser out; whose it was, or None when it was signed out before."""
    table = STAFF_SESSION
    closing = delete(table).where(table.c.token_hash == token_hash).returning(table.c.staff_id)
    return connection.execute(closing).scalar_one_or_none()


def close_sessions_over(connection: Connection, now: datetime) -> int:
    """Forget every browser that has not been used for so long that it must sign in again.

    One that has lasted long enough is not used any more either. Gives how many there were.
    """
    over = delete(STAFF_SESSION).where(STAFF_SESSION.c.idle_until <= now)
    return connection.execute(over).rowcount


def _add_practices(connection: Connection, staff_id: int, practices: Iterable[str]) -> None:
    rows = [{"staff_id": staff_id, "ods_code": code} for code in sorted(practices)]
    if rows:
        connection.execute(insert(STAFF_PRACTICE), rows)


def _one(connection: Connection, which: ColumnElement[bool]) -> StaffMember | None:
    row = connection.execute(select(STAFF_MEMBER).where(which)).first()
    return _member(row, _practices(connection, row.id)) if row else None


def _member(row: Row[tuple[object, ...]], practices: frozenset[str]) -> StaffMember:
    return StaffMember(
        staff_id=row.id,
        name=row.name,
        email=row.email,
        role=Role(row.role),
        password_hash=row.password_hash,
        active=row.active,
        practices=practices,
    )


def _practices(connection: Connection, staff_id: int) -> frozenset[str]:
    table = STAFF_PRACTICE
    return frozenset(
        connection.scalars(select(table.c.ods_code).where(table.c.staff_id == staff_id))
    )
