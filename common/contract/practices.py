"""Finding a GP practice by whatever people call it: name, former name, street, postcode, by ear."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from common.contract.directory import Practice
from common.contract.identifiers import to_ascii_digits
from common.contract.practice_words import EMPTY_WORDS, LIGHT_WORDS, SPELLED_OUT
from common.contract.spelling import Word, hear, likeness, split_words

_WORDS_READ = 16
_LEAST_LIKENESS = 0.72
_LEAST_SCORE = 0.5
_LIGHT_WEIGHT = 0.4
_NAME, _STREET, _SAME_SECTOR = 1.0, 0.9, 0.6

_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9])([A-Z]{2})?\b")


@dataclass(frozen=True, slots=True)
class Match:
    """A practice that may be meant; `score` from 0 to 1 orders matches of one query."""

    practice: Practice
    score: float


def search(query: str, practices: Sequence[Practice], limit: int = 3) -> tuple[Match, ...]:
    """The practices that may be meant, best first; none when nothing like them was said.

    Closed practices are found too: the caller says that they have closed. Of two that match
    alike, the open one comes first.
    """
    found = [
        Match(entry.practice, round(score, 3))
        for entry, score in _scores(query, _index(tuple(practices)))
        if score >= _LEAST_SCORE
    ]
    found.sort(key=lambda match: (-match.score, not match.practice.open, match.practice.name))
    return tuple(found[:limit])


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One way to call a practice, with how much it counts."""

    words: tuple[Word, ...]
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
    vocabulary: frozenset[Word]


@lru_cache(maxsize=4)
def _index(practices: tuple[Practice, ...]) -> _Index:
    entries = tuple(_entry(practice) for practice in practices)
    vocabulary = frozenset(
        word for entry in entries for phrase in entry.phrases for word in phrase.words
    )
    return _Index(entries, vocabulary)


def _entry(practice: Practice) -> _Entry:
    names = [(name, _NAME) for name in (practice.name, *practice.also_known_as)]
    streets = [(part, _STREET) for part in practice.street.split(",")]
    phrases = [_phrase(text, rank) for text, rank in (*names, *streets)]
    return _Entry(
        practice,
        tuple(phrase for phrase in phrases if phrase.words),
        frozenset({practice.ods_code, practice.postcode.replace(" ", "")}),
        practice.postcode[:-2],
    )


def _phrase(text: str, rank: float) -> _Phrase:
    words = _telling_words(text)
    return _Phrase(words, _join(words), rank)


def _telling_words(text: str) -> tuple[Word, ...]:
    """The words that tell one practice from another, abbreviations and other scripts resolved."""
    words = (SPELLED_OUT.get(word, word) for word in split_words(text)[:_WORDS_READ])
    heard = (hear(word) for word in words if word not in EMPTY_WORDS)
    return tuple(dict.fromkeys(word for word in heard if word.sound))


def _join(words: Iterable[Word]) -> Word:
    several = tuple(words)
    return Word(
        "".join(word.sound for word in several),
        "".join(word.skeleton for word in several),
        vowels=all(word.vowels for word in several),
    )


def _scores(query: str, index: _Index) -> Iterable[tuple[_Entry, float]]:
    said = _telling_words(query)
    joined = _join(said)
    alike = {word: _alike(word, index.vocabulary) for word in said}
    by_code = _by_code(query, index)
    for entry in index.entries:
        by_name = max((_phrase_score(alike, joined, one) for one in entry.phrases), default=0.0)
        yield entry, max(by_name, by_code.get(entry.practice.ods_code, 0.0))


def _alike(said: Word, vocabulary: Iterable[Word]) -> Mapping[Word, float]:
    found = ((word, likeness(said, word)) for word in vocabulary)
    return {word: score for word, score in found if score >= _LEAST_LIKENESS}


def _phrase_score(
    alike: Mapping[Word, Mapping[Word, float]], joined: Word, phrase: _Phrase
) -> float:
    """How well the phrase covers what was said, and what was said the phrase, in equal parts."""
    said_covered = _covered({word: _best(alike[word], phrase.words) for word in alike})
    found = {
        word: max((matches.get(word, 0.0) for matches in alike.values()), default=0.0)
        for word in phrase.words
    }
    apart = (said_covered + _covered(found)) / 2
    together = likeness(joined, phrase.joined)
    return phrase.rank * max(apart, together if together >= _LEAST_LIKENESS else 0.0)


def _best(matches: Mapping[Word, float], words: Iterable[Word]) -> float:
    return max((matches.get(word, 0.0) for word in words), default=0.0)


def _covered(found: Mapping[Word, float]) -> float:
    """The share of these words that was found, each by its weight."""
    total = sum(_weight(word) for word in found)
    return sum(_weight(word) * score for word, score in found.items()) / total if total else 0.0


def _weight(word: Word) -> float:
    return _LIGHT_WEIGHT if word.is_number or word in _LIGHT else 1.0


_LIGHT = frozenset(hear(word) for word in LIGHT_WORDS)


def _by_code(query: str, index: _Index) -> Mapping[str, float]:
    """Practices whose ODS code or postcode was typed, and those of a postcode's sector."""
    typed = to_ascii_digits(query).upper()
    codes = set(re.findall(r"[A-Z0-9]+", typed))
    sectors = set()
    for outward, sector, unit in _POSTCODE.findall(typed):
        codes.add(f"{outward}{sector}{unit}")
        sectors.add(f"{outward} {sector}")
    return {
        entry.practice.ods_code: 1.0 if entry.codes & codes else _SAME_SECTOR
        for entry in index.entries
        if entry.codes & codes or entry.sector in sectors
    }
