"""The guards that `python -m tests.guards` takes out are where it looks for them; that their tests fail takes too long here."""

import ast

import pytest

from tests.guards import discord, matrix
from tests.guards.guard import ROOT, Guard


@pytest.mark.parametrize("guard", [*discord.GUARDS, *matrix.GUARDS], ids=lambda guard: guard.line)
def test_a_guard_stands_where_the_list_says(guard: Guard) -> None:
    assert guard.put != guard.take
    ast.parse(guard.taken_out_of((ROOT / guard.file).read_text("utf-8")))
    assert (ROOT / guard.test.partition("::")[0]).exists()


@pytest.mark.parametrize(("guards", "traps"), [(discord.GUARDS, 15), (matrix.GUARDS, 24)])
def test_every_trap_has_one(guards: tuple[Guard, ...], traps: int) -> None:
    assert {int(guard.about.rpartition(" ")[2]) for guard in guards} == set(range(1, traps + 1))
