"""Coordinators' pages open a preview of words at the bot by a ticket that is good once."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "preview_ticket",
        sa.Column("ticket", sa.String(), primary_key=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
