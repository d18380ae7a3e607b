"""Rooms that were joined to a community as its review room, and from whom nothing more is taken for a while."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "review_rooms",
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("joined", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "blocks",
        sa.Column("case_id", sa.String(32), primary_key=True),
        sa.Column("sender", sa.LargeBinary(16), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("blocked_on", sa.Date, nullable=False),
    )
    op.create_index("ix_blocks_blocked_on", "blocks", ["blocked_on"])


def downgrade() -> None:
    op.drop_table("blocks")
    op.drop_table("review_rooms")
