"""Bringing the shipped helplines and phrases into the store, without undoing what people did."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from api.domain.helplines import Helpline
from api.domain.phrases import KeptPhrase, Standing
from api.persistence import helplines, phrases, shipped_lists
from api.services.seeding import SEEDING
from common.runtime.clock import Clock
from common.runtime.database import Database, locks


async def seed_safety_lists(database: Database, clock: Clock) -> bool:
    """Make sure of the lists that are shipped now; True when something was to be done.

    What a person has changed stays as they left it, and what a person took away stays away.
    """
    if await database.read(shipped_lists.edition) == shipped_lists.shipped_edition():
        return False

    def fill(connection: Connection) -> None:
        locks.hold(connection, SEEDING)
        at = clock()
        ship_helplines(connection, at)
        ship_phrases(connection, at)
        shipped_lists.note_edition(connection, at)

    await database.write(fill)
    return True


def ship_helplines(connection: Connection, at: datetime) -> None:
    """Add those that are missing; let those that nobody has touched be as they are shipped."""
    known = {one.key: one for one in helplines.every(connection)}
    touched = helplines.touched(connection)
    for place, line in enumerate(shipped_lists.shipped_helplines()):
        before = known.get(line.key)
        if before is None:
            helplines.add(connection, line, place, at)
        elif line.key not in touched and not _same(before, line):
            helplines.ship_again(connection, _newer(line, before), place, at)


def ship_phrases(connection: Connection, at: datetime) -> None:
    """Add those that are new, and let go of those that are no longer shipped."""
    shipped = {
        (language, one.tier, one.text): one for language, one in shipped_lists.shipped_phrases()
    }
    ever = phrases.ever(connection)
    known = {_name(one) for one in ever if not _dropped(one)}
    new = [(name[0], one) for name, one in shipped.items() if name not in known]
    gone = [
        one.phrase_id
        for one in ever
        if one.moved_by is None and one.standing is Standing.IN_FORCE
        if _name(one) not in shipped
    ]
    phrases.ship(connection, new, gone, at)


def _same(before: Helpline, line: Helpline) -> bool:
    return replace(line, version=before.version) == before


def _newer(line: Helpline, before: Helpline) -> Helpline:
    return replace(line, version=before.version + 1)


def _dropped(one: KeptPhrase) -> bool:
    """Whether it went because it was shipped no more: it may come back."""
    return one.standing is Standing.GONE and one.moved_by is None


def _name(one: KeptPhrase) -> tuple[str, str, str]:
    return one.language, one.tier, one.text
