"""Announcements, the rooms that want them, events, and signatures of campaigns."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "announcements",
        sa.Column("code", sa.String(4), primary_key=True),
        sa.Column("community", sa.String(64), nullable=False),
        sa.Column("author", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("over_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_announcements_changed_at", "announcements", ["changed_at"])
    op.create_table(
        "subscriptions",
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("wanted", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "signatures",
        sa.Column("key", sa.String(32), primary_key=True),
        sa.Column("campaign", sa.String(64), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("claim", sa.LargeBinary(16), nullable=False, unique=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_index("ix_signatures_campaign", "signatures", ["campaign"])


def downgrade() -> None:
    for table in ("signatures", "subscriptions", "announcements"):
        op.drop_table(table)
