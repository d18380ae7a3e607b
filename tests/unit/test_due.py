"""What is due by the clock of the policy, urgent ones first, and the list of it for review rooms."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import App, build
from bot.core.reply import Bullets, Reply
from bot.core.request import RoomRef  # noqa: TC001  (as the others, which run)
from bot.directory.due import MOST, due, due_list
from bot.directory.model import Area, Check, PartialDate, Resource, Source
from bot.living import Weekly
from bot.outbox.model import Outgoing
from bot.settings import Community, ReviewRooms, Settings
from tests.fakes.clock import FakeClock

TODAY = date(2026, 11, 21)
BASE = Resource(
    "x", "Sample Group", "organization", "allies", {"en": "A group."}, ("legal-help",), ("all",), (Area("CA", "CA-ON"),),
    ("in-person",), (Source("https://example.org", "all"),),
)  # fmt: skip


def checked(
    days: int, record_id: str = "x", kind: str = "organization", outcome: str = "ok", **fields: object
) -> Resource:
    check = Check(TODAY - timedelta(days=days), "called-or-messaged", outcome)  # type: ignore[arg-type]
    return replace(BASE, id=record_id, kind=kind, checks=(check,), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("record", "is_shown_urgently", "state"),
    [
        (checked(0), False, None),
        (checked(174), False, "soon"),
        (checked(173), False, None),
        (checked(180), False, "soon"),
        (checked(181), False, "due"),
        (checked(365), False, "due"),
        (checked(366), False, "past"),
        (checked(61, kind="helpline"), False, "due"),
        (checked(121, kind="helpline"), False, "past"),
        (checked(61), True, "due"),
        (checked(61), False, None),
        (checked(121, kind="fund"), False, "due"),
        (checked(1, outcome="failed"), False, "never"),
        (BASE, False, "never"),
        (replace(BASE, kind="event", ends=PartialDate(2026, 11, 20)), False, "ended"),
        (replace(BASE, kind="event", ends=PartialDate(2026, 12)), False, None),
        (replace(BASE, kind="campaign", opens=PartialDate(2026, 12)), False, None),
        (replace(BASE, kind="campaign", opens=PartialDate(2026, 11, 21)), False, "never"),
    ],
)
def test_what_is_due(record: Resource, is_shown_urgently: bool, state: str | None) -> None:
    found = due([record], {"x"} if is_shown_urgently else set(), TODAY)
    assert [each.state for each in found] == ([state] if state else [])


def test_urgent_ones_come_first_then_those_near_then_what_waited_longest() -> None:
    records = [
        checked(366, "a-past"), checked(200, "b-due"), checked(190, "c-due"), replace(BASE, id="d-never"),
        checked(61, "e-line", "helpline"), checked(400, "f-shown"), checked(400, "g-far", coverage=(Area("MX"),)),
        checked(400, "h-everywhere", coverage=(Area("*"),)),
    ]  # fmt: skip
    found = [each.record.id for each in due(records, {"f-shown"}, TODAY, "CA")]
    assert found == ["f-shown", "e-line", "h-everywhere", "a-past", "d-never", "b-due", "c-due", "g-far"]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> App:
    rooms = ReviewRooms("111", "!review:example.org")
    communities = (Community("north", "CA-ON", rooms), Community("south", None, ReviewRooms("222")), Community("none"))
    file = Path(__file__).parents[2] / "resources.yaml"
    return build(
        Settings(data_dir=tmp_path_factory.mktemp("data"), directory=file, communities=communities), strict=True
    )


def test_the_list_says_why_and_how_old_and_offers_to_note_a_check(app: App) -> None:
    records = [checked(61, "a-line", "helpline"), *(replace(BASE, id=f"r{number}") for number in range(20))]
    reply = due_list(due(records, (), TODAY), app.cards, "en", TODAY)
    assert reply is not None
    (lines,) = [block.items for block in reply.blocks if isinstance(block, Bullets)]
    assert lines[0] == ("Urgent: Sample Group (a-line): checked September 2026, check due",)
    assert str(lines[1][0]).startswith("Sample Group (r0): not yet checked here")
    assert len(lines) == MOST
    assert "And 6 more." in repr(reply.blocks)
    assert next((action.id, action.args) for action in reply.actions) == ("check", ("a-line",))
    assert due_list([], app.cards, "en", TODAY) is None
    soon = due_list(due([checked(175)], (), TODAY), app.cards, "en", TODAY)
    assert "check due within a week" in repr(soon)


class Outbox:
    """The one method of the outbox that the list needs; of a cause and room only the first counts."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, RoomRef], Outgoing] = {}

    async def add(self, outgoing: Sequence[Outgoing]) -> int:
        new = {(each.cause, each.room): each for each in outgoing if (each.cause, each.room) not in self.rows}
        self.rows.update(new)
        return len(new)


async def test_every_review_room_gets_the_list_once_a_week(app: App) -> None:
    clock, outbox = FakeClock(datetime(2026, 12, 31, 22, tzinfo=UTC)), Outbox()
    weekly = Weekly(app, outbox, clock)  # type: ignore[arg-type]
    assert await weekly.list_due() == 3
    assert await weekly.list_due() == 0
    assert await Weekly(app, outbox, clock).list_due() == 0, "nor after a restart"  # type: ignore[arg-type]
    assert {cause for cause, _ in outbox.rows} == {"due/north/2026-W53", "due/south/2026-W53"}
    assert [room.platform for _, room in outbox.rows] == ["discord", "matrix", "discord"]
    one = next(iter(outbox.rows.values()))
    assert one.not_before == datetime(2026, 12, 28, 9, tzinfo=UTC)
    assert one.kind == "review"
    assert isinstance(one.reply, Reply)
    clock.advance(timedelta(days=3))
    assert await weekly.list_due() == 0
    clock.advance(timedelta(days=1))
    assert await weekly.list_due() == 3
