"""Phrases of danger as they are written down: what one may be, and how a list of them is read."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from common.listening.folding import fold

URGENT = "urgent"
CHECK = "check"
HARMLESS = "harmless"
TIERS = (URGENT, CHECK, HARMLESS)
"""The gravest first."""
FILE_NAME = "phrases.txt"
SHORTEST = 2
LONGEST = 200
"""Characters of a phrase once folded, and of one as it is typed."""


class PhrasesError(ValueError):
    """A phrase list cannot be used; says which file and line."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as it stands in its list, and its section there: urgent, check or harmless."""

    text: str
    tier: str


@lru_cache(maxsize=20_000)  # far more phrases than there are, each of which is asked for often
def folded(phrase: str) -> str:
    """A phrase as it is looked for. Never for what people write: it would be remembered."""
    return fold(phrase)


def can_be_heard(phrase: str) -> bool:
    """Whether enough is left of a phrase, once folded, to mean anything."""
    return len(folded(phrase)) >= SHORTEST


def read_phrases(path: Path) -> tuple[Phrase, ...]:
    """The phrases of one file: under `[urgent]`, `[check]` and, if any, `[harmless]`.

    One phrase a line; `#` starts a comment.

    Raises:
        PhrasesError: a phrase before any section, an unknown section, or one too short to mean
            anything once folded.
    """
    tier, phrases = "", []
    sections = {f"[{one}]" for one in TIERS}
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.split("#", 1)[0].strip()
        if line in sections:
            tier = line[1:-1]
        elif line:
            if not tier or line.startswith("[") or not can_be_heard(line):
                where = f"{path.parent.name}/{path.name}, line {number}"
                raise PhrasesError(f"{where}: not a section, and no phrase that could be heard")
            phrases.append(Phrase(line, tier))
    return tuple(phrases)
