"""Rooms that were joined to a community as its review room."""

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


def downgrade() -> None:
    op.drop_table("review_rooms")
