"""The lists that Doorway ships: helplines, phrases, and which message names which helpline."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from api.domain.helplines import Details, Helpline, Shown, Uses
from api.persistence.tables import DIRECTORY_DOCUMENT
from common.listening.phrases import FILE_NAME, Phrase, read_phrases

LOCALES = Path(__file__).parents[2] / "locales"
_HELPLINES, _USES = LOCALES / "helplines.csv", LOCALES / "helpline_uses.csv"
_DOCUMENT = "safety lists"


@cache
def shipped_edition() -> str:
    """Another one whenever a list that is shipped has changed."""
    files = [_HELPLINES, *sorted(LOCALES.glob(f"*/{FILE_NAME}"))]
    return hashlib.sha256(b"".join(one.read_bytes() for one in files)).hexdigest()[:32]


def edition(connection: Connection) -> str:
    """The edition of the lists that the store was last brought to, empty if none was."""
    table = DIRECTORY_DOCUMENT
    found = select(table.c.edition).where(table.c.name == _DOCUMENT)
    return connection.execute(found).scalar_one_or_none() or ""


def note_edition(connection: Connection, at: datetime) -> None:
    """The store has what is shipped now."""
    table = DIRECTORY_DOCUMENT
    connection.execute(delete(table).where(table.c.name == _DOCUMENT))
    row = {"name": _DOCUMENT, "edition": shipped_edition(), "body": b"", "stored_at": at}
    connection.execute(insert(table), row)


@cache
def shipped_helplines() -> Sequence[Helpline]:
    """The helplines as shipped; no person has confirmed any of them yet."""
    return tuple(
        Helpline(
            key=row["key"],
            name=row["name"],
            contact=row["contact"],
            shown=Shown(row["shown"]),
            details=Details(
                situation=row["situation"], when=row["when"], source=row["source_note"]
            ),
        )
        for row in _rows(_HELPLINES)
    )


def shipped_phrases() -> Iterator[tuple[str, Phrase]]:
    """Every phrase that is shipped, with its language."""
    for path in sorted(LOCALES.glob(f"*/{FILE_NAME}")):
        for phrase in read_phrases(path):
            yield path.parent.name, phrase


@cache
def helpline_uses() -> Uses:
    """Which message is given the number of which helpline."""
    uses: dict[tuple[str, str], frozenset[str]] = {}
    for row in _rows(_USES):
        message = (row["step"], row["id"])
        uses[message] = uses.get(message, frozenset()) | {row["key"]}
    return uses


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
