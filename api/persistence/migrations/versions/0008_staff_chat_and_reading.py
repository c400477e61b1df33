"""Who of the staff is linked on Telegram, what waits for them there, and who read which text."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

UNREAD = sa.text("unread > 0")


def upgrade() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
    )
    _telegram()
    _reading()
    op.add_column("referral", sa.Column("unread", sa.Integer(), nullable=False, server_default="0"))
    # What is sealed cannot be looked into here: whoever opens one that has no text puts it right.
    op.execute("UPDATE referral SET unread = 1 WHERE rank < 2")
    op.create_index(
        "referral_unread",
        "referral",
        ["rank", "received_at", "id"],
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )


def _telegram() -> None:
    op.create_table(
        "telegram_link",
        _staff("staff_id", primary_key=True),
        sa.Column("chat", sa.String(), nullable=False, unique=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "telegram_code",
        _staff("staff_id", primary_key=True),
        sa.Column("code", sa.String(), nullable=False, unique=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "telegram_choice",
        _staff("staff_id", primary_key=True),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("silent_from", sa.String(), nullable=False),
        sa.Column("silent_until", sa.String(), nullable=False),
        sa.Column("free_days", sa.Boolean(), nullable=False),
        sa.Column("urgent_through", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.String(), nullable=False),
    )
    op.create_table(
        "telegram_held",
        sa.Column("id", sa.Integer(), primary_key=True),
        _staff("staff_id", index=True),
        _referral(index=True),
        sa.Column("news", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _reading() -> None:
    op.create_table(
        "staff_language",
        _staff("staff_id", primary_key=True),
        sa.Column("language", sa.String(), primary_key=True),
    )
    op.create_table(
        "text_reading",
        _referral(primary_key=True),
        sa.Column("which", sa.String(), primary_key=True),
        _staff("read_by"),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "text_rendering",
        sa.Column("id", sa.Integer(), primary_key=True),
        _referral(index=True),
        sa.Column("which", sa.String(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("interpreted", sa.Boolean(), nullable=False),
        _staff("signed_by"),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
    )


def _staff(name: str, *, primary_key: bool = False, index: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("staff_member.id")
    return sa.Column(name, sa.Integer(), key, primary_key=primary_key, index=index, nullable=False)


def _referral(*, primary_key: bool = False, index: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("referral.id")
    return sa.Column(
        "referral_id", sa.Integer(), key, primary_key=primary_key, index=index, nullable=False
    )
