"""What outlives a change of the key, what was forgotten, and a key for each case."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "keyring",
        sa.Column("name", sa.String(16), primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "forgotten",
        sa.Column("mark", sa.LargeBinary(16), primary_key=True),
        sa.Column("forgotten_on", sa.Date, nullable=False),
    )
    op.create_index("ix_forgotten_forgotten_on", "forgotten", ["forgotten_on"])
    op.create_table(
        "case_keys",
        sa.Column("case_id", sa.String(32), primary_key=True),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("made_on", sa.Date, nullable=False),
    )
    op.create_index("ix_case_keys_made_on", "case_keys", ["made_on"])


def downgrade() -> None:
    for table in ("case_keys", "forgotten", "keyring"):
        op.drop_table(table)
