"""A rank to order the queue by, and indexes for what is asked at each referral and each page."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

RANK = (
    "UPDATE referral SET rank = CASE WHEN status IN ('closed', 'withdrawn') THEN 2 ELSE 0 END"
    " + CASE WHEN flags = '' THEN 1 ELSE 0 END"
)


def upgrade() -> None:
    op.add_column("referral", sa.Column("rank", sa.Integer(), nullable=False, server_default="0"))
    op.execute(RANK)
    # Nothing is looked up by these alone. What has the same fingerprint of a telephone number or a
    # home has that of the person, too; and a conversation always names a reference.
    for name in ("by_phone", "by_postcode", "assigned_to", "received_at", "conversation"):
        op.drop_index(f"ix_referral_{name}", "referral")
    op.create_index("ix_referral_person", "referral", ["person"])
    op.create_index("referral_queue", "referral", ["rank", "received_at", "id"])
    op.create_index("referral_carried", "referral", ["assigned_to", "rank"])
    op.create_index("ix_practice_pcn_code", "practice", ["pcn_code"])
    op.create_index("ix_staff_member_role", "staff_member", ["role"])
    op.create_index("ix_staff_session_idle_until", "staff_session", ["idle_until"])
