"""The exact-phrase list: the plainest words of danger, which always fire, in every language.

It cannot weigh a sentence. "I don't want to die" fires like "I want to die": a help card too
many is the safe side, and somebody afraid of dying may need it too. "I am not suicidal" does
not fire, because a word in between makes it another phrase. What everyday talk shares with
danger ("I don't want to live here") is listed as harmless, and only what lies wholly inside
such a phrase is passed over.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from bot.dialogue.inbound import Signals
from bot.listening.folding import fold

URGENT = "urgent"
CHECK = "check"
HARMLESS = "harmless"
FILE_NAME = "phrases.txt"

# Beyond what any channel lets through; of a longer text both ends are read.
_LONGEST = 10_000
_SHORTEST_PHRASE = 2
_UNSPACED = re.compile("[\u3400-\u9fff]")
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_AND = "و"
_GRAVEST_FIRST = (URGENT, CHECK, HARMLESS)


class PhrasesError(ValueError):
    """A phrase list cannot be used; says which file and line."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it stands in its file, and its section there: urgent, check or harmless."""

    text: str
    tier: str


def read_phrases(path: Path) -> tuple[Phrase, ...]:
    """The phrases of one file: under `[urgent]`, `[check]` and, if any, `[harmless]`.

    One phrase a line; `#` starts a comment.

    Raises:
        PhrasesError: a phrase before any section, an unknown section, or one too short to mean
            anything once folded.
    """
    tier, phrases = "", []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.split("#", 1)[0].strip()
        if line in {f"[{one}]" for one in (URGENT, CHECK, HARMLESS)}:
            tier = line[1:-1]
        elif line:
            if not tier or line.startswith("[") or len(fold(line)) < _SHORTEST_PHRASE:
                where = f"{path.parent.name}/{path.name}, line {number}"
                raise PhrasesError(f"{where}: not a section, and no phrase that could be heard")
            phrases.append(Phrase(line, tier))
    return tuple(phrases)


class PhraseListener:
    """A `Listener` over the phrases of all languages at once, since people mix languages."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._tiers: dict[str, str] = {}
        self._lengths: dict[str, set[int]] = {}
        unspaced: dict[str, list[str]] = {}
        for phrase in phrases:
            folded = fold(phrase.text)
            if _UNSPACED.search(folded):
                unspaced.setdefault(phrase.tier, []).append(folded.replace(" ", ""))
            else:
                self._add(folded, phrase.tier)
        self._unspaced = {tier: _any_of(found) for tier, found in unspaced.items()}

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read `<language>/phrases.txt` of every language under `path`.

        Raises:
            PhrasesError: a list is broken, or there is none: a deaf listener must not start.
        """
        files = sorted(path.glob(f"*/{FILE_NAME}"))
        if not files:
            raise PhrasesError(f"no {FILE_NAME} in any folder of {path.name}/")
        return cls(phrase for file in files for phrase in read_phrases(file))

    async def hear(self, text: str) -> Signals:
        """The signals in this text. Never raises."""
        return self.signals(text)

    def signals(self, text: str) -> Signals:
        """The same, for whoever need not wait."""
        words = fold(_ends(text)).split()
        tiers = self._spaced_tiers(words) | self._unspaced_tiers("".join(words))
        return Signals(urgent=URGENT in tiers, check=CHECK in tiers)

    def _add(self, folded: str, tier: str) -> None:
        # Arabic writes "and" as part of the next word.
        for form in (folded, _ARABIC_AND + folded) if _ARABIC.match(folded) else (folded,):
            # The same words in two lists, perhaps of two languages: the graver one holds.
            self._tiers[form] = min(tier, self._tiers.get(form, tier), key=_GRAVEST_FIRST.index)
            words = form.split()
            self._lengths.setdefault(words[0], set()).add(len(words))

    def _spaced_tiers(self, words: Sequence[str]) -> set[str]:
        found = [
            (start, start + length, tier)
            for start, word in enumerate(words)
            for length in self._lengths.get(word, ())
            if start + length <= len(words)
            if (tier := self._tiers.get(" ".join(words[start : start + length])))
        ]
        calm = [(start, end) for start, end, tier in found if tier == HARMLESS]
        return {
            tier
            for start, end, tier in found
            if not any(first <= start and end <= last for first, last in calm)
        }

    def _unspaced_tiers(self, joined: str) -> set[str]:
        if not _UNSPACED.search(joined):
            return set()
        if HARMLESS in self._unspaced:
            joined = self._unspaced[HARMLESS].sub(" ", joined)
        return {tier for tier, any_of in self._unspaced.items() if any_of.search(joined)}


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _ends(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    half = _LONGEST // 2
    return f"{text[:half]} {text[-half:]}"
