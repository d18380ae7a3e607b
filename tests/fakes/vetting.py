"""A stage for vetting: the whole program over a real storage, people at any door as requests, and what is said unasked as documents."""

import asyncio
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from bot.app import App, build
from bot.core.documents import loaded
from bot.core.moderators import Moderators, Standing
from bot.core.reply import Action, Card, Reply
from bot.core.request import ActionPress, Actor, Body, Command, FormSubmit, Request, RoomRef, Text
from bot.directory.snapshot import packaged_file
from bot.keeping import keeping_in
from bot.settings import Community, Moderator, ReviewRooms, Settings, VettingSettings
from bot.storage.deliveries import c as rows
from bot.storage.open import Storage
from bot.values import Delay
from tests.fakes.clock import FakeClock

REVIEW = {"discord": "900000000000000001", "matrix": "!review:example.org"}
SOUTH = {"discord": "900000000000000002", "matrix": "!south:example.org"}
ACCOUNTS = {
    "Ash": {"discord": "100000000000000001", "matrix": "@ash:example.org"},
    "Birch": {"discord": "100000000000000002", "matrix": "@birch:example.org"},
    "Cedar": {"discord": "100000000000000003", "matrix": "@cedar:example.org"},
    "Dogwood": {"discord": "100000000000000004", "matrix": "@dogwood:example.org"},
}


def _moderator(name: str) -> Moderator:
    return Moderator(name, ACCOUNTS[name]["discord"], ACCOUNTS[name]["matrix"])


COMMUNITIES = (
    Community(
        "north",
        review_rooms=ReviewRooms(REVIEW["discord"], REVIEW["matrix"]),
        moderators=tuple(_moderator(name) for name in ("Ash", "Birch", "Cedar")),
    ),
    Community(
        "south",
        review_rooms=ReviewRooms(SOUTH["discord"], SOUTH["matrix"]),
        moderators=(_moderator("Dogwood"),),
    ),
)
MODERATORS = Moderators(COMMUNITIES)


def settings_for(base: Settings, delay: Delay = Delay(0, 0), approvals: int = 2) -> Settings:  # noqa: B008
    """`base` with two communities."""
    return replace(base, communities=COMMUNITIES, vetting=VettingSettings(approvals, delay), directory=packaged_file())


@dataclass
class Stage:
    """`someone` opens a door; `said` are the documents that wait to be said in a room."""

    app: App
    storage: Storage
    clock: FakeClock
    ids: Iterator[int] = field(default_factory=itertools.count)

    def someone(self, platform: str, account: str, **more: object) -> "Person":
        return Person(self, platform, account, **more)  # type: ignore[arg-type]

    def moderator(self, name: str, platform: str = "discord", room: str | None = None) -> "Person":
        """A moderator in the review room of their platform."""
        return Person(
            self, platform, ACCOUNTS[name][platform], room or REVIEW[platform], is_private=platform == "discord"
        )

    async def said(self, room: str | None = None) -> list[tuple[str, Reply]]:
        """Act and document of everything that waits, in the order it was added."""
        keys = self.storage.database.keys
        async with self.storage.database.read() as connection:
            found = (await connection.execute(select(*rows).where(rows.reply.is_not(None)).order_by(rows.id))).all()
        documents = []
        for row in found:
            where = keys.open(row.room, "deliveries", row.key, "room")
            if room in (None, where):
                documents.append((row.act, loaded(keys.open(row.reply, "deliveries", row.key, "reply"))))
        return documents


def stage_on(storage: Storage, settings: Settings, clock: FakeClock) -> Stage:
    app = build(settings_for(settings), clock.now(), strict=True, keeping=keeping_in(storage, clock))
    return Stage(app, storage, clock)


@dataclass
class Person:
    """One account at one door. What they see last is `reply`; numbers and buttons are pressed by their label."""

    stage: Stage
    platform: str
    account: str
    room: str = ""
    is_private: bool = True
    is_proven: bool = True
    locale: str = "en"
    standing: Standing | None = None
    reply: Reply = field(default_factory=lambda: Reply(()))
    replies_to: str = ""

    def request(self, body: Body, event: str | None = None) -> Request:
        mark = "" if self.platform == "console" else self.stage.storage.people.mark(self.platform, self.account)
        standing = self.standing or MODERATORS.standing(self.platform, self.account, is_proven=self.is_proven)
        writes_to = None if self.platform == "console" else RoomRef(self.platform, f"@{self.account}")
        return Request(
            event or f"event{next(self.stage.ids)}",
            Actor(self.locale, mark, standing),
            RoomRef(self.platform, self.room or f"room-of-{self.account}"),
            body,
            self.stage.clock.now(),
            self.is_private,
            writes_to=writes_to,
            replies_to=self.replies_to,
        )

    async def does(self, body: Body, event: str | None = None) -> Reply:
        self.reply = await self.stage.app.router.dispatch(self.request(body, event))
        return self.reply

    async def says(self, words: str) -> str:
        return text_of(await self.does(Text(words)))

    async def commands(self, name: str, argument: str = "") -> str:
        return text_of(await self.does(Command(name, argument)))

    async def fills(self, form: str = "", **values: str) -> str:
        """The form that is shown, or the one named."""
        name = form or (self.reply.form.id if self.reply.form else "")
        return text_of(await self.does(FormSubmit(name, values)))

    def action(self, action: str, *args: str) -> Action:
        """The action of that id that is offered."""
        return next(each for each in self.reply.actions if each.id == action and each.args[: len(args)] == args)

    async def presses(self, action: str, *args: str) -> str:
        found = self.action(action, *args)
        return text_of(await self.does(ActionPress(found.id, found.args)))

    async def suggests(self, what: str, **more: str) -> str:
        """A suggestion sent; the claim code."""
        await self.does(FormSubmit("suggest", {"what": what, **more}))
        await self.presses("suggest.send")
        return claim_in(self.reply)


def text_of(reply: Reply) -> str:
    """All words of a reply, for looking for some among them."""
    parts: list[str] = []
    for block in reply.blocks:
        match block:
            case Card():
                parts += [block.title, *("".join(map(str, line)) for line in block.lines), *block.cautions]
            case _:
                parts.append(
                    getattr(block, "text", "")
                    or "".join(map(str, getattr(block, "spans", ())))
                    or "\n".join("".join(map(str, item)) for item in getattr(block, "items", ()))
                )
    return "\n".join(parts)


def claim_in(reply: Reply) -> str:
    """The claim code a reply shows."""
    return next(block.text for block in reply.blocks if block.kind == "heading")


async def a_while(clock: FakeClock, minutes: int) -> None:
    clock.advance(timedelta(minutes=minutes))
    await asyncio.sleep(0)


def plain_settings(folder: Path) -> Settings:
    """An installation on SQLite without encryption of the file, to be looked through."""
    return replace(Settings(), data_dir=folder / "data", key_file=folder / "keys" / "key", encryption=False)
