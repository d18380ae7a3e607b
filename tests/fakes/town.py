"""One bot that really runs, `python -m bot run`, between the fake Discord and a real homeserver, with its moderators."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.adapters.discord.commands import table
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord.bare import until
from tests.fakes.discord.permissions import NOTHING, Can
from tests.fakes.matrix_bot import Bot
from tests.fakes.matrix_peer import Peer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.discord import Channel, Message, User
    from tests.synapse import Synapse

CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")
WAIT_S = 60.0


@dataclass
class Town:
    """Ash moderates on Discord, Birch on Matrix in the encrypted room `review`; `peer` is somebody on Discord."""

    bot: Bot
    fake: FakeDiscord
    room: Channel
    ash: User
    peer: User
    birch: Peer
    review: str

    @property
    def merged(self) -> Path:
        """The directory as the bot answers from it, for the terminal."""
        return self.bot.folder / "data" / "directory.yaml"

    @property
    def environment(self) -> dict[str, str]:
        return {**self.bot.environment(), "DISCORD_TOKEN_FILE": str(self.bot.folder / "token")}

    async def card(self, words: str) -> Message:
        """The card of a case with these words in the review room of Discord."""

        def found() -> list[Message]:
            return [
                each for each in self.fake.public_messages
                if each.channel is self.room and words in each.text and "Approve" in each.labels
            ]  # fmt: skip

        await until(lambda: bool(found()), WAIT_S)
        return found()[0]

    async def cards_say(self, words: str, card: Message, in_review: str | None = None) -> None:
        """Wait until the card says so, and what stands in its place in the encrypted room."""
        await until(lambda: words in card.text, WAIT_S)
        if in_review is not None:
            await self.birch.until(
                lambda: any(
                    words in each.body and each.content.get("m.relates_to", {}).get("event_id") == in_review
                    for each in self.birch.heard
                ),
                WAIT_S,
            )

    async def birch_reads(self, words: str) -> str:
        """The id of a message of the bot with these words in the encrypted review room."""

        def found() -> list[str]:
            return [
                each.event_id for each in self.birch.heard
                if each.room_id == self.review and words in each.body and each.is_encrypted and each.is_readable
            ]  # fmt: skip

        await self.birch.until(lambda: bool(found()), WAIT_S)
        return found()[0]

    async def terminal(self, *words: str, lines: tuple[str, ...] = (), exits: int = 0, **more: str) -> str:
        """What a command of the program prints; it must end with `exits`. `more` is environment of its own."""
        done = await asyncio.to_thread(
            subprocess.run, [sys.executable, "-m", "bot", *words], input="".join(f"{each}\n" for each in lines).encode(),
            capture_output=True, check=False, timeout=120, cwd=self.bot.folder, env={**self.environment, **more},
        )  # fmt: skip
        assert done.returncode == exits, done.stderr.decode()[-2000:]
        return done.stdout.decode()


def code_of(card: Message) -> str:
    """The code of the case a card is about."""
    found = re.search(r"\b[0-9A-Z]{4}\b", card.text)
    assert found
    return found[0]


def in_reply(event_id: str, words: str) -> dict[str, Any]:
    """Words as the reply to a message."""
    return {"msgtype": "m.text", "body": words, "m.relates_to": {"m.in_reply_to": {"event_id": event_id}}}


@contextlib.asynccontextmanager
async def town(server: Synapse, folder: Path, name: str, *, is_filed: bool = True) -> AsyncIterator[Town]:
    """The town with its bot running; ended as a service manager would end it.

    `is_filed`: the operator's file names the review rooms; else Ash and Birch join theirs with `setup`.
    """
    async with FakeDiscord() as fake, Peer(server) as birch:
        ash, peer = fake.add_user("ash"), fake.add_user("peer")
        for user in (ash, peer):
            fake.add_role(fake.home, user.name, Can.ADMINISTRATOR if user is ash else NOTHING, user)
        room = fake.add_channel(fake.home, "review")
        bot = Bot(server, folder, name)
        review = await birch.room(bot.user_id, is_direct=False)
        here = Town(bot, fake, room, ash, peer, birch, review)
        (folder / "umbrella.yaml").write_text(json.dumps(_settings(here, is_filed=is_filed)))
        (folder / "umbrella.yaml").chmod(0o600)
        running = _started(here)
        try:
            await fake.gateway.connected(WAIT_S)
            await birch.joined(review, bot.user_id)
            await until(lambda: bool(fake.commands), WAIT_S)
            if not is_filed:
                await _joined(here)
            yield here
        finally:
            running.terminate()
            await asyncio.to_thread(running.wait, 20)


def _started(here: Town) -> subprocess.Popen[bytes]:
    """The bot; what it says is in `bot.log` of its folder."""
    with (here.bot.folder / "bot.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], stdout=log, stderr=log, cwd=here.bot.folder, env=here.environment
        )


async def _joined(here: Town) -> None:
    """Both review rooms, by those who moderate and may say what the room is for."""
    await here.birch.say(here.review, "!umbrella setup north")
    await here.birch_reads("review room of north")
    fake, asked = here.fake, {"user": here.ash, "guild": here.fake.home, "channel": here.room}
    form = await fake.slash("setup", **asked).answered()  # type: ignore[arg-type]
    values = {"language": "any", "commands": table().optional, "words": "", "home": ""}
    kept = await fake.submit_modal(form, values).answered()
    await fake.press(kept, "Review room of north", user=here.ash).answered()


def _settings(here: Town, *, is_filed: bool) -> dict[str, Any]:
    token = here.bot.folder / "token"
    token.write_text(here.fake.token)
    token.chmod(0o400)
    fingerprint = here.birch.client.olm.account.identity_keys["ed25519"]
    moderators = [
        {"name": "Ash", "discord": str(here.ash.id)},
        {"name": "Birch", "matrix": here.birch.user_id, "devices": [fingerprint]},
    ]
    rooms = {"discord": str(here.room.id), "matrix": here.review} if is_filed else {}
    return {
        "discord": {"api": here.fake.api_url, "gateway": here.fake.gateway_url},
        "vetting": {"approvals": 2, "review_delay": "0"},
        "communities": [{"id": "north", "review_rooms": rooms, "moderators": moderators}],
    }
