"""When two referrals may be of the same person: what is compared, and what is shared."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


def name_key(name: str) -> str:
    """A name as it is compared: without case, spacing and punctuation, in any script.

    Marks are kept: in Bengali and Arabic they are vowels, and tell names apart.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(letter for letter in folded if unicodedata.category(letter)[0] in "LMN")


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Keyed hashes of who someone is: name and birth, the same with phone or with postcode.

    A part that was not given leaves its fingerprint empty, and empty matches nothing.
    """

    person: str = ""
    phone: str = ""
    postcode: str = ""

    def shared(self, other: "Fingerprints") -> tuple[str, ...]:
        """Which of `phone` and `postcode` make the two a possible duplicate."""
        pairs = (("phone", self.phone, other.phone), ("postcode", self.postcode, other.postcode))
        return tuple(name for name, mine, theirs in pairs if mine and mine == theirs)


class Verdict(StrEnum):
    """What a person decided about two referrals that may be of the same person."""

    JOINED = "joined"
    APART = "apart"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Match:
    """Two referrals that may be of the same person, as seen from one of them: `other`.

    `shared` is what they have in common besides name and birth. `verdict` None: not decided yet,
    or no longer. `first` is the reference of the earlier one.
    """

    other: str
    first: str
    shared: tuple[str, ...]
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision about this referral and the `other`, with its author; only ever added."""

    other: str
    verdict: Verdict
    author: str
    at: datetime
    note: str = ""
