"""Suggestions and reports, and the counts that keep a flood out."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("case_id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(4), nullable=False, unique=True),
        sa.Column("claim", sa.LargeBinary(16), nullable=False, unique=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("community", sa.String(64), nullable=False),
        sa.Column("is_urgent", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("made_on", sa.Date, nullable=False),
        sa.Column("closed_on", sa.Date),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("reason", sa.String(16)),
        sa.Column("record", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer, nullable=False, server_default="1"),
        sa.Column("shown", sa.Integer, nullable=False, server_default="0"),
        sa.Column("line_mark", sa.LargeBinary(16)),
        sa.Column("reporter", sa.LargeBinary(16)),
        sa.Column("sender", sa.LargeBinary(16)),
        sa.Column("content", sa.LargeBinary),
        sa.Column("tell", sa.LargeBinary),
        sa.Column("tell_until", sa.Date),
    )
    for column in ("state", "made_on", "expires_at", "line_mark", "tell_until"):
        op.create_index(f"ix_cases_{column}", "cases", [column])
    op.create_table(
        "floods",
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("began_at", sa.BigInteger, primary_key=True),
        sa.Column("count", sa.Integer, nullable=False, server_default="0"),
    )
    op.create_index("ix_floods_began_at", "floods", ["began_at"])


def downgrade() -> None:
    op.drop_table("floods")
    op.drop_table("cases")
