"""What moderators decide about the directory, who of them did what, and what is asked for and missing."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "directory_changes",
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("record_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("base", sa.Text, nullable=False),
        sa.Column("approvals", sa.SmallInteger, nullable=False),
        sa.Column("decided_on", sa.Date, nullable=False),
    )
    op.create_index("ix_directory_changes_record_id", "directory_changes", ["record_id"])
    op.create_table(
        "acts",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("how", sa.String(64), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
    )
    op.create_index("ix_acts_item", "acts", ["item"])
    op.create_index("ix_acts_day", "acts", ["day"])
    op.create_table(
        "unmet_need",
        sa.Column("month", sa.Date, primary_key=True),
        sa.Column("region", sa.String(8), primary_key=True),
        sa.Column("topic", sa.String(64), primary_key=True),
        sa.Column("count", sa.Integer, nullable=False, server_default="0"),
    )


def downgrade() -> None:
    for table in ("unmet_need", "acts", "directory_changes"):
        op.drop_table(table)
