"""Events, and what somebody asked to be reminded of."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "events",
        sa.Column("code", sa.String(4), primary_key=True),
        sa.Column("community", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_events_expires_at", "events", ["expires_at"])


def downgrade() -> None:
    op.drop_table("events")
