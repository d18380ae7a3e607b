"""The whole program with a door of the test's own: asked, answered, ended, and nothing of it left anywhere."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contract.conftest import KINDS, Place
from tests.contract.test_kept import found_in_bytes

PERSON, ROOM, WORDS = "@marker-person:x", "!marker-room:x", "markerword"
_PROGRAM = """
import asyncio, json, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.core.request import Actor, Request, RoomRef, Text
from bot.serving import run
from bot.settings import DiscordSettings, Secret, Settings

PERSON, ROOM = {person!r}, {room!r}
given = json.loads(sys.argv[1])

class Door:
    RULES = ()
    platform, shows_forms = "discord", False
    def findings(settings): return []
    def make(ground): return Door(ground)
    def __init__(self, ground):
        self.ground = ground
        self.closing = asyncio.Event()
    async def ask(self, dispatch, number, text):
        if not await self.ground.handled.handle("discord", f"$marker-event{{number}}"):
            return None
        actor = Actor(mark=self.ground.people.mark("discord", PERSON))
        return await dispatch(Request(f"$marker-event{{number}}", actor, RoomRef("discord", ROOM), Text(text),
                                      datetime.now(UTC)))
    async def run(self, dispatch):
        for number, text in enumerate(sys.stdin.read().splitlines()):
            reply = await self.ask(dispatch, number, text)
            said = None if reply is None else {{"locale": reply.locale, "cards": [card.title for card in reply.cards()],
                                                "actions": len(reply.actions)}}
            print(json.dumps(said), flush=True)
        print("done", flush=True)
        await self.closing.wait()
    async def close(self):
        self.closing.set()

settings = Settings(data_dir=Path(given["data_dir"]), key_file=Path(given["key_file"]), encryption=given["encryption"],
                    database=given["database"], discord=DiscordSettings(token=Secret("marker-token")))
raise SystemExit(asyncio.run(run(settings, [Door])))
"""


def run(place: Place, *texts: str) -> tuple[list[Any], str]:
    """What the door was answered, and everything that was said on standard error."""
    settings = place.settings
    given = {
        "data_dir": str(settings.data_dir),
        "key_file": str(settings.key_file),
        "encryption": settings.encryption,
        "database": settings.database,
    }
    program = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM.format(person=PERSON, room=ROOM), json.dumps(given)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert program.stdin
    assert program.stdout
    program.stdin.write("\n".join(texts))
    program.stdin.close()
    lines: list[str] = []
    while (line := program.stdout.readline()) not in ("done\n", ""):
        lines.append(line)
    program.terminate()
    program.stdout.close()
    assert program.stderr
    error = program.stderr.read()
    program.stderr.close()
    assert program.wait(10) == 0, error
    return [json.loads(line) for line in lines], error


@pytest.mark.parametrize("place", KINDS, indirect=True)
def test_a_question_is_answered_once_and_leaves_nothing(place: Place) -> None:
    texts = [f"support group in Montreal {WORDS}", "1", f"je cherche un avocat {WORDS}"]
    answers, error = run(place, *texts)
    assert len(answers) == 3
    assert answers[0]["cards"]
    assert answers[2]["locale"] == "fr"
    again, _ = run(place, *texts)
    assert again == [None, None, None], "handed over again after a restart, nothing is answered twice"
    assert "markerword" not in error
    assert "marker" not in error
    markers = (PERSON, ROOM, WORDS, "$marker-event0", "marker-token")
    assert found_in_bytes(place.bytes_in, markers) == set()
