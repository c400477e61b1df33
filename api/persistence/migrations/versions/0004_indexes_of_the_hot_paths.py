"""Indexes for what is asked at each referral: who the person is, and who carries how many."""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What has the same fingerprint of a telephone number or a home has that of the person, too.
    op.drop_index("ix_referral_by_phone", "referral")
    op.drop_index("ix_referral_by_postcode", "referral")
    op.create_index("ix_referral_person", "referral", ["person"])
