"""A real Synapse on loopback in an environment of its own, for the tests of the door to Matrix.

python -m tests.synapse             start one, say where it is, and serve until Ctrl-C
"""

import contextlib
import json
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests import services

SERVER = "umbrella.test"
PASSWORD = "marker-password"
START_S = 90
_LIFTED = {"per_second": 10_000, "burst_count": 10_000}
_RATES = (
    "rc_message", "rc_registration", "rc_admin_redaction", "rc_login.address", "rc_login.account",
    "rc_login.failed_attempts", "rc_joins.local", "rc_joins.remote", "rc_joins_per_room", "rc_invites.per_room",
    "rc_invites.per_user", "rc_invites.per_issuer", "rc_room_creation", "rc_key_requests",
)  # fmt: skip


class Synapse:
    """One homeserver with its own folder; may be stopped and started again on the same port."""

    def __init__(self, folder: Path, rates: dict[str, Any] | None = None) -> None:
        self.folder = folder
        with contextlib.closing(socket.socket()) as found:
            found.bind(("127.0.0.1", 0))
            self.port: int = found.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._python = services.environment("synapse") / "bin/python"
        self._process: subprocess.Popen[bytes] | None = None
        (folder / "homeserver.yaml").write_text(json.dumps(self._config(rates or {})))
        self._run("--generate-keys")

    def _config(self, rates: dict[str, Any]) -> dict[str, Any]:
        config: dict[str, Any] = {
            "server_name": SERVER,
            "listeners": [{"port": self.port, "bind_addresses": ["127.0.0.1"], "type": "http",
                           "resources": [{"names": ["client"]}]}],
            "database": {"name": "sqlite3", "args": {"database": str(self.folder / "homeserver.db")}},
            "signing_key_path": str(self.folder / "signing.key"), "pid_file": str(self.folder / "pid"),
            "media_store_path": str(self.folder / "media"), "log_config": str(self.folder / "log.yaml"),
            "report_stats": False, "trusted_key_servers": [], "enable_registration": True,
            "enable_registration_without_verification": True, "bcrypt_rounds": 4, "presence": {"enabled": False},
            "macaroon_secret_key": "m", "form_secret": "f", "registration_shared_secret": "r",
        }  # fmt: skip
        (self.folder / "log.yaml").write_text('{"version": 1, "root": {"level": "ERROR"}}')
        for name in _RATES:
            section, _, part = name.partition(".")
            given = rates.get(name, _LIFTED)
            if part:
                config.setdefault(section, {})[part] = given
            else:
                config[section] = given
        return config

    def _run(self, *more: str) -> None:
        subprocess.run(
            [str(self._python), "-m", "synapse.app.homeserver", "-c", str(self.folder / "homeserver.yaml"), *more],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder,
        )  # fmt: skip

    def start(self) -> None:
        self._process = subprocess.Popen(
            [str(self._python), "-m", "synapse.app.homeserver", "-c", str(self.folder / "homeserver.yaml")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder,
        )  # fmt: skip
        end = time.monotonic() + START_S
        while time.monotonic() < end:
            with contextlib.suppress(OSError), urllib.request.urlopen(f"{self.url}/health", timeout=5):
                return
            time.sleep(0.1)
        raise RuntimeError("Synapse did not start")

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None

    @property
    def process_id(self) -> int:
        assert self._process
        return self._process.pid

    def register(self, name: str, password: str = PASSWORD) -> str:
        """Make an account; its user id."""
        body = {"username": name, "password": password, "auth": {"type": "m.login.dummy"}, "inhibit_login": True}
        given: str = self.call("POST", "register", body)["user_id"]
        return given

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, token: str = "") -> dict[str, Any]:
        """What the server answers to a request, errors as they are."""
        headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
        request = urllib.request.Request(
            f"{self.url}/_matrix/client/v3/{path}",
            None if body is None else json.dumps(body).encode(), headers, method=method,
        )  # fmt: skip
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                given: dict[str, Any] = json.load(response)
        except urllib.error.HTTPError as error:
            with error:
                given = json.load(error)
        return given


@contextlib.contextmanager
def synapse(rates: dict[str, Any] | None = None) -> Iterator[Synapse]:
    """A fresh homeserver, started. `rates` are limits that are not lifted."""
    folder = Path(tempfile.mkdtemp(prefix="synapse-", dir=services.scratch()))
    server = Synapse(folder, rates)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    with synapse() as server:
        sys.stdout.write(f"{SERVER} at {server.url}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
