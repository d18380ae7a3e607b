"""What floods, tricks and a database in trouble do to suggestions: kind sentences, nothing half-kept, others not slowed."""

import asyncio
import contextlib
import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.adapters.discord import outgoing as on_discord
from bot.adapters.matrix import outgoing as on_matrix
from bot.core.reply import Reply
from bot.core.request import ActionPress, Text
from bot.handlers.conversation import Conversations
from bot.keeping import keeping_in
from bot.storage.case_keys import case_keys
from bot.storage.cases import cases
from bot.storage.deliveries import deliveries
from bot.storage.floods import floods
from bot.vetting.quotas import ALL, MOST_CARDS, PERSON
from tests.chaos.storage import full_disk
from tests.fakes.vetting import REVIEW, Stage, text_of

SLOW_S = 2.0
"""`security.md` row 21: nobody else waits longer, nineteen times in twenty."""
QUESTION = "food in vancouver"


async def counted(stage: Stage) -> dict[str, int]:
    """Rows of everything that a suggestion leaves."""
    async with stage.storage.database.read() as connection:
        return {
            table.name: await connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (cases, case_keys, deliveries, floods)
        }


async def handed_in(stage: Stage, account: str, number: int) -> str:
    """One suggestion through form and preview, as fast as a machine can; what is said of it."""
    someone = stage.someone("discord", account)
    await someone.fills("suggest", what=f"Kitchen number {number} has warm meals")
    return await someone.presses("suggest.send")


async def waits(stage: Stage, done: asyncio.Event) -> list[float]:
    """How long somebody else waits for answers until `done`, ten times at least."""
    other = stage.someone("matrix", "@other:example.org")
    found: list[float] = []
    while not done.is_set() or len(found) < 10:
        began = time.monotonic()
        assert "Phone" in await other.says(QUESTION)
        found.append(time.monotonic() - began)
        await asyncio.sleep(0.2)
    return found


async def test_five_hundred_of_one_and_of_five_hundred_silence_nobody(stage: Stage) -> None:
    say = stage.app.messages.say
    done = asyncio.Event()
    asking = asyncio.create_task(waits(stage, done))
    from_one = Counter([await handed_in(stage, "700000000000000001", number) for number in range(500)])
    assert from_one[say("en", "quota-person")] == 500 - PERSON[0].most
    from_many = Counter([await handed_in(stage, f"8{number:017}", number) for number in range(500)])
    assert from_many[say("en", "quota-all")] == 500 - (ALL[0].most - PERSON[0].most)
    done.set()
    waited = sorted(await asking)
    assert waited[int(len(waited) * 0.95) - 1] < SLOW_S, statistics.median(waited)
    assert (await counted(stage))["cases"] == ALL[0].most
    for room in REVIEW.values():
        assert len(await stage.said(room)) == MOST_CARDS, "the others are in the digest and in `review`"
    vetting = await stage.app.vetting(keeping_in(stage.storage, stage.clock))
    assert [each.room.id for each in await vetting.digest()] == [*REVIEW.values()]


# a database in trouble

Trouble = Callable[[Stage], AbstractAsyncContextManager[None]]


@contextlib.asynccontextmanager
async def everywhere(stage: Stage, *pragmas: str) -> AsyncIterator[None]:
    """A pragma on every connection of the pool, and at the end what undoes it."""
    before, after = pragmas
    await told(stage, before)
    try:
        yield
    finally:
        await told(stage, after)


async def told(stage: Stage, pragma: str) -> None:
    async with AsyncExitStack() as stack:
        for _ in range(4):
            connection = await stack.enter_async_context(stage.storage.database.engine.connect())
            driver: Any = (await connection.raw()).driver_connection
            await (await driver.execute(f"PRAGMA {pragma}")).close()


