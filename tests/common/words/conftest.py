"""The words that are shipped, as the checks and the files see them."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from common.contract.languages import SOURCE_LANGUAGE
from common.contract.publication import Message
from common.words.formats.units import Key, Words, unit_of
from common.words.terms import Term, read_terms

LOCALES = Path(__file__).parents[3] / "locales"
CATALOGUE = "LC_MESSAGES/messages.po"
LANGUAGES = sorted(path.parts[-3] for path in LOCALES.glob(f"*/{CATALOGUE}"))


@cache
def shipped(language: str) -> Mapping[Key, Message]:
    """A language's messages by step and id."""
    with (LOCALES / language / CATALOGUE).open("rb") as file:
        catalogue = read_po(file)
    found = {}
    for one in catalogue:
        if one.id:
            step, ids = str(one.context), (one.id,) if isinstance(one.id, str) else tuple(one.id)
            texts = (one.string,) if isinstance(one.string, str) else tuple(one.string or ())
            plural = ids[1] if ids[1:] else ""
            found[step, ids[0]] = Message(step=step, id=ids[0], plural_id=plural, texts=texts)
    return found


def outgoing(language: str) -> Words:
    """A language's words as they set out."""
    english = shipped(SOURCE_LANGUAGE)
    messages = shipped(language).items()
    return Words(language, tuple(unit_of(english[key], one, "A note.") for key, one in messages))


def terms(language: str) -> tuple[Term, ...]:
    """A language's terms, none where it has no list."""
    path = LOCALES / language / "terms.csv"
    return read_terms(path.read_text(encoding="utf-8")) if path.exists() else ()
