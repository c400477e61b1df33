"""Indexes of what is done, and of nothing else: what is open was looked for in them as well."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DONE = sa.text("done_at IS NOT NULL")
DEAD = sa.text("dead_at IS NOT NULL")


def upgrade() -> None:
    op.drop_index("job_done", table_name="job")
    op.create_index("job_done", "job", ["done_at"], sqlite_where=DONE, postgresql_where=DONE)
    op.create_index("job_dead", "job", ["dead_at"], sqlite_where=DEAD, postgresql_where=DEAD)
    op.drop_index("ix_inbox_done_at", table_name="inbox")
    op.create_index("inbox_done", "inbox", ["done_at"], sqlite_where=DONE, postgresql_where=DONE)
