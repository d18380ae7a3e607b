"""Export and import of an installation: what was approved goes out, and comes back to the same bytes."""

import argparse
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.core.need import Need
from bot.directory import changes
from bot.directory.importing import Proposed
from bot.directory.load import load
from bot.directory.model import Check, Resource
from bot.directory.record import RECORD_FIELDS
from bot.directory.write import as_values
from bot.exchange import carry_out, export, import_, need
from bot.settings import Community, Moderator, ReviewRooms, Settings
from bot.storage.cases import StoredCases
from tests.contract.conftest import Place
from tests.fakes.clock import FakeClock
from tests.unit.test_changes import BY, DAY, approved

SHIPPED = Path(__file__).parents[2] / "resources.yaml"


def of_file(place: Place, file: Path) -> Place:
    return replace(place, settings=replace(place.settings, directory=file))


@pytest.mark.parametrize("place", ["sqlcipher", "postgresql"], indirect=True)
async def test_an_export_becomes_the_file_and_is_exported_the_same(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, first, second, third = (tmp_path / name for name in ("mine.yaml", "first.yaml", "second.yaml", "third.yaml"))
    file.write_bytes(SHIPPED.read_bytes())
    place = of_file(place, file)
    records = {record.id: record for record in load(file, DAY).records}
    stella = records["stella-montreal"]
    async with place.opened() as storage:
        for change in (
            approved(replace(stella, name="Approved Name"), stella, approvals=1),
            approved(replace(stella, id="new-group", aliases=())),
            changes.check("acceptess-t", Check(DAY, "called-or-messaged", "ok"), by=BY),
            changes.simple("remove", "988-lifeline-us", DAY, approvals=2, by=BY),
        ):
            await storage.changes.add_one(change)
    assert await export(place.settings, place.clock, str(first)) == 0
    assert "988-lifeline-us" in capsys.readouterr().err
    text = first.read_text("utf-8")
    assert text.startswith(file.read_text("utf-8").split("\n- id:")[0]), "the comment at the head is kept"
    assert "988-lifeline-us" not in text
    assert "id: new-group" in text
    # The pull request is merged; the changes still lie over the file.
    file.write_bytes(first.read_bytes())
    assert await export(place.settings, place.clock, str(second)) == 0
    assert second.read_bytes() == first.read_bytes()
    fresh = replace(place.settings, data_dir=tmp_path / "other", database="sqlite")
    assert await export(fresh, place.clock, str(third)) == 0
    assert third.read_bytes() == first.read_bytes()
    assert not (tmp_path / "other").exists(), "a look makes no key and no database"


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_what_is_imported_and_approved_is_exported_to_the_same_bytes(
    tmp_path: Path, place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    """From one community to another: export, import as suggestions, approved, export."""
    theirs, ours = tmp_path / "theirs.yaml", tmp_path / "ours.yaml"
    theirs.write_bytes(SHIPPED.read_bytes().replace(b"name: 988 Suicide & Crisis Lifeline", b"name: 988 Lifeline"))
    ours.write_bytes(SHIPPED.read_bytes())
    place = of_file(place, ours)
    records = {record.id: record for record in load(theirs, DAY).records}

    class Desk:
        """Moderators who approve everything at once."""

        async def suggest(self, proposed: Proposed) -> bool:
            record: Resource = records[str(proposed.values["id"])]
            assert proposed.values == as_values(record)
            assert set(proposed.values) == set(RECORD_FIELDS)
            async with place.opened() as storage:
                base = {each.id: each for each in load(ours, DAY).records}[proposed.record_id]
                await storage.changes.add_one(approved(record, base))
            return True

    assert await import_(place.settings, place.clock, str(theirs), Desk()) == 0
    assert "1 wait for moderators now; 167 are here already" in capsys.readouterr().out
    assert await export(place.settings, place.clock, str(tmp_path / "out.yaml")) == 0
    assert (tmp_path / "out.yaml").read_bytes() == theirs.read_bytes()


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
async def test_a_faulty_file_or_target_is_said(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("- id: [\n")
    assert await export(of_file(place, faulty).settings, place.clock) == 1
    assert f"{faulty}:1:" in capsys.readouterr().err
    assert await export(of_file(place, SHIPPED).settings, place.clock, str(tmp_path / "no" / "folder.yaml")) == 2
    assert await import_(of_file(place, SHIPPED).settings, place.clock, str(faulty), None) == 1
    assert await import_(of_file(place, SHIPPED).settings, place.clock, str(tmp_path / "none"), None) == 2
    assert "Nothing was suggested" in capsys.readouterr().err


async def test_what_is_missing_is_printed_from_five_up(place: Place, capsys: pytest.CaptureFixture[str]) -> None:
    async with place.opened() as storage:
        await storage.needs.add({Need(date(2026, 11, 1), "CA-PE", "food"): 5, Need(date(2026, 11, 1), "MX", "food"): 4})
    assert await need(place.settings, place.clock) == 0
    assert capsys.readouterr().out == "2026-11  CA-PE  food  5\n"


@pytest.mark.parametrize("place", ["sqlcipher", "postgresql"], indirect=True)
async def test_what_is_imported_waits_for_moderators_once(
    place: Place, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Links and records become cases; what is in the directory or waits already is not taken in again."""
    north = Community("north", None, ReviewRooms("111"), (Moderator("wren", "1"), Moderator("lark", "2")))
    place = replace(place, settings=replace(place.settings, directory=SHIPPED, communities=(north,)))
    known = next(each for each in load(SHIPPED, DAY).records if each.contact.url)
    links, records = tmp_path / "links.txt", tmp_path / "records.yaml"
    links.write_text(f"https://newgroup-example.ca/help\n{known.contact.url}\n")
    records.write_bytes(SHIPPED.read_bytes().replace(b"name: 988 Suicide & Crisis Lifeline", b"name: 988 Lifeline"))
    for source, said in ((links, "1 wait for moderators now"), (records, "1 wait for moderators now; 167 are here")):
        given = argparse.Namespace(command="import", words=[str(source)], look=False, csv=False)
        assert await carry_out(place.settings, place.clock, given) == 0
        assert said in capsys.readouterr().out
    assert (
        await carry_out(
            place.settings, place.clock, argparse.Namespace(command="import", words=[str(links)], look=False)
        )
        == 0
    )
    assert "0 wait for moderators now" in capsys.readouterr().out
    async with place.opened() as storage:
        waiting = await StoredCases(storage.database, place.clock).waiting(["north"], 9)
    assert [(case.record, case.proposal["name"]) for case in sorted(waiting, key=lambda each: each.record)] == [
        ("", "newgroup-example.ca"), ("988-lifeline-us", "988 Lifeline"),
    ]  # fmt: skip


async def test_a_community_without_moderators_takes_nothing_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = argparse.Namespace(command="import", words=["-"], look=False)
    settings = Settings(data_dir=tmp_path / "data", key_file=tmp_path / "key", directory=SHIPPED)
    assert await carry_out(settings, FakeClock(), given) == 2
    assert "umbrella.yaml" in capsys.readouterr().err
    assert not (tmp_path / "data").exists()
    assert not (tmp_path / "key").exists()
