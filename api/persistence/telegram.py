"""The staff's Telegram in the store: codes, links, choices, and news that waits for a silence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from api.domain.chat import Choices, Silence
from api.persistence.tables import (
    STAFF_MEMBER,
    TELEGRAM_CHOICE,
    TELEGRAM_CODE,
    TELEGRAM_HELD,
    TELEGRAM_LINK,
)


@dataclass(frozen=True, slots=True)
class Link:
    """Somebody's chat, still encrypted."""

    staff_id: int
    sealed: bytes
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody chose, since when, and why their last link ended if not by their own wish."""

    choices: Choices
    since: datetime | None = None
    ended: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """News that waits."""

    id: int
    referral_id: int
    news: str


def keep_code(connection: Connection, staff_id: int, code: str, expires_at: datetime) -> None:
    """Keep the hash of somebody's new code; the one before is worth nothing any more."""
    connection.execute(delete(TELEGRAM_CODE).where(TELEGRAM_CODE.c.staff_id == staff_id))
    row = {"staff_id": staff_id, "code": code, "expires_at": expires_at}
    connection.execute(insert(TELEGRAM_CODE), row)


def use_code(connection: Connection, code: str, now: datetime) -> int | None:
    """Whose code has this hash, which is used up by that; None when there is none such."""
    table = TELEGRAM_CODE
    used = delete(table).where(table.c.code == code).returning(table.c.staff_id, table.c.expires_at)
    row = connection.execute(used).first()
    return int(row.staff_id) if row and row.expires_at > now else None


def keep_link(
    connection: Connection, staff_id: int, chat: str, sealed: bytes, at: datetime
) -> None:
    """Link somebody with a chat; what either was linked with before is no more."""
    row = {"staff_id": staff_id, "chat": chat, "sealed": sealed, "linked_at": at}
    connection.execute(delete(TELEGRAM_LINK).where(TELEGRAM_LINK.c.chat == chat))
    connection.execute(delete(TELEGRAM_LINK).where(TELEGRAM_LINK.c.staff_id == staff_id))
    connection.execute(insert(TELEGRAM_LINK), row)


def drop_link(connection: Connection, staff_id: int) -> bool:
    """Unlink somebody, with all that waits for them there; False when they were not linked."""
    gone = connection.execute(delete(TELEGRAM_LINK).where(TELEGRAM_LINK.c.staff_id == staff_id))
    connection.execute(delete(TELEGRAM_HELD).where(TELEGRAM_HELD.c.staff_id == staff_id))
    return bool(gone.rowcount)


def link_of(connection: Connection, staff_id: int) -> Link | None:
    """Somebody's link."""
    return _link(connection, TELEGRAM_LINK.c.staff_id == staff_id)


def link_with(connection: Connection, chat: str) -> Link | None:
    """The link with the chat that has this hash."""
    return _link(connection, TELEGRAM_LINK.c.chat == chat)


def linked(connection: Connection) -> list[tuple[int, Choices, datetime]]:
    """Everybody who is linked and works here, with what they chose, and since when it counts."""
    table = TELEGRAM_LINK
    at_work = select(table.c.staff_id, table.c.linked_at).join(STAFF_MEMBER)
    rows = list(connection.execute(at_work.where(STAFF_MEMBER.c.active)))
    ids = [row.staff_id for row in rows]
    found = select(TELEGRAM_CHOICE).where(TELEGRAM_CHOICE.c.staff_id.in_(ids))
    usual, chosen = Chosen(Choices()), {r.staff_id: _chosen(r) for r in connection.execute(found)}
    return [
        (row.staff_id, one.choices, max(row.linked_at, one.since or row.linked_at))
        for row in rows
        for one in (chosen.get(row.staff_id, usual),)
    ]


def chosen(connection: Connection, staff_id: int) -> Chosen:
    """What somebody chose; the usual while they chose nothing."""
    found = select(TELEGRAM_CHOICE).where(TELEGRAM_CHOICE.c.staff_id == staff_id)
    row = connection.execute(found).first()
    return _chosen(row) if row else Chosen(Choices())


def choose(connection: Connection, staff_id: int, choices: Choices, at: datetime) -> None:
    """Keep what somebody chose."""
    connection.execute(delete(TELEGRAM_CHOICE).where(TELEGRAM_CHOICE.c.staff_id == staff_id))
    connection.execute(insert(TELEGRAM_CHOICE), _row(staff_id, choices, at))


def note_end(connection: Connection, staff_id: int, why: str, at: datetime) -> None:
    """Keep why somebody's link ended, to be told on their page; empty when there is nothing."""
    if not connection.execute(
        update(TELEGRAM_CHOICE).where(TELEGRAM_CHOICE.c.staff_id == staff_id).values(ended=why)
    ).rowcount:
        row = {**_row(staff_id, Choices(), at), "ended": why}
        connection.execute(insert(TELEGRAM_CHOICE), row)


def hold(connection: Connection, staff_id: int, referral_id: int, news: str, at: datetime) -> None:
    """Let news wait for the end of somebody's silence."""
    row = {"staff_id": staff_id, "referral_id": referral_id, "news": news, "at": at}
    connection.execute(insert(TELEGRAM_HELD), row)


def held(connection: Connection, staff_id: int) -> list[Held]:
    """What waits for somebody, oldest first.

    Scoped to nobody: it knows only numbers, and what they stand for is asked for by whoever tells.
    """
    table = TELEGRAM_HELD
    found = select(table).where(table.c.staff_id == staff_id).order_by(table.c.id)
    return [Held(row.id, row.referral_id, row.news) for row in connection.execute(found)]


def release(connection: Connection, staff_id: int, those: Sequence[Held]) -> None:
    """Forget what waited: it has been told."""
    table = TELEGRAM_HELD
    ids = [one.id for one in those]
    connection.execute(delete(table).where(table.c.staff_id == staff_id, table.c.id.in_(ids)))


def _link(connection: Connection, which: ColumnElement[bool]) -> Link | None:
    row = connection.execute(select(TELEGRAM_LINK).where(which)).first()
    return Link(row.staff_id, bytes(row.sealed), row.linked_at) if row else None


def _row(staff_id: int, choices: Choices, at: datetime) -> dict[str, object]:
    return {
        "staff_id": staff_id,
        "digest": choices.digest.isoformat("minutes") if choices.digest else "",
        "silent_from": choices.silence.start.isoformat("minutes"),
        "silent_until": choices.silence.end.isoformat("minutes"),
        "free_days": choices.silence.free_days,
        "urgent_through": choices.urgent_through,
        "changed_at": at,
        "ended": "",
    }


def _chosen(row: Row[tuple[object, ...]]) -> Chosen:
    hours = (time.fromisoformat(row.silent_from), time.fromisoformat(row.silent_until))
    choices = Choices(
        digest=time.fromisoformat(row.digest) if row.digest else None,
        silence=Silence(*hours, free_days=row.free_days),
        urgent_through=row.urgent_through,
    )
    return Chosen(choices, row.changed_at, row.ended)
