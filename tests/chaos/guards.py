"""Each trap's test fails without its guard: the guards are taken out one by one, in a copy, and the tests are run.

A guard is a passage of the code and what stands in its place without it. `python -m tests.chaos guards [NUMBER ...]`.
"""

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOOR = "bot/adapters/matrix"
FIRST, LAST = "tests/journeys/test_matrix_traps.py", "tests/journeys/test_matrix_traps_rooms.py"
TIMEOUT_S = 90


@dataclass(frozen=True, slots=True)
class Guard:
    """`held` stands once in the file; with `gone` in its place the tests of the trap must fail."""

    trap: int
    file: str
    held: str
    gone: str
    tests: str = ""
    where: tuple[str, ...] = (FIRST, LAST)

    @property
    def path(self) -> Path:
        return ROOT / self.named

    @property
    def named(self) -> str:
        return self.file if "/" in self.file else f"{DOOR}/{self.file}"


GUARDS = (
    Guard(1, "crosssigning.py", "if device is not None and signer not in", "if False and signer not in"),
    Guard(2, "verifying.py", "olm.outgoing_to_device_messages.append(", "list("),
    Guard(2, "answering.py", "                await self._declined(waiting)", "                pass"),
    Guard(3, "sending.py", "self._wire.client.verify_device(device)", "self._wire.client.ignore_device(device)"),
    Guard(4, "answering.py", "        if is_first:", "        if False:", "test_4_without"),
    Guard(4, "answering.py", 'if await self._ground.handled.handle("matrix", f"hint/{session_id}"):', "if True:", "test_4_without"),
    Guard(4, "opening.py", "        if waiting:\n", "        if not waiting:\n", "test_4_without"),
    Guard(4, "client.py", "client.olm.uploaded_key_count = batch.key_count", "pass", "test_4_used"),
    Guard(5, "account.py", "login = kept if kept and not renew else", "login = kept if renew else"),
    Guard(5, "account.py", '            "device_id": device_id,\n', ""),
    Guard(6, "client.py", 'full_state="true"', 'full_state="false"'),
    Guard(6, "client.py", "            self._position = None\n            return None", "            raise", "test_6_when"),
    Guard(6, "bot/storage/pending_events.py", '"handled": [*marks, *claims.values()]', '"handled": [*claims.values()]'),
    Guard(7, "answering.py", "        except Exception as error:  # noqa: BLE001", "        except ZeroDivisionError as error:  #"),
    Guard(7, "client.py", "[kept(each, received_at) for each in waiting], position", "[], position"),
    Guard(8, "client.py", "if not room.is_limited or room.is_new or self._begins:", "if True:"),
    Guard(9, "store.py", "os.O_RDWR | os.O_CREAT, 0o600)\n        os.fchmod(descriptor, 0o600)", "os.O_RDWR | os.O_CREAT, 0o644)\n        os.fchmod(descriptor, 0o644)"),
    Guard(9, "store.py", "fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass"),
    Guard(10, "lines.py", "line = self._lines.get(each.room_id)", "line = next(iter(self._lines.values()), None)"),
    Guard(11, "client.py", "            raise account.refused(error) from None", "            return None", "test_11_the_loop"),
    Guard(11, "client.py", "await self._ground.clock.sleep(self._wait_s *", "await self._ground.clock.sleep(0 *", "test_11_a_server"),
    Guard(12, "limiter.py", "            except AwayError:\n", "            except ZeroDivisionError:\n"),
    Guard(13, "keying.py", "    except TypeError:", "    except ZeroDivisionError:", "test_13_an_answer"),
    Guard(13, "sending.py", "        self._withhold(room_id, room.users)", "        self._withhold(room_id, room.users)\n        olm.should_share_group_session = lambda _: False", "test_13 and sendToDevice"),
    Guard(14, "limiter.py", "if self._clock.monotonic() >= self._calm_at:", "if True:"),
    Guard(15, "sending.py", "        if client.should_query_keys:\n            await self.ask_keys()\n", ""),
    Guard(16, "sending.py", "                return False\n            raise\n", "                return False\n            raise\n        return False\n"),
    Guard(16, "rooms.py", "is_known = room_id in self._noted or", "is_known = False and"),
    Guard(17, "rooms.py", "if user_id in self._creators.get(room_id, ()):", "if False:"),
    Guard(18, "rooms.py", "        client.rooms.pop(room_id, None)\n", ""),
    Guard(18, "client.py", "            parts.lines.put([each for each in found if each.room_id in back])", "            pass"),
    Guard(19, "batch.py", '_is_own(event, own_id, "invite")), None)', 'event.get("type") == "m.room.member"), None)'),
    Guard(19, "housekeeping.py", 'log.warning("matrix.join-refused")\n            await self._leave(room_id)', 'log.warning("matrix.join-refused")'),
    Guard(19, "housekeeping.py", "(self._join(room_id) if is_allowed else self._leave(room_id))", "self._join(room_id)"),
    Guard(20, "incoming.py", 'if relation.get("rel_type") == "m.replace" or "m.new_content" in content:', "if False:"),
    Guard(20, "incoming.py", '_TEXTS = ("m.text", "m.emote")', '_TEXTS = ("m.text", "m.emote", "m.notice")'),
    Guard(20, "incoming.py", "text = _without_quote(body[:MOST_CHARACTERS], is_reply=replied_to is not None)", "text = body"),
    Guard(21, "outgoing.py", '        "m.mentions": {},\n', ""),
    Guard(21, "answering.py", "in_thread = outgoing.in_thread(said.thread, asker.event_id) if said.thread else None", "in_thread = None"),
    Guard(22, "incoming.py", "        return _pressed(relation)", "        return None"),
    Guard(23, "outgoing.py", 'f"<p><strong>{html.escape(plain(text))}</strong></p>"', 'f"<p><strong>{plain(text)}</strong></p>"',
          "no_words_become_markup", ("tests/unit/test_matrix_outgoing.py",)),
    Guard(23, "outgoing.py", "else html.escape(plain(span)) for span in spans)", "else plain(span) for span in spans)",
          "no_words_become_markup", ("tests/unit/test_matrix_outgoing.py",)),
    Guard(24, "outgoing.py", "MOST_BYTES = 18_000", "MOST_BYTES = 180_000"),
)  # fmt: skip


