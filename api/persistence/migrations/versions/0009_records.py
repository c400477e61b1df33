"""The audit is chained and refuses to be changed; what was erased gets a place."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

OF_STAFF = sa.text("actor LIKE 'staff:%'")
LINES = {"audit": "id", "audit_origin": "audit_id", "audit_link": "audit_id"}
# A day may be taken away whole, once its seal says so.
TAKEN = "EXISTS (SELECT 1 FROM audit_seal WHERE pruned <> '' AND last_id >= OLD.{number})"


def upgrade() -> None:
    op.create_index(
        "audit_of_staff",
        "audit",
        ["actor", "id"],
        sqlite_where=OF_STAFF,
        postgresql_where=OF_STAFF,
    )
    op.create_table(
        "audit_origin",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("audit_id"),
    )
    op.create_table(
        "audit_link",
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("audit_id"),
    )
    op.create_table(
        "audit_seal",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("last_id", sa.Integer(), nullable=False),
        sa.Column("lines", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("pruned", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    if op.get_bind().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()
    _tables()


def _guard_sqlite() -> None:
    for table, number in LINES.items():
        refuse = "BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END"
        op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
        taken = TAKEN.format(number=number)
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT {taken} {refuse}"
        )


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        " RAISE EXCEPTION 'the audit is only ever added to'; END $$"
    )
    for table, number in LINES.items():
        taken = TAKEN.format(number=number)
        op.execute(
            f"CREATE FUNCTION {table}_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {taken} THEN RETURN OLD; END IF;"
            " RAISE EXCEPTION 'the audit is only ever added to'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table}"
            " FOR EACH ROW EXECUTE FUNCTION audit_refuse()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}"
            " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION {table}_refuse_delete()"
        )


def _tables() -> None:
    op.create_table(
        "erasure",
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("reference"),
    )
    op.create_table(
        "erased_count",
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("network", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "network", "kind"),
    )
    op.create_index("ix_erasure_request_asked_at", "erasure_request", ["asked_at"])
    op.add_column("correction", sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(
        "correction_unseen",
        "correction",
        ["at"],
        sqlite_where=sa.text("seen_at IS NULL"),
        postgresql_where=sa.text("seen_at IS NULL"),
    )
