"""Phrases of danger as coordinators keep them: which are in force, and what needs a second person.

Whatever makes the listener deafer is a proposal until somebody else agrees: taking away a phrase
that sets off help, or adding a harmless one, which keeps others from doing so.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from common.listening.phrases import HARMLESS, LONGEST, TIERS, can_be_heard


class Standing(StrEnum):
    """Where a phrase stands. What is leaving is still listened for; what is proposed is not yet."""

    IN_FORCE = "in force"
    PROPOSED = "proposed"
    LEAVING = "leaving"
    GONE = "gone"


IN_FORCE = frozenset({Standing.IN_FORCE, Standing.LEAVING})
WAITING = frozenset({Standing.PROPOSED, Standing.LEAVING})


@dataclass(frozen=True, slots=True)
class KeptPhrase:
    """A phrase in the list; `moved_by` brought it where it stands, nobody if it was shipped so."""

    phrase_id: int
    language: str
    tier: str
    text: str
    standing: Standing
    moved_by: int | None
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for: nothing named finds everything but what is gone.

    `text` is found anywhere in a phrase, folded as phrases are. From the `after`th on, `most`.
    """

    language: str = ""
    tier: str = ""
    text: str = ""
    standings: frozenset[Standing] = frozenset(Standing) - {Standing.GONE}
    after: int = 0
    most: int = 50


def when_added(tier: str) -> Standing:
    """Where a new phrase stands: a harmless one waits for a second person."""
    return Standing.PROPOSED if tier == HARMLESS else Standing.IN_FORCE


def when_removed(phrase: KeptPhrase) -> Standing:
    """Where a phrase stands that somebody takes away: only a harmless one goes at once."""
    return Standing.GONE if phrase.tier == HARMLESS else Standing.LEAVING


def when_answered(phrase: KeptPhrase, *, agreed: bool) -> Standing:
    """Where a phrase stands that was waiting for a second person."""
    leaving = phrase.standing is Standing.LEAVING
    return Standing.GONE if leaving is agreed else Standing.IN_FORCE


def faults_of(language: str, tier: str, text: str, languages: frozenset[str]) -> dict[str, str]:
    """What is wrong with a new phrase, by field; `languages` are those it may be in."""
    faults = {}
    if language not in languages:
        faults["language"] = "Choose a language"
    if tier not in TIERS:
        faults["tier"] = "Choose what the phrase sets off"
    if len(text) > LONGEST:
        faults["text"] = f"Use at most {LONGEST} characters: long phrases are hardly ever typed so"
    elif not can_be_heard(text):
        faults["text"] = (
            "Give at least two different letters: accents, signs and doubled letters do not count"
        )
    return faults
