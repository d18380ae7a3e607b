"""What is kept, and the only SQL.

Core tables with a small class each, on SQLite (SQLCipher) or PostgreSQL by the same statements; SQLAlchemy and Alembic
because two dialects decide it (`models.md` §3). Ids of platforms lie here as keyed hashes, everything personal is a
sealed field (`keys`), on both databases, also where the file is not encrypted. `retention` names for every table and
file its row of `policy.md` §8, how long it stays and what ends it; a test fails for one that is not named.

To add a table: a file with the table, its class and its `RULE`; a line in `retention`; a revision in `migrations`. What
its columns say of themselves (`schema`) is all that `rotation` (a new key), `backup` (and restore) and `panic` need.
"""
