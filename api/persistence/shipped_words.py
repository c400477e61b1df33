"""The words that come with Doorway: the catalogues in `locales/`, and what each step is about."""

import csv
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

from babel.messages.pofile import read_po

from api.domain.wording import Kind, Name, Texts
from common.contract.languages import LANGUAGES, SOURCE_LANGUAGE
from common.words.terms import Term, read_terms

LOCALES = Path(__file__).parents[2] / "locales"
_CATALOGUE = "LC_MESSAGES/messages.po"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the talk as coordinators are told of it; `place` is where it comes, from 1."""

    name: str
    place: int
    kind: Kind
    title: str
    when: str


@dataclass(frozen=True)
class Shipped:
    """All that comes with Doorway: the steps in order, each language's texts by message.

    `terms` are what each language calls things.
    """

    steps: Mapping[str, Step]
    texts: Mapping[str, Mapping[Name, Texts]]
    plural_ids: Mapping[Name, str]
    plural_forms: Mapping[str, str]
    terms: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """All messages, in the order of the talk and then of the catalogue."""
        english = list(self.texts[SOURCE_LANGUAGE])
        return tuple(sorted(english, key=lambda one: self.steps[one.step].place))

    @cached_property
    def digest(self) -> str:
        """Another one when any of the words has changed."""
        words = repr([(one, list(texts.items())) for one, texts in self.texts.items()])
        return hashlib.sha256(words.encode()).hexdigest()[:32]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have a catalogue, in the order they are offered."""
        return tuple(one.code for one in LANGUAGES if one.code in self.texts)


@cache
def shipped() -> Shipped:
    """Read once: it changes with a release only."""
    texts: dict[str, Mapping[Name, Texts]] = {}
    plural_ids: dict[Name, str] = {}
    forms: dict[str, str] = {}
    for language in LANGUAGES:
        path = LOCALES / language.code / _CATALOGUE
        if path.exists():
            texts[language.code], forms[language.code] = _read(path, plural_ids)
    return Shipped(_steps(), texts, plural_ids, forms, dict(_terms()))


def _terms() -> Iterator[tuple[str, tuple[Term, ...]]]:
    """What things are called, in each language that has a list of it."""
    for language in LANGUAGES:
        path = LOCALES / language.code / "terms.csv"
        if path.exists():
            yield language.code, read_terms(path.read_text(encoding="utf-8"))


def _steps() -> dict[str, Step]:
    with (LOCALES / "steps.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["step"]: Step(row["step"], place, Kind(row["kind"]), row["title"], row["when"])
            for place, row in enumerate(csv.DictReader(file), start=1)
        }


def _read(path: Path, plural_ids: dict[Name, str]) -> tuple[dict[Name, Texts], str]:
    with path.open("rb") as file:
        catalogue = read_po(file)
    texts: dict[Name, Texts] = {}
    for message in catalogue:
        if not message.id:
            continue
        counted = isinstance(message.id, tuple)
        name = Name(message.context or "", message.id[0] if counted else str(message.id))
        if counted:
            plural_ids[name] = message.id[1]
        said = message.string
        texts[name] = tuple(said) if isinstance(said, tuple | list) else (str(said),)
    return texts, str(catalogue.plural_forms)
