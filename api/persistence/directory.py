"""The directory in the store: practices with all their names, and the borough's postcodes."""

import secrets
import zlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_change

from api.persistence.tables import DIRECTORY_DOCUMENT, PCN, PRACTICE, PRACTICE_ALIAS
from common.contract.directory import Borough, Practice

BOROUGH = "borough"
PRACTICES = "practices"
"""The document of this name has no body: its edition is another one after each change."""


def practices(connection: Connection) -> tuple[Practice, ...]:
    """Every practice, open and closed, by ODS code."""
    names = {row.code: row.name for row in connection.execute(select(PCN))}
    aliases = _aliases(connection)
    found = select(PRACTICE).order_by(PRACTICE.c.ods_code)
    return tuple(
        Practice(
            ods_code=row.ods_code,
            name=row.name,
            street=row.street,
            postcode=row.postcode,
            phone=row.phone,
            pcn_code=row.pcn_code or "",
            pcn_name=names.get(row.pcn_code, ""),
            open=row.open,
            also_known_as=aliases.get(row.ods_code, ()),
        )
        for row in connection.execute(found)
    )


def has_practices(connection: Connection) -> bool:
    """Whether the directory was filled before."""
    return connection.execute(select(PRACTICE.c.ods_code).limit(1)).first() is not None


def add_practices(connection: Connection, new: Sequence[Practice]) -> None:
    """Fill an empty directory."""
    pcns = {one.pcn_code: one.pcn_name for one in new if one.pcn_code}
    if pcns:
        connection.execute(insert(PCN), [{"code": c, "name": n} for c, n in sorted(pcns.items())])
    connection.execute(insert(PRACTICE), [_row(one) for one in new])
    aliases = [alias for one in new for alias in _alias_rows(one)]
    if aliases:
        connection.execute(insert(PRACTICE_ALIAS), aliases)


def networks(connection: Connection) -> dict[str, str]:
    """The names of the networks by their codes."""
    found = select(PCN).order_by(PCN.c.name)
    return {row.code: row.name for row in connection.execute(found)}


def add(connection: Connection, new: Practice) -> bool:
    """Add a practice of a known network or of none; False when there is one of its code."""
    known = select(PRACTICE.c.ods_code).where(PRACTICE.c.ods_code == new.ods_code)
    if connection.execute(known).first():
        return False
    connection.execute(insert(PRACTICE), _row(new))
    _name(connection, new)
    return True


def change(connection: Connection, changed: Practice) -> None:
    """Let a practice be as this one: its names, where it is, and whether it is open."""
    one = update(PRACTICE).where(PRACTICE.c.ods_code == changed.ods_code)
    connection.execute(one.values(_row(changed)))
    _name(connection, changed)


def edition(connection: Connection) -> str:
    """Another one whenever something in the directory was changed."""
    table = DIRECTORY_DOCUMENT
    found = select(table.c.edition).where(table.c.name == PRACTICES)
    return connection.execute(found).scalar_one_or_none() or ""


def touch(connection: Connection, at: datetime) -> None:
    """Let every process know that something was changed."""
    table = DIRECTORY_DOCUMENT
    row = {"name": PRACTICES, "edition": secrets.token_hex(8), "body": b"", "stored_at": at}
    stored = insert_or_change(table).values(row)
    fresh = {name: stored.excluded[name] for name in ("edition", "stored_at")}
    connection.execute(stored.on_conflict_do_update(index_elements=["name"], set_=fresh))


def borough_edition(connection: Connection) -> str:
    """The edition of the postcodes in store, empty when there are none."""
    table = DIRECTORY_DOCUMENT
    found = select(table.c.edition).where(table.c.name == BOROUGH)
    return connection.execute(found).scalar_one_or_none() or ""


def borough(connection: Connection) -> Borough:
    """The borough's postcodes. Raises NoResultFound when none were stored."""
    table = DIRECTORY_DOCUMENT
    body = connection.execute(select(table.c.body).where(table.c.name == BOROUGH)).scalar_one()
    return Borough.model_validate_json(zlib.decompress(body))


def store_borough(connection: Connection, borough: Borough, edition: str, at: datetime) -> None:
    """Keep these postcodes in place of any before."""
    table = DIRECTORY_DOCUMENT
    connection.execute(delete(table).where(table.c.name == BOROUGH))
    body = zlib.compress(borough.model_dump_json().encode())
    row = {"name": BOROUGH, "edition": edition, "body": body, "stored_at": at}
    connection.execute(insert(table), row)


def _aliases(connection: Connection) -> dict[str, tuple[str, ...]]:
    grouped: dict[str, list[str]] = {}
    for row in connection.execute(select(PRACTICE_ALIAS).order_by(PRACTICE_ALIAS.c.place)):
        grouped.setdefault(row.ods_code, []).append(row.name)
    return {code: tuple(names) for code, names in grouped.items()}


def _row(one: Practice) -> dict[str, object]:
    plain = one.model_dump(exclude={"pcn_code", "pcn_name", "also_known_as"})
    return {**plain, "pcn_code": one.pcn_code or None}


def _name(connection: Connection, one: Practice) -> None:
    """Keep its other names, in their order, in place of any before."""
    table = PRACTICE_ALIAS
    connection.execute(delete(table).where(table.c.ods_code == one.ods_code))
    if aliases := _alias_rows(one):
        connection.execute(insert(table), aliases)


def _alias_rows(one: Practice) -> list[dict[str, object]]:
    names = dict.fromkeys(one.also_known_as)
    return [
        {"ods_code": one.ods_code, "name": name, "place": place} for place, name in enumerate(names)
    ]
