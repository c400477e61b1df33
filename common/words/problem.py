"""What a check has to say about a message."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend in a message.

    `code` is stable and names the check. What `must` be mended can neither be saved as ready nor
    be published; the rest is a hint. `says` tells a coordinator in plain words what to do; it
    holds the translator's own words, so it is escaped wherever it is shown.
    """

    code: str
    must: bool
    says: str
