"""A guard in the code, and the test that must fail without it."""

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Guard:
    """`take` stands once in `file`; with `put` in its place one of the tests must fail that `test` chooses.

    `test` is a file of tests and, after two colons, what pytest chooses by (`-k`).
    """

    about: str
    what: str
    file: str
    take: str
    put: str
    test: str

    @property
    def line(self) -> str:
        """`Discord, trap 1: a deferral is private (answering.py) <- test_1`"""
        return f"{self.about}: {self.what} ({Path(self.file).name}) <- {self.test.partition('::')[2].rstrip('_')}"

    def taken_out_of(self, text: str) -> str:
        """`text` of the file without the guard. Raises LookupError where it does not stand there once."""
        if text.count(self.take) != 1:
            raise LookupError(f"{self.line}: stands there {text.count(self.take)} times")
        return text.replace(self.take, self.put)
