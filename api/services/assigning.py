"""Asking the store who may take referrals, and the rule who does."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import Connection

from api.domain.assignment import AssignedBecause, Assignment, Prescriber, assign
from api.persistence import roster
from common.runtime.database import locks

UNSEEN = 32
"""So many referrals of one prescriber one process may have on their way at the same moment.

Others do not see them before they are committed. While there is room for as many, it does not
matter; after that, those who assign in the same network wait for one another.
"""

Ask = Callable[[Connection, Collection[str]], list[Prescriber]]


@dataclass(frozen=True)
class Assigning:
    """Assigns what has arrived, all in one transaction; `networks` are the PCNs of open practices.

    What was given out counts at once, though nobody can read it yet.
    """

    connection: Connection
    networks: Mapping[str, str]
    today: date
    given: Counter[int] = field(default_factory=Counter)

    def assign(self, practices: Sequence[str], found: Sequence[Prescriber]) -> list[Assignment]:
        """Who takes a referral of each of these practices, by ODS code or empty.

        `found` are the practices' own prescribers, as they were read a moment ago.
        """
        own = self._surely(found, roster.of_practices, self.networks.keys() & practices)
        return [self._one(practice, own) for practice in practices]

    def _one(self, practice: str, own: Sequence[Prescriber]) -> Assignment:
        """Mostly the practice's own prescriber is free, and nobody else need be looked at."""
        found = self._by_the_rule(practice, own)
        if practice in self.networks and found.because is not AssignedBecause.PRACTICE_PRESCRIBER:
            near = roster.around(self.connection, {practice})
            found = self._by_the_rule(practice, self._surely(near, roster.around, {practice}))
        if found.prescriber is not None:
            self.given[found.prescriber] += 1
        return found

    def _by_the_rule(self, practice: str, colleagues: Sequence[Prescriber]) -> Assignment:
        carrying = [replace(one, carrying=one.carrying + self.given[one.id]) for one in colleagues]
        return assign(practice or None, self.networks, carrying, self.today)

    def _surely(
        self, colleagues: Sequence[Prescriber], ask: Ask, practices: Collection[str]
    ) -> Sequence[Prescriber]:
        """The same, asked for once more under a lock when somebody is nearly full."""
        scarce = [one for one in colleagues if 0 < one.capacity - one.carrying <= UNSEEN]
        if not scarce:
            return colleagues
        codes = {code for one in scarce for code in one.practices} | set(practices)
        locks.hold(self.connection, *(f"network {self.networks.get(one)}" for one in codes))
        return ask(self.connection, practices)
