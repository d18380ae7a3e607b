"""The guards against the 24 traps of matrix-nio (`matrix.md`), and the tests of each."""

from tests.guards.guard import Guard

_DOOR = "bot/adapters/matrix"
_FIRST, _LAST = "tests/journeys/test_matrix_traps.py", "tests/journeys/test_matrix_traps_rooms.py"
_LAST_OF_FIRST = 12
_UNIT = "tests/unit/test_matrix_"


def _guard(trap: int, file: str, take: str, put: str, tests: str = "", where: str = "") -> Guard:
    """A guard in a file of the door, or of `bot` by its path; its tests are all of the trap unless some are named."""
    path = file if "/" in file else f"{_DOOR}/{file}"
    where = where or (_FIRST if trap <= _LAST_OF_FIRST else _LAST)
    what = take.strip().splitlines()[0][:70]
    return Guard(f"Matrix, trap {trap}", what, path, take, put, f"{where}::{tests or f'test_{trap}_ or _and_{trap}_'}")


GUARDS = (
    _guard(1, "crosssigning.py", "if device is not None and signer not in", "if False and signer not in"),
    _guard(2, "verifying.py", "olm.outgoing_to_device_messages.append(", "list("),
    _guard(2, "answering.py", "                await self._declined(waiting)", "                pass"),
    _guard(3, "sending.py", "self._wire.client.verify_device(device)", "self._wire.client.ignore_device(device)"),
    _guard(4, "answering.py", "        if is_first:", "        if False:", "test_4_without"),
    _guard(4, "answering.py", 'if await self._ground.handled.handle("matrix", f"hint/{session_id}"):', "if True:", "test_4_without"),
    _guard(4, "opening.py", "        if waiting:\n", "        if not waiting:\n", "test_4_without"),
    _guard(4, "client.py", "client.olm.uploaded_key_count = batch.key_count", "pass", "test_4_used"),
    _guard(5, "account.py", "login = kept if kept and not renew else", "login = kept if renew else"),
    _guard(5, "account.py", '            "device_id": device_id,\n', ""),
    _guard(6, "client.py", 'full_state="true"', 'full_state="false"'),
    _guard(6, "client.py", "            self._position = None\n            return None", "            raise", "test_6_when"),
    _guard(6, "bot/storage/pending_events.py", '"handled": [*marks, *claims.values()]', '"handled": [*claims.values()]'),
    _guard(7, "answering.py", "        except Exception as error:  # noqa: BLE001", "        except ZeroDivisionError as error:  #"),
    _guard(7, "client.py", "[kept(each, received_at) for each in waiting], position", "[], position"),
    _guard(8, "client.py", "if not room.is_limited or room.is_new or self._begins:", "if True:"),
    _guard(9, "store.py", "os.O_RDWR | os.O_CREAT, 0o600)\n        os.fchmod(descriptor, 0o600)", "os.O_RDWR | os.O_CREAT, 0o644)\n        os.fchmod(descriptor, 0o644)"),
    _guard(9, "store.py", "fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)", "pass"),
    _guard(10, "lines.py", "line = self._lines.get(each.room_id)", "line = next(iter(self._lines.values()), None)"),
    _guard(11, "client.py", "            raise account.refused(error) from None", "            return None", "test_11_the_loop"),
    _guard(11, "client.py", "await self._ground.clock.sleep(self._wait_s *", "await self._ground.clock.sleep(0 *", "test_11_a_server"),
    _guard(12, "limiter.py", "            except AwayError:\n", "            except ZeroDivisionError:\n"),
    _guard(13, "keying.py", "    except TypeError:", "    except ZeroDivisionError:", "test_13_an_answer"),
    _guard(13, "sending.py", "        self._withhold(room_id, room.users)", "        self._withhold(room_id, room.users)\n        olm.should_share_group_session = lambda _: False", "test_13 and sendToDevice"),
    _guard(14, "limiter.py", "if self._clock.monotonic() >= self._calm_at:", "if True:"),
    _guard(15, "sending.py", "        if client.should_query_keys:\n            await self.ask_keys()\n", ""),
    _guard(16, "sending.py", "                return False\n            raise\n", "                return False\n            raise\n        return False\n"),
    _guard(16, "rooms.py", "is_known = room_id in self._noted or", "is_known = False and"),
    _guard(17, "rooms.py", "if user_id in self._creators.get(room_id, ()):", "if False:"),
    _guard(18, "rooms.py", "        client.rooms.pop(room_id, None)\n", ""),
    _guard(18, "client.py", "            parts.lines.put([each for each in found if each.room_id in back])", "            pass"),
    _guard(19, "batch.py", '_is_own(event, own_id, "invite")), None)', 'event.get("type") == "m.room.member"), None)',
          "who_asked_us_in", f"{_UNIT}incoming.py"),
    _guard(19, "housekeeping.py", 'log.warning("matrix.join-refused")\n            await self._leave(room_id)', 'log.warning("matrix.join-refused")'),
    _guard(19, "housekeeping.py", "(self._join(room_id) if is_allowed else self._leave(room_id))", "self._join(room_id)"),
    _guard(20, "incoming.py", 'if relation.get("rel_type") == "m.replace" or "m.new_content" in content:', "if False:"),
    _guard(20, "incoming.py", '_TEXTS = ("m.text", "m.emote")', '_TEXTS = ("m.text", "m.emote", "m.notice")'),
    _guard(20, "incoming.py", "text = _without_quote(body[:MOST_CHARACTERS], is_reply=replied_to is not None)", "text = body"),
    _guard(21, "outgoing.py", '        "m.mentions": {},\n', ""),
    _guard(21, "answering.py", "in_thread = outgoing.in_thread(said.thread, asker.event_id) if said.thread else None", "in_thread = None"),
    _guard(22, "incoming.py", "        return _pressed(relation)", "        return None"),
    _guard(23, "outgoing.py", 'f"<p><strong>{html.escape(plain(text))}</strong></p>"', 'f"<p><strong>{plain(text)}</strong></p>"',
          "no_words_become_markup", f"{_UNIT}outgoing.py"),
    _guard(23, "outgoing.py", "else html.escape(plain(span)) for span in spans)", "else plain(span) for span in spans)",
          "no_words_become_markup", f"{_UNIT}outgoing.py"),
    _guard(24, "outgoing.py", "MOST_BYTES = 18_000", "MOST_BYTES = 180_000"),
)  # fmt: skip
