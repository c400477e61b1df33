"""What is said about a practice, as words that can be compared: known ones in English."""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import dropwhile

from rapidfuzz import process
from rapidfuzz.distance import OSA

from common.contract.practice_words import (
    CHINESE,
    EMPTY_WORDS,
    ENDINGS,
    LIGHT_WORDS,
    SPELLED_OUT,
    SURGERY_WORDS,
)
from common.contract.spelling import Word, hear, join, split_words

_WORDS_READ = 16
_SHORTEST_MENDED = 5
_LIKE_ENOUGH = 0.79  # one slip in five letters

_CHINESE_WORD = re.compile("|".join(sorted(CHINESE, key=len, reverse=True)))
_CHINESE_TEXT = re.compile("[\u3400-\u9fff]+")
_GLUED = re.compile(f"(?<=[a-z]{{2}})({'|'.join(ENDINGS)})$")
# Bengali and Russian put the case at the end of a word, Arabic the article before it.
_INFLECTED = re.compile(
    "(?<=[\u0980-\u09ff]{3})(?:টির|টিতে|ের|তে|ে|র|টা|টি|কে)$"
    "|(?<=[а-я]{3})[аеёиоуыэюяйьї]+$"
    "|^(?:وال|بال|لل|ال)(?=[\u0621-\u06d3]{3})"
)

_LIGHT = frozenset(hear(word) for word in LIGHT_WORDS)


def telling_words(text: str) -> tuple[Word, ...]:
    """The words that tell one practice from another, abbreviations and other scripts resolved."""
    return _heard(word for word in _words(text) if not _is_in(_EMPTY, word))


def all_words(text: str) -> tuple[Word, ...]:
    """Those, and the small words among which one that was misheard may hide: "all be on"."""
    named = [word for word in _words(text) if not _is_in(_SURGERIES, word)]
    return _heard(dropwhile(lambda word: _is_in(_EMPTY, word), named))


def run_together(text: str) -> tuple[Word, ...]:
    """What somebody may have written in one word: all of it, at most without "the" or "surgery"."""
    words = _words(text)
    name = words[1:] if words[:1] == ["the"] else words
    parts = (name, words, [word for word in words if not _is_in(_EMPTY, word)])
    return tuple(join(map(hear, several)) for several in parts if several)


def is_light(word: Word) -> bool:
    """Whether half the borough is called so: a street, a number."""
    return word.number or word in _LIGHT


def _heard(words: Iterable[str]) -> tuple[Word, ...]:
    return tuple(dict.fromkeys(word for word in map(hear, words) if word.sound))


def _words(text: str) -> list[str]:
    spaced = _CHINESE_TEXT.sub(_part_chinese, text)
    parted = [part for word in split_words(spaced)[:_WORDS_READ] for part in _unglue(word)]
    known = (_KNOWN.get(word) or _KNOWN.get(_bare(word)) or _mend(word) for word in parted)
    together = re.sub(r"\b(?:double x|x x)\b", "xx", " ".join(known))
    return _saints_and_streets(re.sub(r"\be (?:1|one)\b", "e1", together).split())


def _saints_and_streets(words: Sequence[str]) -> list[str]:
    """Before a name "st" is a saint, after one a street."""
    read: list[str] = []
    for word in words:
        named = bool(read) and not read[-1].isdigit() and not _is_in(_EMPTY, read[-1])
        read.append(word if word != "st" else "street" if named else "saint")
    return read


def _part_chinese(run: re.Match[str]) -> str:
    return f" {_CHINESE_WORD.sub(lambda word: f' {CHINESE[word[0]]} ', run[0])} "


def _unglue(word: str) -> list[str]:
    glued = _GLUED.search(word)
    return [*_unglue(word[: glued.start()]), glued[0]] if glued else [word]


def _mend(word: str) -> str:
    """A common word as it should be, when a finger slipped: "helath", "steet"."""
    if not word.isascii() or len(word) < _SHORTEST_MENDED:
        return word
    meant = process.extractOne(
        word, ENDINGS, scorer=OSA.normalized_similarity, score_cutoff=_LIKE_ENOUGH
    )
    return word if meant is None else meant[0]


def _bare(word: str) -> str:
    return _INFLECTED.sub("", word)


def _is_in(words: Collection[str], word: str) -> bool:
    return word in words or _bare(word) in words


_SURGERIES = SURGERY_WORDS | frozenset(map(_bare, SURGERY_WORDS))
_EMPTY = EMPTY_WORDS | frozenset(map(_bare, EMPTY_WORDS))
_KNOWN = {**{_bare(word): english for word, english in SPELLED_OUT.items()}, **SPELLED_OUT}
