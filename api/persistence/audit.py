"""The audit: who did what to which referral. Nothing in it is a person's own words."""

from datetime import datetime

from sqlalchemy import Connection, insert

from api.domain.staff import Asker
from api.persistence.tables import AUDIT

_RECORD = insert(AUDIT)


def record(
    asker: Asker, connection: Connection, *, action: str, subject: str, at: datetime
) -> None:
    """Add a row; there is no way to write one without an actor."""
    row = {"actor": asker.actor, "action": action, "subject": subject, "at": at}
    connection.execute(_RECORD, row)
