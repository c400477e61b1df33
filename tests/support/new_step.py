"""`make step`: drafts the next numbered step of a store from what its tables have become."""

import sys

from alembic import command

from api.persistence.store import MIGRATIONS as API
from bot.storage.tables import MIGRATIONS as BOT
from common.runtime.database import open_database

SIDES = {"bot": BOT, "api": API}


def draft(side: str, what: str) -> None:
    """Write the step; read it before it is committed, and give it a short name."""
    migrations, database = SIDES[side], open_database("sqlite://")
    migrations.upgrade(database)
    number = f"{int(migrations.head) + 1:04}"
    database.prepare(
        lambda connection: command.revision(
            migrations.config(connection), what, autogenerate=True, rev_id=number
        )
    )


if __name__ == "__main__":
    draft(*sys.argv[1:3])
