"""What somebody asked to be reminded of."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("code", sa.String(4), nullable=False),
        sa.Column("ahead_s", sa.Integer, nullable=False),
        sa.Column("told", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_reminders_code", "reminders", ["code"])
    op.create_index("ix_reminders_expires_at", "reminders", ["expires_at"])


def downgrade() -> None:
    op.drop_table("reminders")
