"""The peer: SQLite FTS5 in memory, as somebody in a hurry would use it, and once more with our facets in the MATCH."""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.core.words import is_single, tokens
from bot.directory.model import Resource
from bot.directory.query import Query


class Fts:
    """All text of the records in one table; Chinese cut into pairs on both sides, or it would find nothing."""

    def __init__(self, records: Iterable[Resource], stop: frozenset[str]) -> None:
        self._stop = stop
        self._database = sqlite3.connect(":memory:")
        self._database.execute("create virtual table d using fts5(text, topics, place, tokenize='unicode61')")
        self._database.executemany(
            "insert into d(rowid, text, topics, place) values (?, ?, ?, ?)",
            (
                (
                    number,
                    " ".join(
                        _cut(
                            tokens(
                                " ".join((record.name, *record.aliases, *record.description.values(), *record.topics))
                            )
                        )
                    ),
                    " ".join(f"t{_code(topic)}" for topic in record.topics),
                    " ".join(f"p{_code(area.place or area.region or area.country)}" for area in record.coverage),
                )
                for number, record in enumerate(records)
            ),
        )

    def natural(self, text: str) -> list[int]:
        """The words of the question OR-ed, stop words dropped, best BM25 first, ten rows."""
        words = [word for word in _cut(tokens(text)) if word not in self._stop]
        return self._run(" OR ".join(f'"{word}"' for word in words))

    def faceted(self, query: Query) -> list[int]:
        """The same facets our engine understood, in the MATCH."""
        place = " OR ".join(f'place:"p{_code(each.name or each.region or each.country)}"' for each in query.places)
        topic = " OR ".join(f'topics:"t{_code(topic)}"' for topic, _ in query.topics)
        return self._run(" AND ".join(f"({part})" for part in (place, topic) if part))

    def _run(self, match: str) -> list[int]:
        if not match:
            return []
        rows = self._database.execute("select rowid from d where d match ? order by bm25(d) limit 10", (match,))
        return [row[0] for row in rows]


def _code(value: str) -> str:
    return "".join(char if char.isalnum() and char.isascii() else format(ord(char), "x") for char in value.lower())


def _cut(words: Sequence[str]) -> list[str]:
    pairs = [one + other for one, other in pairwise(words) if is_single(one) and is_single(other)]
    return [word for word in words if not is_single(word)] + pairs
