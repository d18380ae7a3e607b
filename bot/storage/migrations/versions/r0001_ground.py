"""The first tables: events handled and waiting, forms, preferences, rooms, and where adapters stand."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "handled_events",
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("owner", sa.LargeBinary(16)),
        sa.Column("handled_on", sa.Date, nullable=False),
    )
    op.create_index("ix_handled_events_handled_on", "handled_events", ["handled_on"])
    op.create_table(
        "pending_events",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("mark", sa.LargeBinary(16), nullable=False, unique=True),
        sa.Column("event", sa.LargeBinary, nullable=False),
        sa.Column("received_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_pending_events_received_at", "pending_events", ["received_at"])
    op.create_table(
        "forms",
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_forms_expires_at", "forms", ["expires_at"])
    op.create_table(
        "preferences",
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("choices", sa.LargeBinary, nullable=False),
        sa.Column("used_on", sa.Date, nullable=False),
    )
    op.create_index("ix_preferences_used_on", "preferences", ["used_on"])
    op.create_table(
        "room_facts",
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("is_encrypted", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("settings", sa.LargeBinary),
    )
    op.create_table(
        "sync_state",
        sa.Column("platform", sa.String(16), primary_key=True),
        sa.Column("name", sa.String(64), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for table in ("sync_state", "room_facts", "preferences", "forms", "pending_events", "handled_events"):
        op.drop_table(table)
