"""Words that are still English: the whole text, or a few words in a row."""

import re
from collections.abc import Iterator

from common.words.case import Case
from common.words.problem import Problem
from common.words.sight import alike, plain
from common.words.uses import Use, use_of

NAMES = (
    "Tower Hamlets Connect",
    "Tower Hamlets Council",
    "Tower Hamlets",
    "National Domestic Abuse Helpline",
    "National LGBT+ Domestic Abuse Helpline",
    "Men's Advice Line",
    "Karma Nirvana",
    "GP Care Group Advocacy and Interpreting",
    "Information Commissioner's Office",
    "Information Commissioner",
    "Universal Credit",
    "social prescribing link worker",
    "social prescriber",
    "social prescribing",
    "end-to-end encrypted",
    "British Sign Language",
    "Easy Read",
    "UK GDPR",
    "Relay UK",
    "NHS",
    "GP",
)
"""Names and terms that stay in Latin letters, so that they can be searched for and said."""

_NAME = re.compile("|".join(re.escape(name) for name in NAMES), re.IGNORECASE)
# A word in plain Latin letters, or anything else but a space: a sign or a word of another script.
_PIECE = re.compile(r"[a-z]+(?:['’][a-z]+)?(?![^\W\d_])|[^\s]+")
_KEPT = re.compile(
    r"%\([a-z_]+\)s|%%|/[a-z]+|(?<!\S)\S{1,64}@\S+|https?://\S+|(?<![a-z])[a-z]+(?:\.[a-z]+)+"
)
_LETTERS = re.compile(r"[a-z]")
_BAR = " | "
_TOO_SHORT = 2
_RUN = 3
"""So many English words in a row are no accident, even where languages share some."""


def check(case: Case) -> Iterator[Problem]:
    """Codes `same_as_english` and `english_left`, both hints."""
    if case.is_source or use_of(case.translated) is Use.LIST:
        return
    source = _words(case.source)
    for text in case.texts:
        if _tells(case.source) and alike(text) == alike(case.source):
            says = "This reads the same as the English. If it is not a name, put it in your words."
            yield Problem("same_as_english", must=False, says=says)
        elif run := _shared(source, _words(text)):
            says = f"“{' '.join(run)}” is still English. Put it in your words, if it is no name."
            yield Problem("english_left", must=False, says=says)


def _tells(text: str) -> bool:
    """Whether there are words to be translated: more than names, and than No or OK."""
    return any(len(word) > _TOO_SHORT and _LETTERS.search(word) for word in _words(text))


def _words(text: str) -> list[str]:
    """Its words in lower case, and a bar wherever something parts a run of English ones."""
    parted = _KEPT.sub(_BAR, _NAME.sub(_BAR, plain(text)).casefold())
    return _PIECE.findall(parted)


def _shared(source: list[str], words: list[str]) -> list[str]:
    """The first run of words that both have, if it is long enough."""
    runs = {run for run in _runs(source) if all(map(_LETTERS.search, run))}
    for start, run in enumerate(_runs(words)):
        if run in runs:
            end = start + _RUN
            while tuple(words[end - _RUN + 1 : end + 1]) in runs:
                end += 1
            return words[start:end]
    return []


def _runs(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]
