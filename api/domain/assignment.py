"""Who gets a referral: a pure rule that always gives its reason, and never silently nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction


class AssignedBecause(StrEnum):
    """Why this prescriber, or why the coordinators; stored with the referral."""

    PRACTICE_PRESCRIBER = "practice_prescriber"
    NAMED_COVER = "named_cover"
    SAME_PCN = "same_pcn"
    NO_PRACTICE = "no_practice"
    PRACTICE_NOT_OPEN = "practice_not_open"
    NOBODY_FREE = "nobody_free"
    HANDED_OVER = "handed_over"
    HANDED_BACK = "handed_back"
    TAKEN_ON = "taken_on"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Leave:
    """Days away, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Prescriber:
    """A prescriber as far as assigning needs to know them.

    `practices` are ODS codes, `capacity` how many open referrals they can carry, `carrying`
    how many they have, `cover` the id of the colleague named to stand in.
    """

    id: int
    practices: frozenset[str]
    capacity: int
    carrying: int = 0
    leave: Leave | None = None
    cover: int | None = None

    def is_free(self, today: date) -> bool:
        """At work and with room for one more."""
        away = self.leave is not None and self.leave.first <= today <= self.leave.last
        return not away and self.carrying < self.capacity

    @property
    def burden(self) -> tuple[Fraction, int, int]:
        """Orders colleagues by share of capacity used, then by count, then by id.

        The share first, so that somebody who works two days is not loaded like somebody who
        works five. The id makes the choice the same whenever it is asked again.
        """
        return Fraction(self.carrying, max(self.capacity, 1)), self.carrying, self.id


@dataclass(frozen=True, slots=True)
class Assignment:
    """The outcome; `prescriber` None means the coordinators' queue, and they are told."""

    prescriber: int | None
    because: AssignedBecause


def assign(
    practice: str | None,
    pcn_of_open: Mapping[str, str],
    roster: Sequence[Prescriber],
    today: date,
) -> Assignment:
    """Find who takes a referral from `practice` (an ODS code, or None when it is not known).

    `pcn_of_open` gives the PCN of every open practice; a practice that is not in it has
    closed or is not the borough's, and nothing is routed to it, nor guessed from it.
    """
    if practice is None:
        return Assignment(None, AssignedBecause.NO_PRACTICE)
    if practice not in pcn_of_open:
        return Assignment(None, AssignedBecause.PRACTICE_NOT_OPEN)
    own = [one for one in roster if practice in one.practices]
    choices = (
        (AssignedBecause.PRACTICE_PRESCRIBER, own),
        (AssignedBecause.NAMED_COVER, _covers(own, roster)),
        (AssignedBecause.SAME_PCN, _neighbours(pcn_of_open[practice], pcn_of_open, roster)),
    )
    for because, colleagues in choices:
        if free := [one for one in colleagues if one.is_free(today)]:
            return Assignment(min(free, key=lambda one: one.burden).id, because)
    return Assignment(None, AssignedBecause.NOBODY_FREE)


def _covers(own: Sequence[Prescriber], roster: Sequence[Prescriber]) -> list[Prescriber]:
    named = {one.cover for one in own}
    return [one for one in roster if one.id in named]


def _neighbours(
    pcn: str, pcn_of_open: Mapping[str, str], roster: Sequence[Prescriber]
) -> list[Prescriber]:
    """The prescribers of the same network; a practice without one has no neighbours."""
    if not pcn:
        return []
    return [one for one in roster if any(pcn_of_open.get(code) == pcn for code in one.practices)]
