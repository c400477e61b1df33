"""Who may be referred: a total rule over home and practice that gives its reasons.

Source: the service's own sentence, "individuals living in and registered to a GP practice
within Tower Hamlets, who require support with non-medical issues".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from common.contract.choices import HomeCode, PracticeCode, Residence
from common.contract.directory import Directory, Place
from common.contract.identifiers import Postcode


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
    """The outcome with the reasons that led to it, home first.

    A refusal names only the certain facts it rests on; a check names all that is in doubt;
    an eligible person and one asked whether they moved have both facts named.
    """

    outcome: Outcome
    reasons: tuple[Reason, ...]


def assess(
    home: Postcode | HomeCode,
    practice: str | PracticeCode,
    residence: Residence | None,
    directory: Directory,
) -> Decision:
    """Decide on any home and practice; `practice` is an ODS code or what stands in its place.

    Never raises, and refuses only on certain facts. `residence` counts only for a postcode
    outside the borough: someone who has moved on has a home we do not know.
    """
    row, home_reason = _home(home, residence, directory)
    column, practice_reason = _practice(practice, directory)
    outcome, because = _TABLE[row][column]
    reasons = {
        _Because.HOME: (home_reason,),
        _Because.PRACTICE: (practice_reason,),
        _Because.BOTH: (home_reason, practice_reason),
    }
    return Decision(outcome, reasons[because])


class _Home(Enum):
    """The rows of the table."""

    INSIDE = auto()
    NO_ADDRESS = auto()
    IN_DOUBT = auto()
    OUTSIDE = auto()
    LIVES_OUTSIDE = auto()


class _Practice(Enum):
    """The columns of the table."""

    INSIDE = auto()
    IN_DOUBT = auto()
    ELSEWHERE = auto()
    NONE = auto()


class _Because(Enum):
    """Which of the two facts an outcome rests on."""

    HOME = auto()
    PRACTICE = auto()
    BOTH = auto()


_Cell = tuple[Outcome, _Because]
_ELIGIBLE: _Cell = (Outcome.ELIGIBLE, _Because.BOTH)
_ASK_MOVED: _Cell = (Outcome.ASK_MOVED, _Because.BOTH)
_CHECK_HOME: _Cell = (Outcome.CHECK, _Because.HOME)
_CHECK_PRACTICE: _Cell = (Outcome.CHECK, _Because.PRACTICE)
_CHECK_BOTH: _Cell = (Outcome.CHECK, _Because.BOTH)
_NO_HOME: _Cell = (Outcome.NOT_ELIGIBLE, _Because.HOME)
_NO_PRACTICE: _Cell = (Outcome.NOT_ELIGIBLE, _Because.PRACTICE)
_NO_BOTH: _Cell = (Outcome.NOT_ELIGIBLE, _Because.BOTH)


def _row(*cells: _Cell) -> Mapping[_Practice, _Cell]:
    return dict(zip(_Practice, cells, strict=True))


# Practice:                     INSIDE       IN_DOUBT         ELSEWHERE     NONE
_TABLE: Mapping[_Home, Mapping[_Practice, _Cell]] = {
    _Home.INSIDE: _row(_ELIGIBLE, _CHECK_PRACTICE, _NO_PRACTICE, _NO_PRACTICE),
    _Home.NO_ADDRESS: _row(_CHECK_HOME, _CHECK_BOTH, _CHECK_BOTH, _CHECK_BOTH),
    _Home.IN_DOUBT: _row(_CHECK_HOME, _CHECK_BOTH, _CHECK_BOTH, _NO_PRACTICE),
    _Home.OUTSIDE: _row(_ASK_MOVED, _NO_HOME, _NO_BOTH, _NO_BOTH),
    _Home.LIVES_OUTSIDE: _row(_NO_HOME, _NO_HOME, _NO_BOTH, _NO_BOTH),
}

_HOME_CODES: Mapping[HomeCode, tuple[_Home, Reason]] = {
    HomeCode.NO_FIXED_ADDRESS: (_Home.NO_ADDRESS, Reason.NO_FIXED_ADDRESS),
    HomeCode.UNKNOWN: (_Home.IN_DOUBT, Reason.POSTCODE_UNKNOWN),
}

# A postcode in a sector that never touches the borough is outside, listed or not.
_PLACES: Mapping[Place, tuple[_Home, Reason]] = {
    Place.INSIDE: (_Home.INSIDE, Reason.LIVES_IN_BOROUGH),
    Place.NO_DISTRICT: (_Home.IN_DOUBT, Reason.POSTCODE_NO_DISTRICT),
    Place.UNLISTED_NEAR: (_Home.IN_DOUBT, Reason.POSTCODE_NOT_LISTED),
    Place.OUTSIDE: (_Home.OUTSIDE, Reason.LIVES_OUTSIDE),
    Place.UNLISTED_FAR: (_Home.OUTSIDE, Reason.LIVES_OUTSIDE),
}

_RESIDENCES: Mapping[Residence | None, tuple[_Home, Reason]] = {
    None: (_Home.OUTSIDE, Reason.LIVES_OUTSIDE),
    Residence.MOVED: (_Home.IN_DOUBT, Reason.HAS_MOVED),
    Residence.LIVES_THERE: (_Home.LIVES_OUTSIDE, Reason.LIVES_OUTSIDE),
}

_PRACTICE_CODES: Mapping[PracticeCode, tuple[_Practice, Reason]] = {
    PracticeCode.UNKNOWN: (_Practice.IN_DOUBT, Reason.PRACTICE_UNKNOWN),
    PracticeCode.NONE_OF_THESE: (_Practice.IN_DOUBT, Reason.PRACTICE_NOT_FOUND),
    PracticeCode.ELSEWHERE: (_Practice.ELSEWHERE, Reason.PRACTICE_ELSEWHERE),
    PracticeCode.NOT_REGISTERED: (_Practice.NONE, Reason.NOT_REGISTERED),
}


def _home(
    home: Postcode | HomeCode, residence: Residence | None, directory: Directory
) -> tuple[_Home, Reason]:
    if isinstance(home, HomeCode):
        return _HOME_CODES[home]
    row, reason = _PLACES[directory.borough.locate(home)]
    return _RESIDENCES[residence] if row is _Home.OUTSIDE else (row, reason)


def _practice(practice: str | PracticeCode, directory: Directory) -> tuple[_Practice, Reason]:
    if isinstance(practice, PracticeCode):
        return _PRACTICE_CODES[practice]
    known = directory.practice(practice)
    if known is None:
        return (_Practice.IN_DOUBT, Reason.PRACTICE_NOT_FOUND)
    if not known.open:
        return (_Practice.IN_DOUBT, Reason.PRACTICE_CLOSED)
    return (_Practice.INSIDE, Reason.PRACTICE_IN_BOROUGH)
