"""Coordinators at the helplines and phrases: a short list, and a second person to agree."""

from sqlalchemy import Connection

from api.domain.staff import Role, StaffMember
from api.persistence import phrases, shipped_lists, staff
from api.services.safetylists import ship_helplines
from common.listening.phrases import CHECK, HARMLESS, URGENT, Phrase
from tests.support.clock import START

FEW = (
    ("en", Phrase("want to die", URGENT)),
    ("en", Phrase("cannot go on", CHECK)),
    ("en", Phrase("want to die my hair", HARMLESS)),
    ("bn", Phrase("মরতে চাই", URGENT)),
    ("ar", Phrase("أريد أن أموت", URGENT)),
)


def fill_safety_lists(connection: Connection) -> None:
    """All helplines and a few phrases, as if all had been shipped: thousands would take long."""
    ship_helplines(connection, START)
    phrases.ship(connection, FEW, (), START)
    shipped_lists.note_edition(connection, START)


def hire_second(connection: Connection) -> int:
    """Another coordinator, Leyla; her number."""
    leyla = StaffMember(0, "Leyla", "leyla@example.org", Role.COORDINATOR, "no password")
    return staff.add(connection, leyla, capacity=0)
