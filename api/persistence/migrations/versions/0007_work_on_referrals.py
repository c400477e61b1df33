"""The work on referrals: tries, bookings, hand-overs, decisions, and since when nothing moved."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def _hanging_on_a_referral(table: str, *columns: sa.Column[object]) -> None:
    """A table of rows that are only added, each about one referral."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("referral_id", sa.Integer(), sa.ForeignKey("referral.id"), nullable=False),
        *columns,
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
    )
    op.create_index(f"ix_{table}_referral_id", table, ["referral_id"])


def upgrade() -> None:
    op.create_table(
        "referral_work",
        sa.Column("referral_id", sa.Integer(), sa.ForeignKey("referral.id"), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("still_since", MOMENT, nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
    )
    _hanging_on_a_referral(
        "contact_attempt",
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
    )
    _hanging_on_a_referral(
        "booking",
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
    )
    _hanging_on_a_referral(
        "handover",
        sa.Column("before_id", sa.Integer(), sa.ForeignKey("staff_member.id")),
        sa.Column("after_id", sa.Integer(), sa.ForeignKey("staff_member.id")),
        sa.Column("because", sa.String(), nullable=False),
    )
    op.create_table(
        "duplicate_decision",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("first_id", sa.Integer(), sa.ForeignKey("referral.id"), nullable=False),
        sa.Column("second_id", sa.Integer(), sa.ForeignKey("referral.id"), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("sealed", sa.LargeBinary()),
    )
    for column in ("first_id", "second_id"):
        op.create_index(f"ix_duplicate_decision_{column}", "duplicate_decision", [column])
