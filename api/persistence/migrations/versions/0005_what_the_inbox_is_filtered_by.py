"""What the inbox is filtered by: hashed codes of the concerns, and the wish for an interpreter."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

UNSORTED = sa.text("concerns IS NULL")


def upgrade() -> None:
    # NULL is not known yet: a starting process reads what is sealed, and fills them.
    op.add_column("referral", sa.Column("concerns", sa.String(), nullable=True))
    op.add_column("referral", sa.Column("interpreter", sa.Boolean(), nullable=True))
    op.create_index(
        "referral_unsorted",
        "referral",
        ["id"],
        sqlite_where=UNSORTED,
        postgresql_where=UNSORTED,
    )
