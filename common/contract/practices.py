"""Finding a GP practice by whatever people call it: name, former name, street, postcode, by ear."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, takewhile

from common.contract.directory import Practice
from common.contract.identifiers import Postcode, to_ascii_digits
from common.contract.postcode_letters import in_latin, in_words
from common.contract.practice_index import Entry, Index, Phrase, index, weigh
from common.contract.practice_speech import all_words, run_together, telling_words
from common.contract.spelling import Script, Word, Words, join

_CHARACTERS_READ = 200
_LEAST_LIKENESS = 0.72
# Long words of the same letters are alike by chance.
_LEAST_OF_A_WHOLE = 0.78
_LEAST_SCORE = 0.5
_NEARBY = 0.6

_SHORTEST_POSTCODE, _LONGEST_POSTCODE = 5, 7  # letters and digits
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)(?:\s*([0-9])[A-Z]{2}|\s+([0-9]))\b")


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
    known = index(tuple(practices))
    said = _listen(query[:_CHARACTERS_READ], known)
    scored = (Match(entry.practice, _score(said, entry)) for entry in known.entries)
    found = [match for match in scored if match.score >= _LEAST_SCORE]
    found.sort(key=lambda match: (-match.score, not match.practice.open, match.practice.name))
    return tuple(found[:limit])


@dataclass(frozen=True, slots=True)
class _Said:
    """A query: what each of its words, and all in one, may be by the index; and its codes.

    `whole` is what a single word may be that is all of a name written without spaces.
    """

    likes: tuple[Mapping[int, float], ...]
    weights: tuple[float, ...]
    heard: frozenset[int]
    together: Mapping[int, float]
    whole: Mapping[int, float]
    codes: frozenset[str]
    near: frozenset[str]


def _listen(query: str, known: Index) -> _Said:
    typed = to_ascii_digits(query).upper()
    spellings = in_latin(in_words(typed))
    named = _POSTCODE.sub(" ", typed)
    words = telling_words(named)
    likes = tuple(known.words.alike(word, _LEAST_LIKENESS) for word in words)
    outwards = {one.lower() for one in known.outwards}
    return _Said(
        likes=likes,
        weights=tuple(
            0.0 if word.sound in outwards and not like else weigh(word)
            for word, like in zip(words, likes, strict=True)
        ),
        heard=frozenset(chain.from_iterable(likes)),
        together=_together(words, all_words(named), known.runs),
        whole=_whole(named, words, known.wholes),
        codes=_codes(spellings),
        near=_near(spellings, known),
    )


def _together(telling: Sequence[Word], spoken: Sequence[Word], runs: Words) -> Mapping[int, float]:
    """What it may be when all of it is one name that was cut up, by the index."""
    heavy = [word for word in telling if weigh(word) == 1]
    said = {join(telling), join(heavy), join(spoken)} if heavy else set()
    return _likest(said, runs, _LEAST_LIKENESS)


def _whole(typed: str, telling: Sequence[Word], wholes: Words) -> Mapping[int, float]:
    """What a single word may be that is all of a name, by the index."""
    said = set(telling) if len(telling) == 1 else set()
    if telling and len(typed.split()) == 1:
        said.add(run_together(typed)[0])
    return _likest(said, wholes, _LEAST_OF_A_WHOLE)


def _likest(said: Collection[Word], names: Words, least: float) -> Mapping[int, float]:
    found: dict[int, float] = {}
    for one in said:
        enough = _LEAST_OF_A_WHOLE if one.script is Script.LATIN else least
        for number, score in names.alike(one, enough).items():
            found[number] = max(score, found.get(number, 0.0))
    return found


def _codes(spellings: frozenset[str]) -> frozenset[str]:
    """Whatever may be the code of a practice, or its postcode in any spacing."""
    codes: set[str] = set()
    for words in (spelling.split(" ") for spelling in spellings):
        codes |= set(words)
        for start in range(len(words)):
            parts = accumulate(words[start : start + _LONGEST_POSTCODE])
            for part in takewhile(lambda part: len(part) <= _LONGEST_POSTCODE, parts):
                codes |= {str(one).replace(" ", "") for one in _postcodes(part)}
    return frozenset(codes)


def _postcodes(part: str) -> frozenset[Postcode]:
    plausible = len(part) >= _SHORTEST_POSTCODE and not part.isalpha()
    return Postcode.readings(part) if plausible else frozenset()


def _near(spellings: frozenset[str], known: Index) -> frozenset[str]:
    """The sectors that were named, and the districts in which there are few practices."""
    sectors = {
        f"{outward} {whole or part}"
        for spelling in spellings
        for outward, whole, part in _POSTCODE.findall(spelling)
    }
    if sectors:
        return frozenset(sectors)
    return known.rare_outwards & {word for one in spellings for word in one.split(" ")}


def _score(said: _Said, entry: Entry) -> float:
    if entry.codes & said.codes:
        return 1.0
    nearby = _NEARBY if {entry.sector, entry.outward} & said.near else 0.0
    return round(max(nearby, *(_phrase_score(said, one) for one in entry.phrases), 0.0), 3)


def _phrase_score(said: _Said, phrase: Phrase) -> float:
    """How well it covers what was said, and what was said covers it, in equal parts."""
    together = said.together.get(phrase.joined, 0.0)
    together = max(together, *(said.whole.get(whole, 0.0) for whole in phrase.wholes))
    if said.heard.isdisjoint(phrase.telling):
        return phrase.rank * together
    said_found = [max(like.get(word, 0.0) for word in phrase.words) for like in said.likes]
    found = [max(like.get(word, 0.0) for like in said.likes) for word in phrase.words]
    weights = [
        0.0 if house_number and not share else weight
        for house_number, share, weight in zip(
            phrase.house_numbers, found, phrase.weights, strict=True
        )
    ]
    said_covered, covered = _covered(said_found, said.weights), _covered(found, weights)
    both = (said_covered + covered) / 2 - (1 - said_covered) * (1 - covered)
    return phrase.rank * max(together, both)


def _covered(found: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted share of these words that was found."""
    return sum(weight * share for weight, share in zip(weights, found, strict=True)) / sum(weights)
