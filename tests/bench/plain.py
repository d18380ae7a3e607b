"""A bot that says one thing in many rooms by plain loops, and answers a constant: a process that `announcements` runs.

The first line of its input says where; it then says "ready", loops through the rooms of both platforms side by side once
another line comes, says "done" and goes on answering until it is ended.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from tests.fakes.discord.bare import BareBot
from tests.fakes.discord.seam import discord, pointing_at
from tests.fakes.matrix_peer import Peer

TEXT = "One announcement to every room. " * 8


async def _on_discord(client: discord.Client, channels: Sequence[int]) -> None:
    """The same message as ours, as text of the same kind."""
    for each in channels:
        view = discord.ui.LayoutView(timeout=None)
        view.add_item(discord.ui.TextDisplay(TEXT))
        await client.get_partial_messageable(each).send(view=view)


async def _on_matrix(peer: Peer, rooms: Sequence[str]) -> None:
    content = {"msgtype": "m.text", "body": TEXT}
    for each in rooms:
        await peer.client.room_send(each, "m.room.message", content, ignore_unverified_devices=True)


async def main() -> None:
    where: dict[str, Any] = json.loads(sys.stdin.readline())
    client, server = BareBot(), SimpleNamespace(url=where["homeserver"])
    peer = Peer(server, user_id=where["user_id"])  # type: ignore[arg-type]
    with pointing_at(SimpleNamespace(api_url=where["api"], gateway_url=where["gateway"])):
        async with client, peer:
            await client.login(where["token"])
            connected = asyncio.create_task(client.connect())
            await client.wait_until_ready()
            print("ready", flush=True)
            await asyncio.to_thread(sys.stdin.readline)
            await asyncio.gather(_on_discord(client, where["channels"]), _on_matrix(peer, where["rooms"]))
            print("done", flush=True)
            await connected


if __name__ == "__main__":
    asyncio.run(main())
