"""Demonstration staff: made-up people, so that a new Doorway can be tried at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.domain.staff import Role
from common.contract.directory import Practice

# Demonstration data. Any likeness to somebody real is chance; example.org never gets mail.
GIVEN = (
    "Amina",
    "Brendan",
    "Chidi",
    "Dilara",
    "Elena",
    "Farhan",
    "Grace",
    "Hodan",
    "Imran",
    "Joan",
)
FAMILY = ("Ashworth", "Begum", "Carver")
DOMAIN = "example.org"
PRESCRIBER_CAPACITY = 60


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up; `cover` is the e-mail address of who stands in for them."""

    name: str
    email: str
    role: Role
    practices: frozenset[str] = frozenset()
    capacity: int = 0
    cover: str = ""


def demonstration_staff(practices: Sequence[Practice]) -> tuple[Person, ...]:
    """One prescriber for each of these open practices, two coordinators and a manager."""
    prescribers = tuple(
        Person(
            name=f"{_name(place)} (demonstration)",
            email=_email(practice),
            role=Role.PRESCRIBER,
            practices=frozenset({practice.ods_code}),
            capacity=PRESCRIBER_CAPACITY,
            cover=_email(_next_of_network(practice, practices)),
        )
        for place, practice in enumerate(practices)
    )
    return (
        *prescribers,
        Person("Kofi Dunmore (demonstration)", f"coordinator.1@{DOMAIN}", Role.COORDINATOR),
        Person("Laila Everett (demonstration)", f"coordinator.2@{DOMAIN}", Role.COORDINATOR),
        Person("Maryam Fielding (demonstration)", f"manager@{DOMAIN}", Role.MANAGER),
    )


def _name(place: int) -> str:
    return f"{GIVEN[place % len(GIVEN)]} {FAMILY[place // len(GIVEN) % len(FAMILY)]}"


def _email(practice: Practice) -> str:
    return f"prescriber.{practice.ods_code.casefold()}@{DOMAIN}"


def _next_of_network(practice: Practice, practices: Sequence[Practice]) -> Practice:
    """The neighbour who stands in, round in a ring; the next in the borough when there is none."""
    ring = [one for one in practices if one.pcn_code == practice.pcn_code]
    ring = ring if len(ring) > 1 else list(practices)
    return ring[(ring.index(practice) + 1) % len(ring)]
