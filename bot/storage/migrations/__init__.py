"""The revisions of the tables, run by Alembic at each start."""
