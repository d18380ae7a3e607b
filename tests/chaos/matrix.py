"""Questions in many encrypted rooms while the bot is killed and the homeserver restarted: each answered once."""

import asyncio
import contextlib
import random
import signal
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.matrix_bot import Bot
from tests.fakes.matrix_peer import Peer

if TYPE_CHECKING:
    import subprocess

LEVEL_S = 120.0
_QUESTIONS = ("food in Vancouver", "legal help in Toronto", "help", "privacy", "support group in Montreal")


@dataclass(frozen=True, slots=True)
class Report:
    """`lost` questions have no answer, `twice` are answers too many; `unreadable` could not be decrypted."""

    asked: int
    answered: int
    lost: int
    twice: int
    unreadable: int

    @property
    def is_good(self) -> bool:
        return (self.lost, self.twice, self.unreadable) == (0, 0, 0)


async def chaos(bot: Bot, *, questions: int, rooms: int, kills: int, restarts: int, seed: int = 1) -> Report:
    """What became of the questions. The moments of kills and restarts are spread at random over the questions."""
    chance = random.Random(seed)
    login = await asyncio.to_thread(bot.command, "matrix", "login")
    assert login.returncode == 0, login.stderr
    moments = chance.sample(range(rooms, questions), kills + restarts)
    kill_at, restart_at = set(moments[:kills]), set(moments[kills:])
    program = bot.process()
    try:
        async with contextlib.AsyncExitStack() as stack:
            people = [await stack.enter_async_context(Peer(bot.server)) for _ in range(rooms)]
            chats = [await person.chat(bot.user_id) for person in people]
            for number in range(questions):
                if number in kill_at:
                    await asyncio.sleep(chance.uniform(0, 1.5))
                    program = await _killed(bot, program)
                if number in restart_at:
                    await asyncio.to_thread(bot.server.stop)
                    await asyncio.sleep(1)
                    await asyncio.to_thread(bot.server.start)
                await _asked(
                    people[number % rooms], chats[number % rooms], _QUESTIONS[number % len(_QUESTIONS)], number
                )
            await _quiet(people, chats, questions)
            counts = [len({e.event_id for e in p.heard if e.room_id == c}) for p, c in zip(people, chats, strict=True)]
            wanted = [len(range(number, questions, rooms)) for number in range(rooms)]
            unreadable = sum(not each.is_readable for person in people for each in person.heard)
    finally:
        program.terminate()
        await asyncio.to_thread(program.wait, 10)
    pairs = list(zip(counts, wanted, strict=True))
    return Report(
        questions,
        sum(min(pair) for pair in pairs),
        sum(max(0, want - got) for got, want in pairs),
        sum(max(0, got - want) for got, want in pairs),
        unreadable,
    )


async def _killed(bot: Bot, program: "subprocess.Popen[bytes]") -> "subprocess.Popen[bytes]":
    program.send_signal(signal.SIGKILL)
    await asyncio.to_thread(program.wait)
    return bot.process()


async def _asked(person: Peer, room_id: str, text: str, number: int) -> None:
    """Said until the server has it: under one transaction id, as a client does."""
    while True:
        try:
            await person.say(room_id, text, f"question{number}")
        except Exception:  # noqa: BLE001  (the server is being restarted)
            person.client.sharing_session.pop(room_id, None)
            await asyncio.sleep(0.5)
        else:
            return


async def _quiet(people: list[Peer], chats: list[str], questions: int) -> None:
    """Wait until as many answers came as questions went, and then a moment for one too many."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LEVEL_S):
            while (
                sum(len([e for e in p.heard if e.room_id == c]) for p, c in zip(people, chats, strict=True)) < questions
            ):
                await asyncio.sleep(0.3)
    await asyncio.sleep(3)
