"""What of a case is sealed, as text and back."""

import json
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from bot.core.request import RoomRef
from bot.directory.model import Check
from bot.vetting.model import Case, Decision, Flag, SharedLink, Submission

_PLAIN = ("line", "is_line_hidden", "problem", "proposal", "taker", "question", "answer")
_DECISIONS = "votes"
"""As rows of every version call them."""


def dumped(case: Case) -> str:
    """The personal part of a case as one line of JSON."""
    held: dict[str, Any] = {name: getattr(case, name) for name in _PLAIN}
    held |= {
        "submission": case.submission and asdict(case.submission),
        _DECISIONS: [asdict(each) for each in case.decisions],
        "ties": case.ties,
        "checks": [{**asdict(check), "date": str(check.date)} for check in case.checks],
    }
    return json.dumps(held, ensure_ascii=False)


def loaded(case: Case, content: str) -> Case:
    """`case` with what `dumped` wrote."""
    held: dict[str, Any] = json.loads(content)
    return replace(
        case,
        **{name: held[name] for name in _PLAIN},
        submission=held["submission"] and _submission(held["submission"]),
        decisions=tuple(Decision(**each) for each in held[_DECISIONS]),
        ties=tuple(held["ties"]),
        checks=tuple(Check(**{**check, "date": date.fromisoformat(check["date"])}) for check in held["checks"]),
    )


def _submission(held: dict[str, Any]) -> Submission:
    return Submission(
        **{
            **held,
            "flags": tuple(Flag(**each) for each in held["flags"]),
            "links": tuple(SharedLink(**each) for each in held["links"]),
            "doubles": tuple(held["doubles"]),
        }
    )


def dumped_room(room: RoomRef, locale: str) -> str:
    """Where somebody wants to be told, and in which language."""
    return json.dumps([room.platform, room.id, locale])


def loaded_room(content: str) -> tuple[RoomRef, str]:
    platform, room_id, locale = json.loads(content)
    return RoomRef(platform, room_id), locale
