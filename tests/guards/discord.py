"""The guards against the fifteen traps of discord.py, in the order of the harm they do, and the test of each."""

from tests.guards.guard import Guard

_TRAPS = "tests/contract/test_discord_traps.py::test_{}_"
_DOOR = "tests/contract/test_adapter_discord.py::test_"
_TEXTS = "tests/unit/test_discord_outgoing.py::test_"
_OUTBOX = "tests/journeys/test_discord_outbox.py::test_"
_FAULTS = "tests/journeys/test_discord_faults.py::test_"
_SAID = "  # noqa: BLE001  (a person gets a sentence; class and place alone are logged)\n            "
_LINE = "        "


def _guard(trap: int, what: str, file: str, take: str, put: str = "", test: str = "") -> Guard:
    """A guard in a file of the door, or of `bot` by its path; its test is the trap's own unless another is named."""
    path = file if file.startswith("bot/") else f"bot/adapters/discord/{file}"
    return Guard(f"Discord, trap {trap}", what, path, take, put, test or _TRAPS.format(trap))


PRIVATE = (
    _guard(1, "a deferral is private", "answering.py", "defer(ephemeral=True, ", "defer("),
    _guard(1, "the first answer is private", "answering.py", "message(view=first, ephemeral=True)", "message(view=first)"),
    _guard(1, "what follows is private", "answering.py", "(view=view, ephemeral=True)", "(view=view)", _TRAPS.format(9)),
    _guard(1, "no public message is replaced", "answering.py", "in_place and is_private(interaction)", "in_place"),
    _guard(
        1, "nobody else defers", "client.py", f"{_LINE}await self.answering.answer(interaction, self.desk.command",
        f"{_LINE}await interaction.response.defer(ephemeral=True)\n"
        f"{_LINE}await self.answering.answer(interaction, self.desk.command",
    ),
    _guard(2, "a form holds its state", "forms.py", "custom_id=FORM + form_id, "),
    _guard(2, "a form nobody knows gets a sentence", "desk.py", "if form is None:", "if False:"),
    _guard(2, "a button nobody knows gets a sentence", "desk.py", "except CodeError:", "except KeyError:"),
)  # fmt: skip
IN_TIME = (
    _guard(3, "no wait is longer than 30 s", "client.py", "            max_ratelimit_timeout=MAX_WAIT_S,\n"),
    _guard(
        3,
        "no publication is waited for",
        "client.py",
        "            max_ratelimit_timeout=MAX_WAIT_S,\n",
        "",
        "tests/journeys/test_discord_crossposting.py::test_ten_go_on",
    ),
    _guard(4, "slow work is deferred", "answering.py", "timeout=min(DEFER_AFTER_S, self", "timeout=max(9.0, self"),
    _guard(
        4,
        "work begins one at a time",
        "desk.py",
        f"{_LINE}await self._turns.mine()\n",
        "",
        f"{_FAULTS}on_a_slow_machine",
    ),
    _guard(4, "a first answer is tried again at once", "answering.py", "TRY_S = 0.9", "TRY_S = 9.0"),
    _guard(4, "what is late is dropped", "pacing.py", "if self.age_s(event_id) <= ANSWER_WITHIN_S:", "if True:"),
)
RIGHTS = (
    _guard(
        5, "administrators are asked for", "servers.py", "if not interaction.permissions.administrator:", "if False:"
    ),
    _guard(5, "when the form is opened", "servers.py", f"{_LINE}self._check(interaction)\n{_LINE}set", f"{_LINE}set"),
    _guard(5, "when the form is sent", "servers.py", "= self._check(interaction)", "= interaction.guild_id or 0"),
)
FAILURES = (
    _guard(
        6, "a failing handler gets a sentence", "desk.py", f'Exception as error:{_SAID}log.failure("discord.failed"',
        f'KeyError as error:{_SAID}log.failure("discord.failed"',
    ),
    _guard(
        6, "what fails before it gets one too", "answering.py",
        f'Exception as error:{_SAID}log.failure("discord.work-failed"',
        f'KeyError as error:{_SAID}log.failure("discord.work-failed"',
    ),
    _guard(
        6, "the library's own errors get one", "commands.py", f"{_LINE}await self._failed(interaction, error)",
        f"{_LINE}await super().on_error(interaction, error)",
    ),
    _guard(6, "autocomplete that fails is empty", "desk.py", "Exception as error:  # noqa: BLE001  (a list", "KeyError as error:  # ("),
    _guard(6, "what Discord refuses is made good", "answering.py", "if error.status != REFUSED:", "if True:"),
)  # fmt: skip
PROCESS = (
    _guard(7, "SIGTERM is handled", "bot/running.py", "(signal.SIGTERM, signal.SIGINT)}", "(signal.SIGINT,)}"),
    _guard(7, "what is in hand is answered", "client.py", "await self.answering.idle()", "pass", f"{_DOOR}closing"),
    _guard(7, "Discord away ends nothing", "adapter.py", f'{_LINE}log.warning("discord.away"', f'{_LINE}raise\n{_LINE}log.warning("discord.away"'),
    _guard(7, "a refused intent is said", "adapter.py", "except discord.PrivilegedIntentsRequired:", "except KeyError:", f"{_DOOR}what_would"),
    _guard(8, "the client allows no mention", "client.py", f"{_LINE}    allowed_mentions=discord.AllowedMentions.none(),\n"),
    _guard(8, "an answer pings nobody", "client.py", "mention_author=False, ", "mention_author=True, "),
    _guard(8, "mentions in texts are plain", "outgoing.py", r'`|[\]<]"', r'`|[\]]"', f"{_TEXTS}text_is"),
)  # fmt: skip
LIMITS = (
    _guard(9, "no page is longer than Discord takes", "outgoing.py", "PAGE = 3800", "PAGE = 40_000"),
    _guard(9, "no page has more parts than Discord takes", "layout.py", "if len(page.parts) <= MOST_TEXTS", "if True"),
    _guard(9, "a number is never cut", "outgoing.py", r"|\+?\d[\d\s().\-/]{3,}\d|", "|", f"{_TEXTS}no_number"),
    _guard(10, "commands are synced when they changed", "commands.py", "if await told(state, application_id) == wanted:", "if False:"),
    _guard(10, "one copy of each command", "commands.py", "    await tree.sync()\n", "    await tree.sync()\n    await tree.client.wait_until_ready()\n    for guild in tree.client.guilds:\n        tree.copy_global_to(guild=guild)\n        await tree.sync(guild=guild)\n"),
)  # fmt: skip
QUIET = (
    _guard(11, "the program caps the libraries", "bot/serving.py", "    log.cap_libraries()\n"),
    _guard(11, "a library's sentences are left out", "bot/log.py", "return f\"{record.levelname} {rendered('library.said', keys)}\"", "return record.getMessage()"),
    _guard(11, "a library speaks from WARNING on", "bot/log.py", "library.setLevel(logging.WARNING)", "library.setLevel(logging.DEBUG)"),
    _guard(12, "what is done once is not in on_shard_ready", "client.py", "        self._start(self.desk.memory.left_servers(is_left))\n", "        self._start(self.desk.memory.left_servers(is_left))\n        self._start(self._keep_synced())\n"),
    _guard(12, "nor at each connection", "client.py", "    async def on_connect(self) -> None:\n", f"    async def on_connect(self) -> None:\n{_LINE}await self.tree.sync()\n"),
)  # fmt: skip
PLACES = (
    _guard(13, "no channel is needed", "desk.py", "str(interaction.channel_id or interaction.user.id)", "str(interaction.channel.id)"),
    _guard(13, "no server is needed", "desk.py", "server = await self.memory.server(interaction.guild_id)\n        locale", "server = await self.memory.server(interaction.guild.id)\n        locale"),
    _guard(13, "a server without the bot cannot be set up", "servers.py", " or not interaction.is_guild_integration()", ""),
)  # fmt: skip
TWICE = (
    _guard(14, "an event acts once", "pacing.py", "if event_id in self._seen:", "if False:"),
    _guard(14, "a message is answered once over a restart", "client.py", "if await self._is_handled(event):", "if False:"),
    _guard(14, "an answer has a nonce", "client.py", 'await self._send(message.channel, page, placeholder, nonce=f"{message.id}-{number}")', "await self._send(message.channel, page, placeholder)"),
    _guard(14, "an interaction another process answered is left", "answering.py", "if error.code in (ALREADY_ANSWERED, UNKNOWN_INTERACTION):", "if False:"),
    _guard(14, "what is said unasked has a nonce", "sending.py", "nonce=delivery.key, ", "", f"{_OUTBOX}it_is_said_once"),
    _guard(15, "a channel that refuses is left alone", "client.py", "self._quiet.put(str(channel.id), True, self._ground.clock.monotonic())", "pass"),
)  # fmt: skip
GUARDS = (*PRIVATE, *IN_TIME, *RIGHTS, *FAILURES, *PROCESS, *LIMITS, *QUIET, *PLACES, *TWICE)
