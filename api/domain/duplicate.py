"""When two referrals may be of the same person: what is compared, and what is shared."""

import unicodedata
from dataclasses import dataclass


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
