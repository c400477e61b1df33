"""The audit: who did what to which referral. Nothing in it is a person's own words.

Here lines are only added, and nothing is read: see `api.persistence.chain`.
"""

from datetime import datetime

from sqlalchemy import Connection, insert

from api.domain.staff import NOWHERE, Asker
from api.persistence.tables import AUDIT, AUDIT_ORIGIN

_RECORD = insert(AUDIT)
_NUMBERED = insert(AUDIT).returning(AUDIT.c.id)
_ORIGIN = insert(AUDIT_ORIGIN)


def record(
    asker: Asker, connection: Connection, *, action: str, subject: str, at: datetime
) -> None:
    """Add a row; there is no way to write one without an actor.

    From where staff ask is kept beside it. That of others follows from who they are.
    """
    row = {"actor": asker.actor, "action": action, "subject": subject, "at": at}
    if asker.origin == NOWHERE:
        connection.execute(_RECORD, row)
        return
    number = connection.execute(_NUMBERED, row).scalar_one()
    way, network = asker.origin.way or "", asker.origin.network
    connection.execute(_ORIGIN, {"audit_id": number, "way": way, "network": network})
