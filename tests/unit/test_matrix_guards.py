"""The list of guards that `python -m tests.chaos guards` takes out stays true to the code."""

import pytest

from tests.chaos.guards import GUARDS, Guard


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.trap}-{guard.file}")
def test_a_guard_stands_where_the_list_says(guard: Guard) -> None:
    assert guard.path.read_text("utf-8").count(guard.held) == 1
    assert guard.gone != guard.held


def test_every_trap_has_one() -> None:
    assert {guard.trap for guard in GUARDS} == set(range(1, 25))
