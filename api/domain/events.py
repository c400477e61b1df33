"""What happened that somebody must be told of; each becomes a job in the same transaction."""

from dataclasses import dataclass
from enum import StrEnum


class News(StrEnum):
    """What staff are told."""

    NEW = "new"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    ERASURE_ASKED = "erasure_asked"
    NOT_TOLD = "not_told"
    STANDS_STILL = "stands_still"
    STANDS_STILL_LONGER = "stands_still_longer"


@dataclass(frozen=True, slots=True)
class PrescriberAssigned:
    """A referral has found its prescriber; `mark` tells apart the times that this happens."""

    referral_id: int
    staff_id: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class NobodyAssigned:
    """Nobody could be assigned, or nobody has it any more: the coordinators must hear of it."""

    referral_id: int
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """The person has changed something about what they sent; `staff_id` None: nobody has it."""

    referral_id: int
    staff_id: int | None
    news: News


@dataclass(frozen=True, slots=True)
class PrescriberNotTold:
    """A prescriber has something and cannot be told: their address takes no mail."""

    referral_id: int


@dataclass(frozen=True, slots=True)
class StoodStill:
    """Nothing has moved for so many working days that whoever has it is to know.

    `staff_id` None: the coordinators are. `longer`: whoever has it was told before. `mark` is the
    same for as long as nothing moves.
    """

    referral_id: int
    staff_id: int | None
    longer: bool
    mark: str


Event = PrescriberAssigned | NobodyAssigned | PersonChanged | PrescriberNotTold | StoodStill


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member of staff who is told something."""

    staff_id: int
    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Notice:
    """All that a notification may say: a reference, the practice, how urgent, why, a link.

    There is deliberately no field in which personal data could travel. `kind` is `referral` or
    `callback`; `because` the stored reason of the assignment; `practice` a name or empty. `mark`
    tells apart notices that say the same at different times.
    """

    reference: str
    kind: str
    practice: str
    urgent: bool
    because: str
    link: str
    news: News = News.NEW
    mark: str = ""
