"""The practices' names and streets, taken apart once so that many queries can be compared."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from common.contract.directory import Practice
from common.contract.practice_places import places_around
from common.contract.practice_speech import is_light, run_together, telling_words
from common.contract.spelling import Word, Words, join

_LIGHT_WEIGHT = 0.4
_NAME, _STREET, _PLACE = 1.0, 0.9, 0.7
# A closed practice comes first only when it is clearly the one that was named.
_CLOSED = 0.85
_FEW = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to call a practice; its words are numbers of words in the index.

    `telling` are those without which it was not said, `joined` is these written as one word;
    `wholes` are all that was to be read, so written. Nobody has to say the `house_numbers`.
    """

    words: tuple[int, ...]
    weights: tuple[float, ...]
    house_numbers: tuple[bool, ...]
    telling: frozenset[int]
    joined: int
    wholes: frozenset[int]
    rank: float


@dataclass(frozen=True, slots=True)
class Entry:
    """A practice with all that it is called, and the codes that are its own alone."""

    practice: Practice
    phrases: tuple[Phrase, ...]
    codes: frozenset[str]
    sector: str

    @property
    def outward(self) -> str:
        """The district: E14 of E14 8."""
        return self.sector.split(" ")[0]


@dataclass(frozen=True, slots=True)
class Index:
    """All practices; each word that occurs, alone or run together; their postcode districts.

    `rare_outwards` are the districts with so few practices that all of them can be offered.
    """

    entries: tuple[Entry, ...]
    words: Words
    runs: Words
    wholes: Words
    outwards: frozenset[str]
    rare_outwards: frozenset[str]


@lru_cache(maxsize=4)
def index(practices: tuple[Practice, ...]) -> Index:
    """The index of these practices; the last few are kept."""
    numbered = _Numbered()
    entries = tuple(_entry(practice, numbered) for practice in practices)
    outwards = [entry.outward for entry in entries if entry.practice.open]
    rare = frozenset(one for one in outwards if outwards.count(one) <= _FEW)
    return Index(
        entries,
        Words(numbered.words),
        Words(numbered.runs),
        Words(numbered.wholes),
        frozenset(outwards),
        rare,
    )


def weigh(word: Word) -> float:
    """How much a word tells."""
    return _LIGHT_WEIGHT if is_light(word) else 1.0


@dataclass(frozen=True, slots=True)
class _Numbered:
    words: dict[Word, int] = field(default_factory=dict)
    runs: dict[Word, int] = field(default_factory=dict)
    wholes: dict[Word, int] = field(default_factory=dict)


def _number(word: Word, among: dict[Word, int]) -> int:
    return among.setdefault(word, len(among))


def _entry(practice: Practice, numbered: _Numbered) -> Entry:
    sector = practice.postcode[:-2]
    phrases = (_phrase(text, rank, numbered) for text, rank in _called(practice, sector))
    return Entry(
        practice,
        tuple(phrase for phrase in phrases if phrase.words),
        frozenset({practice.ods_code, practice.postcode.replace(" ", "")}),
        sector,
    )


def _called(practice: Practice, sector: str) -> Iterator[tuple[str, float]]:
    standing = 1.0 if practice.open else _CLOSED
    for name in (practice.name, *practice.also_known_as):
        yield name, _NAME * standing
    # A closed practice is known by its names; in its street another one may be meant.
    if practice.open:
        for part in practice.street.split(","):
            # "Flat 12" is where many live.
            if not all(map(is_light, telling_words(part))):
                yield part, _STREET
        for place in places_around(sector):
            yield place, _PLACE


def _phrase(text: str, rank: float, numbered: _Numbered) -> Phrase:
    words = telling_words(text)
    heavy = [word for word in words if not is_light(word)] or words
    return Phrase(
        words=tuple(_number(word, numbered.words) for word in words),
        weights=tuple(map(weigh, words)),
        house_numbers=tuple(word.number for word in words),
        telling=frozenset(_number(word, numbered.words) for word in heavy),
        joined=_number(join(heavy), numbered.runs),
        wholes=frozenset(_number(word, numbered.wholes) for word in run_together(text)),
        rank=rank,
    )
