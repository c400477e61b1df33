"""Second factors, who still owes theirs, one-time links, and by what a session was opened."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    how = sa.Column("how", sa.String(), nullable=False, server_default="")
    # Whoever is signed in by a password alone signs in anew, with both steps.
    op.execute("DELETE FROM staff_session")
    op.add_column("staff_session", how)
    moment = sa.DateTime(timezone=True)
    _of_somebody(
        "staff_entry",
        sa.Column("token_hash", sa.String(), primary_key=True),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("expires_at", moment, nullable=False, index=True),
    )
    _of_somebody(
        "staff_link",
        sa.Column("token_hash", sa.String(), primary_key=True),
        sa.Column("expires_at", moment, nullable=False, index=True),
    )
    _of_somebody(
        "staff_passkey",
        sa.Column("credential", sa.String(), primary_key=True),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
    )
    _of_somebody("staff_recovery", sa.Column("code", sa.String(), primary_key=True))
    _of_somebody("staff_identity", sa.Column("subject", sa.String(), primary_key=True))
    op.create_table(
        "staff_totp",
        sa.Column("staff_id", sa.Integer(), sa.ForeignKey("staff_member.id"), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("created_at", moment, nullable=False),
    )


def _of_somebody(name: str, *columns: sa.Column[object]) -> None:
    member = sa.ForeignKey("staff_member.id")
    whose = sa.Column("staff_id", sa.Integer(), member, nullable=False, index=True)
    op.create_table(name, *columns, whose)