def fails(guard: Guard, copy: Path) -> bool:
    """Whether a test of the trap fails in `copy` once the guard is gone."""
    file = copy / guard.named
    content = file.read_text("utf-8")
    assert content.count(guard.held) == 1, (guard.trap, guard.held)
    file.write_text(content.replace(guard.held, guard.gone), "utf-8")
    try:
        chosen = guard.tests or f"test_{guard.trap}_ or _and_{guard.trap}_"
        pytest = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-n0",
            "-p",
            "no:cacheprovider",
            f"--timeout={TIMEOUT_S}",
            "-k",
            chosen,
        ]
        done = subprocess.run([*pytest, *guard.where], cwd=copy, capture_output=True, text=True, check=False)
    finally:
        file.write_text(content, "utf-8")
    assert done.returncode in (0, 1), done.stdout[-2000:]
    return done.returncode == 1


def main(argv: list[str]) -> int:
    """The number of guards whose absence no test saw."""
    unseen = 0
    wanted = {int(each) for each in argv}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "__pycache__", ".mypy_cache"))
        for guard in GUARDS:
            if wanted and guard.trap not in wanted:
                continue
            is_seen = fails(guard, copy)
            unseen += not is_seen
            said = "fails without it" if is_seen else "NOT SEEN"
            sys.stdout.write(f"trap {guard.trap}, {guard.file}: {said}: {guard.held.strip().splitlines()[0][:70]}\n")
            sys.stdout.flush()
    return unseen
