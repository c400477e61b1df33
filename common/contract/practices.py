"""Finding a GP practice by whatever people call it: name, former name, street, postcode, by ear."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from common.contract.directory import Practice
from common.contract.identifiers import to_ascii_digits
from common.contract.practice_words import EMPTY_WORDS, LIGHT_WORDS, SPELLED_OUT
from common.contract.spelling import Word, hear, join, likeness, split_words

_CHARACTERS_READ = 200
_WORDS_READ = 16
_LEAST_LIKENESS = 0.72
_LEAST_SCORE = 0.5
_LIGHT_WEIGHT = 0.4
_NAME, _STREET, _SAME_SECTOR = 1.0, 0.9, 0.6
# A closed practice comes first only when it is clearly the one that was named.
_CLOSED = 0.85

_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9])([A-Z]{2})?\b")
_LIGHT = frozenset(hear(word) for word in LIGHT_WORDS)


@dataclass(frozen=True, slots=True)
class Match:
    """A practice that may be meant; `score` from 0 to 1 orders the matches of one query."""

    practice: Practice
    score: float


def search(query: str, practices: Sequence[Practice], limit: int = 3) -> tuple[Match, ...]:
    """The practices that may be meant, best first; none when nothing like them was said.

    Closed practices are found too, so that the caller can say that they have closed. They come
    first only when clearly meant: of two that match about alike, the open one does.
    """
    index = _index(tuple(practices))
    said = _listen(query[:_CHARACTERS_READ], index.vocabulary)
    scored = (Match(entry.practice, _score(said, entry)) for entry in index.entries)
    found = [match for match in scored if match.score >= _LEAST_SCORE]
    found.sort(key=lambda match: (-match.score, not match.practice.open, match.practice.name))
    return tuple(found[:limit])


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to call a practice: its words by their place in the vocabulary, with weights."""

    places: tuple[int, ...]
    weights: tuple[float, ...]
    joined: Word
    rank: float


@dataclass(frozen=True, slots=True)
class _Entry:
    practice: Practice
    phrases: tuple[_Phrase, ...]
    codes: frozenset[str]
    sector: str


@dataclass(frozen=True, slots=True)
class _Index:
    entries: tuple[_Entry, ...]
    vocabulary: tuple[Word, ...]


@lru_cache(maxsize=4)
def _index(practices: tuple[Practice, ...]) -> _Index:
    vocabulary: dict[Word, int] = {}
    entries = tuple(_entry(practice, vocabulary) for practice in practices)
    return _Index(entries, tuple(vocabulary))


def _entry(practice: Practice, vocabulary: dict[Word, int]) -> _Entry:
    standing = 1.0 if practice.open else _CLOSED
    names = [(name, _NAME) for name in (practice.name, *practice.also_known_as)]
    # A closed practice is known by its names; in its street another one may be meant.
    parts = practice.street.split(",") if practice.open else []
    streets = [(part, _STREET) for part in parts]
    phrases = (_phrase(text, rank * standing, vocabulary) for text, rank in (*names, *streets))
    return _Entry(
        practice,
        tuple(phrase for phrase in phrases if phrase.places),
        frozenset({practice.ods_code, practice.postcode.replace(" ", "")}),
        practice.postcode[:-2],
    )


def _phrase(text: str, rank: float, vocabulary: dict[Word, int]) -> _Phrase:
    words = _telling_words(text)
    places = tuple(vocabulary.setdefault(word, len(vocabulary)) for word in words)
    return _Phrase(places, tuple(map(_weight, words)), join(words), rank)


def _telling_words(text: str) -> tuple[Word, ...]:
    """The words that tell one practice from another, abbreviations and other scripts resolved."""
    words = (SPELLED_OUT.get(word, word) for word in split_words(text)[:_WORDS_READ])
    heard = (hear(word) for word in words if word not in EMPTY_WORDS)
    return tuple(dict.fromkeys(word for word in heard if word.sound))


def _weight(word: Word) -> float:
    return _LIGHT_WEIGHT if word.number or word in _LIGHT else 1.0


@dataclass(frozen=True, slots=True)
class _Said:
    """A query: what each of its words may be, by places in the vocabulary, and its codes."""

    likes: tuple[Mapping[int, float], ...]
    weights: tuple[float, ...]
    joined: Word
    codes: frozenset[str]
    sectors: frozenset[str]


def _listen(query: str, vocabulary: Sequence[Word]) -> _Said:
    words = _telling_words(query)
    typed = to_ascii_digits(query).upper()
    postcodes = _POSTCODE.findall(typed)
    return _Said(
        tuple(_likes(word, vocabulary) for word in words),
        tuple(map(_weight, words)),
        join(words),
        frozenset((*re.findall(r"[A-Z0-9]+", typed), *map("".join, postcodes))),
        frozenset(f"{outward} {digit}" for outward, digit, _ in postcodes),
    )


def _likes(said: Word, vocabulary: Sequence[Word]) -> Mapping[int, float]:
    scores = ((place, likeness(said, word)) for place, word in enumerate(vocabulary))
    return {place: score for place, score in scores if score >= _LEAST_LIKENESS}


def _score(said: _Said, entry: _Entry) -> float:
    if entry.codes & said.codes:
        return 1.0
    nearby = _SAME_SECTOR if entry.sector in said.sectors else 0.0
    return round(max(nearby, *(_phrase_score(said, one) for one in entry.phrases), 0.0), 3)


def _phrase_score(said: _Said, phrase: _Phrase) -> float:
    """How well it covers what was said, and what was said covers it, in equal parts."""
    together = likeness(said.joined, phrase.joined)
    likes = [[like.get(place, 0.0) for place in phrase.places] for like in said.likes]
    if not any(map(any, likes)):
        return phrase.rank * together if together >= _LEAST_LIKENESS else 0.0
    said_covered = _covered(map(max, likes), said.weights)
    phrase_covered = _covered(map(max, zip(*likes, strict=True)), phrase.weights)
    return phrase.rank * max(together, (said_covered + phrase_covered) / 2)


def _covered(found: Iterable[float], weights: Sequence[float]) -> float:
    """The weighted share of these words that was found."""
    return sum(weight * share for weight, share in zip(weights, found, strict=True)) / sum(weights)
