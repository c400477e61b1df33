"""Finds phrases in a text: the plainest words of danger, which always fire, in every language.

It cannot weigh a sentence. "I don't want to die" fires like "I want to die": a help card too
many is the safe side, and somebody afraid of dying may need it too. "I am not suicidal" does
not fire, because a word in between makes it another phrase. What everyday talk shares with
danger ("I don't want to live here") is listed as harmless, and only what lies wholly inside
such a phrase is passed over.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from common.listening.folding import fold
from common.listening.phrases import HARMLESS, TIERS, Phrase, folded

# Beyond what any channel lets through; of a longer text both ends are read.
_LONGEST = 10_000
_UNSPACED = re.compile("[\u3400-\u9fff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_AND = "و"


class Heard(NamedTuple):
    """A phrase that was found, folded, with its section; a calmed one lies in a harmless one."""

    phrase: str
    tier: str
    calmed: bool = False


class Matcher:
    """Looks for the phrases of all languages at once, since people mix languages."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._tiers: dict[str, str] = {}
        self._lengths: dict[str, set[int]] = {}
        unspaced: dict[str, list[str]] = {}
        for phrase in phrases:
            spelling = folded(phrase.text)
            if _UNSPACED.search(spelling):
                unspaced.setdefault(phrase.tier, []).append(spelling.replace(" ", ""))
            else:
                self._add(spelling, phrase.tier)
        self._unspaced = {tier: _any_of(found) for tier, found in unspaced.items()}

    def tiers(self, text: str) -> frozenset[str]:
        """The sections of what fires in this text."""
        return frozenset(one.tier for one in self.heard(text) if not one.calmed)

    def heard(self, text: str) -> tuple[Heard, ...]:
        """Every phrase that is in this text, the harmless ones and what they calm among them."""
        words = fold(_ends(text)).split()
        return (*self._in_words(words), *self._in_letters("".join(words)))

    def _add(self, spelling: str, tier: str) -> None:
        # Arabic writes "and" as part of the next word.
        joined = (_ARABIC_AND + spelling,) if _ARABIC.match(spelling) else ()
        for form in (spelling, *joined):
            # The same words in two lists, perhaps of two languages: the graver one holds.
            self._tiers[form] = min(tier, self._tiers.get(form, tier), key=TIERS.index)
            words = form.split()
            self._lengths.setdefault(words[0], set()).add(len(words))

    def _in_words(self, words: Sequence[str]) -> list[Heard]:
        found = [
            (start, start + length, phrase, tier)
            for start, word in enumerate(words)
            for length in self._lengths.get(word, ())
            if start + length <= len(words)
            if (tier := self._tiers.get(phrase := " ".join(words[start : start + length])))
        ]
        calm = [(start, end) for start, end, _, tier in found if tier == HARMLESS]
        return [
            Heard(phrase, tier, tier != HARMLESS and _inside(start, end, calm))
            for start, end, phrase, tier in found
        ]

    def _in_letters(self, joined: str) -> list[Heard]:
        """In Chinese, whose words stand without spaces."""
        if not _UNSPACED.search(joined):
            return []
        grave = {tier: any_of for tier, any_of in self._unspaced.items() if tier != HARMLESS}
        all_there = {
            (one, tier) for tier, any_of in grave.items() for one in any_of.findall(joined)
        }
        harmless = self._unspaced.get(HARMLESS)
        calmed = harmless.sub(" ", joined) if harmless else joined
        left = {(one, tier) for tier, any_of in grave.items() for one in any_of.findall(calmed)}
        calming = harmless.findall(joined) if harmless else []
        return [
            *(Heard(one, HARMLESS) for one in dict.fromkeys(calming)),
            *(Heard(*one) for one in sorted(left)),
            *(Heard(*one, calmed=True) for one in sorted(all_there - left)),
        ]


def _inside(start: int, end: int, calm: Iterable[tuple[int, int]]) -> bool:
    return any(first <= start and end <= last for first, last in calm)


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _ends(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return f"{text[:half]} {text[-half:]}"
