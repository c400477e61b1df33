"""Who is half inside, one-time links, and whom another house's account means."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_if_new

from api.domain.door import Entry
from api.persistence.tables import STAFF_ENTRY, STAFF_IDENTITY, STAFF_LINK


def open_entry(connection: Connection, entry: Entry, now: datetime) -> None:
    """Note a browser that still owes the second factor, and forget those that came too late."""
    connection.execute(delete(STAFF_ENTRY).where(STAFF_ENTRY.c.expires_at <= now))
    row = {
        "token_hash": entry.token_hash,
        "staff_id": entry.staff_id,
        "asked": entry.asked,
        "wrong": entry.wrong,
        "expires_at": entry.expires_at,
    }
    connection.execute(insert_if_new(STAFF_ENTRY).on_conflict_do_nothing(), row)


def entry(connection: Connection, token_hash: str, now: datetime) -> Entry | None:
    """The half-open door with this token's hash, unless its time is over."""
    table = STAFF_ENTRY
    found = select(table).where(table.c.token_hash == token_hash, table.c.expires_at > now)
    row = connection.execute(found).first()
    if row is None:
        return None
    return Entry(row.token_hash, row.staff_id, row.asked, row.wrong, row.expires_at)


def note_wrong(connection: Connection, token_hash: str) -> int:
    """Count a wrong code; how many there were, this one among them."""
    table = STAFF_ENTRY
    one = update(table).where(table.c.token_hash == token_hash).values(wrong=table.c.wrong + 1)
    return connection.execute(one.returning(table.c.wrong)).scalar_one_or_none() or 0


def close_entry(connection: Connection, token_hash: str) -> bool:
    """Shut the half-open door; whether this call did it. A token opens one session at most."""
    table = STAFF_ENTRY
    return bool(connection.execute(delete(table).where(table.c.token_hash == token_hash)).rowcount)


def close_entries(connection: Connection, staff_id: int) -> None:
    """Shut every half-open door of somebody."""
    connection.execute(delete(STAFF_ENTRY).where(STAFF_ENTRY.c.staff_id == staff_id))


def add_link(
    connection: Connection, token_hash: str, staff_id: int, expires_at: datetime, now: datetime
) -> None:
    """Let somebody set a password by a link, and forget the links whose time is over."""
    connection.execute(delete(STAFF_LINK).where(STAFF_LINK.c.expires_at <= now))
    row = {"token_hash": token_hash, "staff_id": staff_id, "expires_at": expires_at}
    connection.execute(insert(STAFF_LINK), row)


def link(connection: Connection, token_hash: str, now: datetime) -> int | None:
    """Who may set a password by this link; None when nobody may any more."""
    table = STAFF_LINK
    found = select(table.c.staff_id).where(
        table.c.token_hash == token_hash, table.c.expires_at > now
    )
    return connection.execute(found).scalar_one_or_none()


def take_link(connection: Connection, token_hash: str, now: datetime) -> int | None:
    """Use a link up: of two at the same moment, one gets whose it was."""
    table = STAFF_LINK
    one = delete(table).where(table.c.token_hash == token_hash, table.c.expires_at > now)
    return connection.execute(one.returning(table.c.staff_id)).scalar_one_or_none()


def drop_links(connection: Connection, staff_id: int) -> None:
    """Void every link of somebody."""
    connection.execute(delete(STAFF_LINK).where(STAFF_LINK.c.staff_id == staff_id))


def identified(connection: Connection, subject: str) -> int | None:
    """Whom this account of another house means; `subject` is a keyed hash."""
    table = STAFF_IDENTITY
    found = select(table.c.staff_id).where(table.c.subject == subject)
    return connection.execute(found).scalar_one_or_none()


def identify(connection: Connection, subject: str, staff_id: int) -> None:
    """Remember whom an account of another house means."""
    row = {"subject": subject, "staff_id": staff_id}
    connection.execute(insert_if_new(STAFF_IDENTITY).on_conflict_do_nothing(), row)


def is_identified(connection: Connection, staff_id: int) -> bool:
    """Whether an account of another house means this person already."""
    found = select(STAFF_IDENTITY.c.subject).where(STAFF_IDENTITY.c.staff_id == staff_id)
    return connection.execute(found.limit(1)).first() is not None


def forget_identities(connection: Connection, staff_id: int) -> None:
    """Let the next account of another house with their e-mail address mean them."""
    connection.execute(delete(STAFF_IDENTITY).where(STAFF_IDENTITY.c.staff_id == staff_id))
