"""The directory in the store: practices with all their names, and the borough's postcodes."""

import zlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from api.persistence.tables import DIRECTORY_DOCUMENT, PCN, PRACTICE, PRACTICE_ALIAS
from common.contract.directory import Borough, Practice

BOROUGH = "borough"


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
    rows = [
        {
            **one.model_dump(exclude={"pcn_code", "pcn_name", "also_known_as"}),
            "pcn_code": one.pcn_code or None,
        }
        for one in new
    ]
    connection.execute(insert(PRACTICE), rows)
    aliases = [
        {"ods_code": one.ods_code, "name": name, "place": place}
        for one in new
        for place, name in enumerate(dict.fromkeys(one.also_known_as))
    ]
    if aliases:
        connection.execute(insert(PRACTICE_ALIAS), aliases)


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
