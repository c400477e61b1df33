"""Second factors in the store: the app's secret, passkeys, recovery codes."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from api.domain.door import Factors, Passkey
from api.persistence.tables import STAFF_PASSKEY, STAFF_RECOVERY, STAFF_TOTP

PLACE = {"table": "staff_totp", "column": "sealed"}
"""Where an app's secret is sealed; its row is the id of whose it is."""


def of(connection: Connection, staff_id: int) -> Factors:
    """What somebody has for the second step."""
    table = STAFF_TOTP
    app = select(table.c.created_at).where(table.c.staff_id == staff_id)
    left = select(func.count()).where(STAFF_RECOVERY.c.staff_id == staff_id)
    return Factors(
        app=connection.execute(app).scalar_one_or_none(),
        passkeys=_passkeys(connection, staff_id),
        codes=connection.execute(left).scalar_one(),
    )


def secret(connection: Connection, staff_id: int) -> bytes | None:
    """The sealed secret of somebody's app."""
    found = select(STAFF_TOTP.c.sealed).where(STAFF_TOTP.c.staff_id == staff_id)
    return connection.execute(found).scalar_one_or_none()


def last_step(connection: Connection, staff_id: int) -> int:
    """The step of time of the last code that was taken; 0 when none was."""
    found = select(STAFF_TOTP.c.last_step).where(STAFF_TOTP.c.staff_id == staff_id)
    return connection.execute(found).scalar_one_or_none() or 0


def set_secret(
    connection: Connection, staff_id: int, sealed: bytes, step: int, now: datetime
) -> None:
    """Give somebody an app; one they had before no longer counts."""
    drop_secret(connection, staff_id)
    row = {"staff_id": staff_id, "sealed": sealed, "last_step": step, "created_at": now}
    connection.execute(insert(STAFF_TOTP), row)


def use_step(connection: Connection, staff_id: int, step: int) -> bool:
    """Take a code; False when it, or one after it, was taken before. Of two at once, one wins."""
    table = STAFF_TOTP
    one = update(table).where(table.c.staff_id == staff_id, table.c.last_step < step)
    return bool(connection.execute(one.values(last_step=step)).rowcount)


def drop_secret(connection: Connection, staff_id: int) -> None:
    """Take somebody's app away."""
    connection.execute(delete(STAFF_TOTP).where(STAFF_TOTP.c.staff_id == staff_id))


def add_passkey(connection: Connection, staff_id: int, passkey: Passkey) -> bool:
    """Give somebody a passkey; False when somebody has it already."""
    table = STAFF_PASSKEY
    taken = select(table.c.staff_id).where(table.c.credential == passkey.credential)
    if connection.execute(taken).first() is not None:
        return False
    row = {
        "staff_id": staff_id,
        "credential": passkey.credential,
        "public_key": passkey.public_key,
        "sign_count": passkey.sign_count,
        "name": passkey.name,
        "created_at": passkey.created_at,
    }
    connection.execute(insert(table), row)
    return True


def count_up(connection: Connection, credential: str, sign_count: int) -> None:
    """Note how often a passkey says that it was used."""
    one = update(STAFF_PASSKEY).where(STAFF_PASSKEY.c.credential == credential)
    connection.execute(one.values(sign_count=sign_count))


def drop_passkey(connection: Connection, staff_id: int, credential: str) -> bool:
    """Take one of somebody's own passkeys away; False when they have no such one."""
    table = STAFF_PASSKEY
    one = delete(table).where(table.c.credential == credential, table.c.staff_id == staff_id)
    return bool(connection.execute(one).rowcount)


def set_codes(connection: Connection, staff_id: int, codes: Iterable[str]) -> None:
    """Give somebody new recovery codes, as keyed hashes; the old ones are void."""
    connection.execute(delete(STAFF_RECOVERY).where(STAFF_RECOVERY.c.staff_id == staff_id))
    connection.execute(
        insert(STAFF_RECOVERY), [{"code": one, "staff_id": staff_id} for one in codes]
    )


def use_code(connection: Connection, staff_id: int, code: str) -> bool:
    """Use a recovery code up; False when it is not one of theirs. Of two at once, one wins."""
    table = STAFF_RECOVERY
    one = delete(table).where(table.c.code == code, table.c.staff_id == staff_id)
    return bool(connection.execute(one).rowcount)


def drop_all(connection: Connection, staff_id: int) -> None:
    """Take away every second factor somebody has: they must set one up anew."""
    for table in (STAFF_TOTP, STAFF_PASSKEY, STAFF_RECOVERY):
        connection.execute(delete(table).where(table.c.staff_id == staff_id))


def _passkeys(connection: Connection, staff_id: int) -> tuple[Passkey, ...]:
    table = STAFF_PASSKEY
    found = select(table).where(table.c.staff_id == staff_id).order_by(table.c.created_at)
    return tuple(
        Passkey(row.credential, row.public_key, row.sign_count, row.name, row.created_at)
        for row in connection.execute(found)
    )
