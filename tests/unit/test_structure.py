"""Ceilings of `design.md`, and what merely loading the program may do: nothing."""

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted(path for folder in ("bot", "tests") for path in (ROOT / folder).rglob("*.py"))
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    for path in (ROOT / "bot").rglob("*.py")
    if path.name != "__main__.py" and path.parent.name != "migrations"  # which Alembic runs, and nothing imports
)
LOAD_ALL = "import importlib\n" + "\n".join(f"importlib.import_module({module!r})" for module in MODULES)
MOST_LINES, MOST_OF_A_FUNCTION = 400, 45
HEAVY = ("discord", "nio", "sqlalchemy", "asyncpg", "aiosqlite", "pydantic")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_function_can_be_seen_at_once(path: Path) -> None:
    assert [(name, size) for name, size in functions(path) if size > MOST_OF_A_FUNCTION] == []


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as it is installed, with nothing kept ready yet."""
    folder = tmp_path_factory.mktemp("installed")
    shutil.copytree(ROOT / "bot", folder / "bot", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "resources.yaml", folder / "bot" / "directory" / "resources.yaml")
    return folder


def started(copy: Path, cwd: Path, script: str) -> subprocess.CompletedProcess[str]:
    """`script` in a fresh interpreter with an empty environment, writing no byte code."""
    program = f"import sys; sys.path.insert(0, {str(copy)!r})\n{script}"
    return subprocess.run(
        [sys.executable, "-B", "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        env={},
        cwd=cwd,
        timeout=60,
        check=False,
    )


def files(*folders: Path) -> set[Path]:
    return {path for folder in folders for path in folder.rglob("*")}


def test_loading_every_module_does_nothing(copy: Path, tmp_path: Path) -> None:
    before = files(copy)
    done = started(copy, tmp_path, LOAD_ALL)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files(tmp_path) == set()
    assert files(copy) == before


def test_loading_every_module_reads_no_standard_input_and_starts_no_thread(copy: Path, tmp_path: Path) -> None:
    script = LOAD_ALL + "\nimport threading; assert threading.active_count() == 1"
    assert started(copy, tmp_path, script).stderr == ""


@pytest.mark.parametrize("start", ["first", "next"])
def test_ask_loads_no_platform_and_no_database(copy: Path, tmp_path: Path, start: str) -> None:
    """At the first start, when nothing is kept ready, and at the next."""
    script = (
        "from bot.cli import main\n"
        "code = main(['ask', 'food in vancouver', '--json', '--now', '2026-11-21'])\n"
        f"heavy = sorted(set({HEAVY!r}) & set(sys.modules))\n"
        "sys.exit(f'{code} loaded {heavy}' if code or heavy else 0)"
    )
    done = started(copy, tmp_path, script)
    assert (done.returncode, done.stderr) == (0, ""), start
    assert "wish-vancouver" in done.stdout
    assert files(tmp_path) == set()
