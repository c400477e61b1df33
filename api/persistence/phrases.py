"""Phrases of danger in the store: those in force, those that wait for somebody, and the gone."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from api.domain.phrases import IN_FORCE, KeptPhrase, Sought, Standing
from api.persistence.tables import PHRASE, PHRASE_HISTORY
from common.contract.publication import HeardPhrase
from common.listening.folding import fold
from common.listening.phrases import Phrase

_IN_FORCE = sorted(one.value for one in IN_FORCE)


class By(NamedTuple):
    """Who moves a phrase, and when; nobody ships it."""

    staff_id: int | None
    at: datetime


def sought(connection: Connection, wanted: Sought) -> tuple[list[KeptPhrase], int]:
    """A page of what is found, by language and words, and how many there are in all."""
    table, matching = PHRASE, _matching(select(PHRASE), wanted)
    total = connection.scalar(select(func.count()).select_from(matching.subquery())) or 0
    page = matching.order_by(table.c.language, table.c.folded, table.c.id)
    rows = connection.execute(page.offset(wanted.after).limit(wanted.most))
    return [_kept(row) for row in rows], total


def by_id(connection: Connection, phrase_id: int) -> KeptPhrase | None:
    """The phrase with this number."""
    row = connection.execute(select(PHRASE).where(PHRASE.c.id == phrase_id)).first()
    return _kept(row) if row else None


def alike(connection: Connection, language: str, text: str) -> KeptPhrase | None:
    """One of this language that is heard just like this text and is not gone."""
    found = select(PHRASE).where(
        PHRASE.c.language == language,
        PHRASE.c.folded == fold(text),
        PHRASE.c.standing != Standing.GONE.value,
    )
    row = connection.execute(found.limit(1)).first()
    return _kept(row) if row else None


def counts(connection: Connection) -> Mapping[tuple[str, str], int]:
    """How many are in force, by language and tier."""
    table = PHRASE
    found = (
        select(table.c.language, table.c.tier, func.count().label("many"))
        .where(table.c.standing.in_(_IN_FORCE))
        .group_by(table.c.language, table.c.tier)
    )
    return {(row.language, row.tier): row.many for row in connection.execute(found)}


def for_publication(connection: Connection) -> tuple[HeardPhrase, ...]:
    """Those in force, as they go out."""
    table = PHRASE
    found = (
        select(table.c.language, table.c.tier, table.c.text)
        .where(table.c.standing.in_(_IN_FORCE))
        .order_by(table.c.language, table.c.tier, table.c.text, table.c.id)
    )
    return tuple(
        HeardPhrase(language=row.language, tier=row.tier, text=row.text)
        for row in connection.execute(found)
    )


def add(connection: Connection, language: str, phrase: Phrase, standing: Standing, by: By) -> int:
    """Add one, and say its number."""
    row = _row(language, phrase, standing, by)
    number = int(connection.execute(insert(PHRASE).returning(PHRASE.c.id), row).scalar_one())
    _remember(connection, number, standing, by)
    return number


def move(connection: Connection, phrase_id: int, standing: Standing, by: By) -> None:
    """Let it stand otherwise from now on."""
    one = update(PHRASE).where(PHRASE.c.id == phrase_id)
    moved = {"standing": standing.value, "moved_by": by.staff_id, "moved_at": by.at}
    connection.execute(one.values(moved))
    _remember(connection, phrase_id, standing, by)


def history(connection: Connection, phrase_id: int) -> list[tuple[str, int | None, datetime]]:
    """Where it stood, by whom and since when; the newest first."""
    table = PHRASE_HISTORY
    found = select(table).where(table.c.phrase_id == phrase_id).order_by(table.c.id.desc())
    return [(row.what, row.staff_id, row.at) for row in connection.execute(found)]


def ever(connection: Connection) -> list[KeptPhrase]:
    """All that there ever were, the gone ones too."""
    return [_kept(row) for row in connection.execute(select(PHRASE).order_by(PHRASE.c.id))]


def ship(
    connection: Connection, new: Iterable[tuple[str, Phrase]], gone: Collection[int], at: datetime
) -> None:
    """Add those that are newly shipped, and let go of those that are shipped no more."""
    rows = [_row(language, one, Standing.IN_FORCE, By(None, at)) for language, one in new]
    if rows:
        connection.execute(insert(PHRASE), rows)
    if gone:
        no_more = update(PHRASE).where(PHRASE.c.id.in_(gone))
        connection.execute(no_more.values(standing=Standing.GONE.value, moved_at=at))


def _matching(found: Select[tuple[object, ...]], wanted: Sought) -> Select[tuple[object, ...]]:
    table = PHRASE
    found = found.where(table.c.standing.in_(sorted(one.value for one in wanted.standings)))
    if wanted.language:
        found = found.where(table.c.language == wanted.language)
    if wanted.tier:
        found = found.where(table.c.tier == wanted.tier)
    if words := fold(wanted.text):
        found = found.where(table.c.folded.contains(words, autoescape=True))
    return found


def _row(language: str, phrase: Phrase, standing: Standing, by: By) -> dict[str, object]:
    return {
        "language": language,
        "tier": phrase.tier,
        "text": phrase.text,
        "folded": fold(phrase.text),
        "standing": standing.value,
        "moved_by": by.staff_id,
        "moved_at": by.at,
    }


def _remember(connection: Connection, number: int, standing: Standing, by: By) -> None:
    row = {"phrase_id": number, "what": standing.value, "staff_id": by.staff_id, "at": by.at}
    connection.execute(insert(PHRASE_HISTORY), row)


def _kept(row: Row[tuple[object, ...]]) -> KeptPhrase:
    return KeptPhrase(
        phrase_id=row.id,
        language=row.language,
        tier=row.tier,
        text=row.text,
        standing=Standing(row.standing),
        moved_by=row.moved_by,
        moved_at=row.moved_at,
    )
