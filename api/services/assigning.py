"""Asking the store who may take a referral, and the rule who does."""

from sqlalchemy import Connection

from api.domain.assignment import Assignment, Prescriber, assign
from api.persistence import roster
from api.services.desk import Desk
from api.services.directory import Snapshot
from common.runtime.database import locks

UNSEEN = 24
"""So many referrals of one prescriber may be on their way at the same moment in other processes.

Nobody sees them before they are committed. While there is room for more than these, it does not
matter; after that, those who assign to the same person wait for one another.
"""


def assign_at(desk: Desk, connection: Connection, practice: str, snapshot: Snapshot) -> Assignment:
    """Who takes a referral of this practice, by ODS code or empty; in the caller's transaction.

    Mostly the practice's own prescriber is free, and nobody else need be looked at.
    """
    networks, today = snapshot.networks, desk.today()
    assignment = assign(practice or None, networks, (), today)
    if practice not in networks:
        return assignment
    for ask in (roster.of_practice, roster.around):
        colleagues = ask(connection, practice)
        if scarce := [one for one in colleagues if _is_scarce(one)]:
            locks.hold(connection, *(f"prescriber {one.id}" for one in scarce))
            colleagues = ask(connection, practice)
        assignment = assign(practice, networks, colleagues, today)
        if assignment.prescriber is not None:
            break
    return assignment


def _is_scarce(one: Prescriber) -> bool:
    return 0 < one.capacity - one.carrying <= UNSEEN
