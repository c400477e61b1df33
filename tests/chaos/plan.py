"""How a run is to go: how long, with how many residents, on which store, and how stormy."""

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

KILL_EVERY = 20.0
"""Seconds between two kills of a side, on average."""
CUT_EVERY = 30.0
MOST_RESIDENTS = 1000
"""So many numbers Ofcom keeps for drama, and everybody needs one of their own."""
STEPS = 15
"""What a resident does on the way to the reference."""


class Kind(StrEnum):
    """What the store is."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


class PlanError(Exception):
    """A run cannot go like that; the text says why."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One run. Times are in seconds.

    `talking` is how long there is trouble, and how long residents take to begin and to think;
    calls fail for as long again, at most, while somebody still talks. `settling` is how long
    everything may take, at most, to come right after that. `impatience` is after how long a
    resident tries again. With `hurried` leases of those who were killed end with them, and what
    failed is tried again soon: as if the minutes had gone by.
    """

    talking: float = 600.0
    residents: int = 200
    seed: int = 1
    store: Kind = Kind.SQLITE
    settling: float = 300.0
    impatience: float = 6.0
    hurried: bool = False

    @classmethod
    def from_environment(cls, given: Mapping[str, str] = os.environ) -> Self:
        """As `MINUTES`, `RESIDENTS`, `SEED` and `STORE` say.

        Raises:
            PlanError: one of them makes no sense.
        """
        try:
            plan = cls(
                talking=float(given.get("MINUTES") or 10) * 60,
                residents=int(given.get("RESIDENTS") or 200),
                seed=int(given.get("SEED") or random.SystemRandom().randrange(10_000)),
                store=Kind(given.get("STORE") or Kind.SQLITE),
            )
        except ValueError as error:
            raise PlanError(f"MINUTES, RESIDENTS, SEED or STORE: {error}") from None
        if not (0 < plan.residents <= MOST_RESIDENTS and plan.talking > 0):
            raise PlanError(f"There can be 1 to {MOST_RESIDENTS} residents, and some minutes.")
        return plan

    @property
    def kills(self) -> int:
        """How often each side is killed."""
        return max(1, round(self.talking / KILL_EVERY))

    @property
    def cuts(self) -> int:
        """How often the database is cut off."""
        return max(1, round(self.talking / CUT_EVERY))

    @property
    def begins_within(self) -> float:
        """The time within which residents say their first word."""
        return self.talking * 0.5

    @property
    def thinks(self) -> float:
        """How long a resident thinks before each step, on average."""
        return self.talking * 0.3 / STEPS
