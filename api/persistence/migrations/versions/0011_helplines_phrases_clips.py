"""Helplines and phrases of danger become the coordinators' own, and steps can be spoken aloud."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _helplines()
    _phrases()
    _clips()


def _helplines() -> None:
    op.create_table(
        "helpline",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        *_told(),
    )
    op.create_table(
        "helpline_history",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("key", sa.String(), sa.ForeignKey("helpline.key"), nullable=False, index=True),
        sa.Column("what", sa.String(), nullable=False),
        *_told(),
        _staff("staff_id", nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "helpline_proposal",
        sa.Column("key", sa.String(), sa.ForeignKey("helpline.key"), primary_key=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        _staff("staff_id"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _phrases() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("language", sa.String(), nullable=False, index=True),
        sa.Column("tier", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False, index=True),
        sa.Column("standing", sa.String(), nullable=False, index=True),
        _staff("moved_by", nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
    )
    phrase = sa.ForeignKey("phrase.id")
    op.create_table(
        "phrase_history",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("phrase_id", sa.Integer(), phrase, nullable=False, index=True),
        sa.Column("what", sa.String(), nullable=False),
        _staff("staff_id", nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _clips() -> None:
    op.create_table(
        "clip_audio",
        sa.Column("sha256", sa.String(), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("loudness", sa.Integer(), nullable=True),
    )
    op.create_table(
        "clip",
        sa.Column("language", sa.String(), primary_key=True),
        sa.Column("step", sa.String(), primary_key=True),
        *_clip(),
    )
    op.create_table(
        "clip_history",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        *_clip(),
    )


def _told() -> list[sa.Column[Any]]:
    texts = ("name", "contact", "situation", "hours", "owner", "source")
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        *(sa.Column(one, sa.String(), nullable=False) for one in texts),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
    ]


def _clip() -> list[sa.Column[Any]]:
    audio = sa.ForeignKey("clip_audio.sha256")
    return [
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), audio, nullable=True),
        _staff("staff_id"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    ]


def _staff(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("staff_member.id"), nullable=nullable)
