"""The inbox: whose referrals, which of them, and where a page of them goes on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from api.domain.referral import Referral, Status
from api.domain.staff import Role
from common.contract.choices import Concern

MOST_COUNTED = 999
"""Of more than this nobody needs the number, and counting on takes time."""


class Tab(StrEnum):
    """Whose referrals are looked at, of those that exist for who looks.

    To a prescriber the network is all that is theirs to see: their practices and whom they cover.
    """

    MINE = "mine"
    NETWORK = "network"
    UNASSIGNED = "unassigned"
    EVERYBODY = "everybody"


_TABS: Mapping[Role, Sequence[Tab]] = {
    Role.PRESCRIBER: (Tab.MINE, Tab.NETWORK, Tab.UNASSIGNED),
    Role.COORDINATOR: (Tab.EVERYBODY, Tab.UNASSIGNED, Tab.MINE),
    Role.MANAGER: (Tab.EVERYBODY, Tab.UNASSIGNED, Tab.MINE),
}


def tabs(role: Role) -> Sequence[Tab]:
    """The tabs of somebody's inbox; the first is the one it opens with."""
    return _TABS[role]


@dataclass(frozen=True, slots=True)
class Sought:
    """Which referrals are looked for; what is None (or empty) does not matter.

    Without a status they are all that somebody still has something to do about. `language` is
    the code of the conversation's, `practice` an ODS code.
    """

    status: Status | None = None
    concern: Concern | None = None
    language: str = ""
    interpreter: bool | None = None
    practice: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a referral stands in the order of the inbox: a page goes on after the last one's.

    Unlike a count of rows to pass over, it stays right when others arrive or leave.
    """

    rank: int
    received_at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A referral as the inbox lists it; `interpreter` is None when they did not say."""

    referral: Referral
    place: Place
    assigned_to_name: str
    interpreter: bool | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """One look: the entries in order, whether more follow, how many are in each tab.

    Counting ends at one more than `MOST_COUNTED`.
    `newest` is the number of the newest referral in the tab, 0 for none: what arrives later has
    a greater one.
    """

    entries: Sequence[Entry]
    more: bool = False
    counts: Mapping[Tab, int] = field(default_factory=dict)
    newest: int = 0
