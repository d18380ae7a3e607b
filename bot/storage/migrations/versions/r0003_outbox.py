"""The outbox: one row for each thing to be said in a room."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(25), nullable=False, unique=True),
        sa.Column("cause", sa.String(80), nullable=False),
        sa.Column("room_mark", sa.LargeBinary(16), nullable=False),
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("platform", sa.String(16), nullable=False),
        sa.Column("room", sa.LargeBinary, nullable=False),
        sa.Column("reply", sa.LargeBinary),
        sa.Column("publish", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("turn", sa.SmallInteger),
        sa.Column("due_at", sa.BigInteger, nullable=False),
        sa.Column("stale_at", sa.BigInteger),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("first_tried_at", sa.BigInteger),
        sa.Column("leased_until", sa.BigInteger),
        sa.Column("was_unanswered", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("message", sa.LargeBinary),
        sa.Column("message_mark", sa.LargeBinary(16)),
        sa.Column("code", sa.String(32)),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.UniqueConstraint("cause", "room_mark", "act", "version"),
    )
    op.create_index("ix_deliveries_turn_id", "deliveries", ["turn", "id"])
    op.create_index("ix_deliveries_room_mark_turn", "deliveries", ["room_mark", "turn"])
    op.create_index("ix_deliveries_act_turn", "deliveries", ["act", "turn"])
    op.create_index("ix_deliveries_stale_at", "deliveries", ["stale_at"])
    op.create_index("ix_deliveries_message_mark", "deliveries", ["message_mark"])
    op.create_index("ix_deliveries_changed_at", "deliveries", ["changed_at"])


def downgrade() -> None:
    op.drop_table("deliveries")
