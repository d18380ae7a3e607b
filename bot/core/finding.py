"""What is wrong with a set-up, each with its mend: what `doctor` lists, and why a start is refused."""

from dataclasses import dataclass
from typing import Literal

from bot.errors import SetupError


@dataclass(frozen=True, slots=True)
class Finding:
    """`level` is refuse (the bot does not start so), warn (said at each start) or note; `code` is for tests."""

    level: Literal["refuse", "warn", "note"]
    code: str
    sentence: str
    mend: str

    def __str__(self) -> str:
        return f"{self.sentence} {self.mend}".strip()


class UnsafeSetupError(SetupError):
    """The bot does not start as it is set up; the text is what is wrong and how to mend it."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__()
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))
