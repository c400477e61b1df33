"""The tickets for previews: kept as hashes, good once and not for long."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert

from api.persistence.tables import PREVIEW_TICKET


def keep(connection: Connection, ticket: str, language: str, step: str, until: datetime) -> None:
    """Keep the hash of a new ticket."""
    row = {"ticket": ticket, "language": language, "step": step, "expires_at": until}
    connection.execute(insert(PREVIEW_TICKET), row)


def drop_old(connection: Connection, now: datetime) -> None:
    """Forget those that nobody has used in time."""
    connection.execute(delete(PREVIEW_TICKET).where(PREVIEW_TICKET.c.expires_at <= now))


def use(connection: Connection, ticket: str, now: datetime) -> tuple[str, str] | None:
    """The language and the step it opens, used up by that; None when it opens nothing."""
    table = PREVIEW_TICKET
    used = delete(table).where(table.c.ticket == ticket)
    row = connection.execute(used.returning(table.c.language, table.c.step, table.c.expires_at))
    found = row.first()
    return (found.language, found.step) if found and found.expires_at > now else None