@contextlib.asynccontextmanager
async def locked(stage: Stage) -> AsyncIterator[None]:
    """Another program holds the write lock for longer than anybody waits."""
    other = sqlite3.connect(stage.app.settings.data_dir / "umbrella.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with everywhere(stage, "busy_timeout = 20", "busy_timeout = 5000"):
        try:
            yield
        finally:
            other.execute("ROLLBACK")
            other.close()


def read_only(stage: Stage) -> AbstractAsyncContextManager[None]:
    return everywhere(stage, "query_only = 1", "query_only = 0")


@contextlib.asynccontextmanager
async def full(_: Stage) -> AsyncIterator[None]:
    with full_disk(0):
        yield


@pytest.mark.parametrize("trouble", [locked, read_only, full])
async def test_a_database_in_trouble_keeps_nothing_by_half_and_answers_go_on(stage: Stage, trouble: Trouble) -> None:
    peer, another = (stage.someone("discord", f"70000000000000000{number}") for number in (1, 2))
    record = next(each for each in stage.app.directory.current.records if each.contact.phone)
    await peer.fills("suggest", what="Night Kitchen has warm meals")
    send = ActionPress("suggest.send", peer.action("suggest.send").args)
    not_kept = stage.app.messages.say("en", "error-storage")
    async with trouble(stage):
        assert text_of(await peer.does(send)) == not_kept
        assert await another.fills("suggest", what="A tip: tell a friend where you are") == not_kept
        assert await another.fills(f"report.words:{record.id}:1", words="") == not_kept
        assert "Phone" in await another.says(QUESTION)
    assert set((await counted(stage)).values()) == {0}
    assert "This is your code" in text_of(await peer.does(send)), "and without a restart"
    assert (await counted(stage))["cases"] == 1


# tricks

TRICKS = {
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)> Night Kitchen <b>meals</b> & more",
    "right to left": "Night \u202eKitchen\u202c \u2066hidden\u2069 \u200bmeals\u200f and \ufefftea",
    "formula": '=HYPERLINK("https://example.org/?x="&A1,"Night Kitchen")',
    "mentions": "@everyone <@&123> <#456> @here Night Kitchen",
    "markup": "**bold** [a name](https://example.org) ||hidden|| # title\n> quote",
    "links": " ".join(f"https://example.org/page{number}" for number in range(60)),
    "look-alike": "https://xn--80ak6aa92e.com and https://bit.ly/x and https://user:word@example.org",
}


@pytest.mark.parametrize("trick", TRICKS)
async def test_what_is_meant_to_trick_is_shown_to_moderators_as_plain_words(stage: Stage, trick: str) -> None:
    peer = stage.someone("discord", "700000000000000001")
    preview = await peer.fills("suggest", what=TRICKS[trick])
    if any(each.id == "suggest.public" for each in peer.reply.actions):
        await peer.presses("suggest.public")
    assert "This is your code" in await peer.presses("suggest.send")
    [(_, card)] = await stage.said(REVIEW["discord"])
    for shown in (preview, text_of(card)):
        assert not set("\u202e\u202c\u2066\u2069\u200b\u200f\ufeff") & set(shown)
    assert len(on_discord.pages(card)) == 1, "one message, however long the words are"
    assert len(list(on_matrix.contents(card))) == 1
    looked_at(card)


def looked_at(card: Reply) -> None:
    """Nothing of a card is markup, a mention or a link that hides where it leads, on either platform."""
    [page] = on_discord.pages(card)
    text = "\n".join(page.parts)
    assert "<@" not in text.replace("\\<@", "") and "<#" not in text.replace("\\<#", "")
    assert "](" not in text.replace("\\](", "") and "||" not in text.replace("\\|\\|", "")
    [content] = on_matrix.contents(card)
    formatted = content["formatted_body"]
    assert not any(each in formatted for each in ("<script", "<img", "onerror=alert(1)>", "<b>"))
    assert content["m.mentions"] == {}
    for refused in ("xn--80ak6aa92e.com", "bit.ly", "user:word@"):
        assert f"https://{refused}" not in text + content["body"], refused


async def test_a_hundred_thousand_characters_are_refused_kindly_at_every_door(stage: Stage) -> None:
    long = "Night Kitchen " * 7200
    peer = stage.someone("discord", "700000000000000001")
    assert await peer.fills("suggest", what=long) == stage.app.messages.say("en", "suggest-too-long")
    await peer.fills("report.words:stella-montreal:1", words=long)
    assert text_of(peer.reply) == stage.app.messages.say("en", "suggest-too-long")
    talk = Conversations(
        stage.app.router.dispatch, stage.storage.forms, stage.clock, b"s", stage.app.messages, shows_forms=False
    )
    walker = stage.someone("matrix", "@peer:example.org")
    await talk(walker.request(Text("suggest")))
    asked_again = await talk(walker.request(Text(long)))
    assert stage.app.messages.say("en", "form-too-long", most=2000) in text_of(asked_again)
    assert set((await counted(stage)).values()) == {0}
