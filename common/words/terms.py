"""A language's list of terms: what each thing is called, so that it is called the same everywhere.

A CSV with the columns english, translation and note; alternatives are parted by ` | `.
"""

import csv
from dataclasses import dataclass
from io import StringIO

COLUMNS = ("english", "translation", "note")
BETWEEN = " | "


class BadTermsError(ValueError):
    """A list of terms that cannot be read; says in which line, and why."""


@dataclass(frozen=True, slots=True)
class Term:
    """One thing, and what it may be called: each of `english` by any of `translations`."""

    english: tuple[str, ...]
    translations: tuple[str, ...]
    note: str = ""


def read_terms(text: str) -> tuple[Term, ...]:
    """The terms of a list.

    Raises:
        BadTermsError: a column is missing, or a term lacks its English or its translation.
    """
    rows = csv.DictReader(StringIO(text))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise BadTermsError(f"line 1: the columns are {', '.join(COLUMNS)}")
    return tuple(_term(row, rows.line_num) for row in rows)


def _term(row: dict[str, str], line: int) -> Term:
    english, translations = (_parted(row[name] or "") for name in COLUMNS[:2])
    if None in row or not english or not translations:
        raise BadTermsError(f"line {line}: a term has its English, its translation and a note")
    return Term(english, translations, row["note"] or "")


def _parted(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(BETWEEN.strip()) if part.strip())
