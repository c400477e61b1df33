"""Who may be referred: a total rule over home and practice that gives its reasons.

Source: the service's own sentence, "individuals living in and registered to a GP practice
within Tower Hamlets, who require support with non-medical issues".
"""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What follows. `check` is accepted and flagged; `ask_moved` needs one more answer."""

    ELIGIBLE = "eligible"
    CHECK = "check"
    ASK_MOVED = "ask_moved"
    NOT_ELIGIBLE = "not_eligible"


class Reason(StrEnum):
    """Why; the words for residents and staff are in the catalogues."""

    LIVES_IN_BOROUGH = "lives_in_borough"
    PRACTICE_IN_BOROUGH = "practice_in_borough"
    NO_FIXED_ADDRESS = "no_fixed_address"
    POSTCODE_UNKNOWN = "postcode_unknown"
    POSTCODE_NO_DISTRICT = "postcode_no_district"
    POSTCODE_NOT_LISTED = "postcode_not_listed"
    HAS_MOVED = "has_moved"
    LIVES_OUTSIDE = "lives_outside"
    PRACTICE_UNKNOWN = "practice_unknown"
    PRACTICE_NOT_FOUND = "practice_not_found"
    PRACTICE_CLOSED = "practice_closed"
    PRACTICE_ELSEWHERE = "practice_elsewhere"
    NOT_REGISTERED = "not_registered"


@dataclass(frozen=True, slots=True)
class Decision:
    """The outcome with every reason that led to it, home first."""

    outcome: Outcome
    reasons: tuple[Reason, ...]
