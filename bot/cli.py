"""The command line, thin: it reads arguments, wires the app and prints.

Exit codes: 0 done, 1 something in the data was wrong, 2 the command cannot be carried out as given. Nothing that was
typed is repeated in an error, and no error is a traceback.
"""

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import log
from bot.errors import Arguments, BotError, InputError
from bot.settings import Settings, SettingsError, from_environment
from bot.text.messages import LOCALES, Messages

if TYPE_CHECKING:
    from bot.adapters.console.batch import Question, Suggested
    from bot.app import App
    from bot.handlers.ask import Answer
    from bot.vetting.ports import Keeping

DONE, FAULTY, UNUSABLE = 0, 1, 2
OPERATING = (
    "run", "doctor", "kept", "queue", "backup", "restore", "keys", "panic", "expire", "export", "import", "need",
    "signatures", "calendar",
    "matrix", "discord",
)  # fmt: skip
"""Commands of whoever runs the bot (`bot.operate`)."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command in `argv`; gives back the exit code."""
    given = list(sys.argv[1:] if argv is None else argv)
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given.insert(0, "chat")
    if given[0] in OPERATING:
        from bot.operate import main as operate  # noqa: PLC0415  (its libraries are of no use to the other commands)

        return operate(given)
    try:
        settings = from_environment()
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return UNUSABLE
    locale = settings.language or settings.greeting
    command = Command(Messages.shipped(), locale if locale in LOCALES else "en", settings)
    try:
        return command.run(given)
    except BotError as error:
        command.complain(error)
        return UNUSABLE
    except KeyboardInterrupt:
        return DONE
    except BrokenPipeError:
        # The reader of the pipe has left. Python would complain once more when it closes standard output.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001  (a person gets a sentence; the type alone is logged)
        log.warning("cli.failed", error=type(error).__name__)
        command.complain(BotError())
        return FAULTY


class Command:
    """One run of the program; `locale` is the language of its own sentences."""

    def __init__(self, messages: Messages, locale: str, settings: Settings) -> None:
        self._messages = messages
        self._locale = locale
        self._settings = settings

    def run(self, argv: Sequence[str]) -> int:
        """Carry out `argv`. Raises InputError for what cannot be used."""
        given = self._parser().parse_args(argv)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        commands: dict[str, Callable[[argparse.Namespace], int]] = {
            "chat": self._chat,
            "suggest": self._chat,
            "case": self._chat,
            "ask": self._ask,
            "check": self._check,
            "schema": self._schema,
            "evaluate": self._evaluate,
            "screen": self._screen,
        }
        return commands[given.command](given)

    def complain(self, error: BotError) -> None:
        """Say on standard error what cannot be used."""
        sys.stderr.write(self._sentence(error) + "\n")

    def _say(self, message_id: str, **args: str) -> str:
        return self._messages.say(self._locale, message_id, **args)

    def _sentence(self, error: BotError) -> str:
        return self._messages.say(self._locale, error.message_id, **error.args_for_text)

    def _parser(self) -> argparse.ArgumentParser:
        operating = self._say("cli-operating", commands=", ".join(OPERATING))
        parser = Arguments(
            prog="python -m bot", description=self._say("cli-about"), epilog=operating, allow_abbrev=False
        )
        commands = parser.add_subparsers(dest="command", required=True)
        asking = Arguments(add_help=False)
        asking.add_argument("--locale", metavar="XX", help=self._say("cli-locale"))
        asking.add_argument("--home", metavar="XX", help=self._say("cli-home"))
        asking.add_argument("--now", metavar="DATE", help=self._say("cli-now"))
        asking.add_argument("--directory", metavar="FILE", type=Path, help=self._say("cli-directory"))
        commands.add_parser("chat", parents=[asking], help=self._say("cli-chat"))
        commands.add_parser("suggest", parents=[asking], help=self._say("cli-suggest"))
        commands.add_parser("case", parents=[asking], help=self._say("cli-case"))
        ask = commands.add_parser("ask", parents=[asking], help=self._say("cli-ask"))
        ask.add_argument("words", nargs="*", metavar="WORDS", help=self._say("cli-words"))
        ask.add_argument("--json", action="store_true", help=self._say("cli-json"))
        ask.add_argument("--batch", metavar="FILE", help=self._say("cli-batch"))
        check = commands.add_parser("check", help=self._say("cli-check"))
        check.add_argument("files", nargs="*", metavar="FILE", type=Path, help=self._say("cli-files"))
        check.add_argument("--now", metavar="DATE", help=self._say("cli-now"))
        commands.add_parser("schema", help=self._say("cli-schema"))
        evaluate = commands.add_parser("evaluate", parents=[asking], help=self._say("cli-evaluate"))
        evaluate.add_argument("--questions", metavar="FILE", type=Path, help=self._say("cli-questions"))
        evaluate.add_argument("--messages", metavar="FILE", type=Path, help=self._say("cli-messages"))
        evaluate.add_argument("--json", action="store_true", help=self._say("cli-json"))
        screen = commands.add_parser("screen", help=self._say("cli-screen"))
        screen.add_argument("--batch", metavar="FILE", required=True, help=self._say("cli-screen-batch"))
        screen.add_argument("--directory", metavar="FILE", type=Path, help=self._say("cli-directory"))
        return parser

    def _app(self, given: argparse.Namespace, keeping: "Keeping | None" = None) -> tuple["App", datetime]:
        """The app as the arguments want it, and the moment that counts as now; faults of the directory are said."""
        from bot.app import build  # noqa: PLC0415  (what `--help` and a wrong argument need not wait for)

        now = _moment(given.now)
        settings = replace(
            self._settings,
            language=self._known_locale(given.locale or self._settings.language),
            home=given.home or self._settings.home,
            directory=given.directory or self._settings.directory,
        )
        app = build(settings, now, keeping=keeping)
        if app.faults:
            sys.stderr.write(self._say("error-directory-faults" if app.path.is_file() else "error-directory") + "\n")
        return app, now

    def _known_locale(self, tag: str | None) -> str | None:
        """The language of a tag such as "fr" or "fr-CA", None for none.

        Raises InputError for one the bot does not write.
        """
        if tag is None:
            return None
        locale = re.split("[-_]", tag.lower())[0]
        if locale not in LOCALES:
            raise InputError("error-locale", known=", ".join(LOCALES))
        return locale

    def _chat(self, given: argparse.Namespace) -> int:
        import asyncio  # noqa: PLC0415  (one question alone needs no loop, and starts sooner without)
        import secrets  # noqa: PLC0415

        from bot.adapters.console.client import Terminal  # noqa: PLC0415
        from bot.core.clock import StoppedClock, SystemClock  # noqa: PLC0415
        from bot.core.ports import MemoryForms  # noqa: PLC0415
        from bot.core.request import Command as Asked  # noqa: PLC0415
        from bot.handlers.announcing import with_announcements  # noqa: PLC0415
        from bot.handlers.commands import shown  # noqa: PLC0415
        from bot.handlers.conversation import Conversations  # noqa: PLC0415
        from bot.keeping import TerminalKeeping  # noqa: PLC0415

        keeping = TerminalKeeping(self._settings)
        app, now = self._app(given, keeping.keeping())
        locale = app.settings.language or self._locale
        clock = StoppedClock(now) if given.now else SystemClock()
        words = {name: shown(self._messages, locale, name) for name in ("help", "quit")}
        greeting = f"{self._messages.say(locale, 'greeting')}\n{self._messages.say(locale, 'greeting-how', **words)}"
        with asyncio.Runner() as runner:
            router = with_announcements(app.router, app.ask.tools, app.settings, keeping.opening())
            talk = Conversations(
                router.dispatch, MemoryForms(), clock, secrets.token_bytes(32), self._messages,
                shows_forms=False, interrupts=lambda text: app.is_urgent(text, clock.now()),
            )  # fmt: skip
            terminal = Terminal(
                lambda request: runner.run(talk(request)), clock.now, self._messages.say, sys.stdin.buffer, sys.stdout,
                app.settings.home, app.settings.language, locale,
            )  # fmt: skip
            try:
                return terminal.run(greeting) if given.command == "chat" else terminal.run("", Asked(given.command))
            finally:
                runner.run(keeping.close())

    def _ask(self, given: argparse.Namespace) -> int:
        if given.batch:
            return self._batch(given)
        if not given.words:
            raise InputError("error-words")
        app, now = self._app(given)
        text = _whole(" ".join(given.words))
        if given.json:
            from bot.adapters.console.batch import dumped  # noqa: PLC0415

            sys.stdout.write(dumped(_contract(app, now, text, app.answer(text, now=now))) + "\n")
        else:
            from bot.adapters.console.client import width_of  # noqa: PLC0415
            from bot.adapters.console.outgoing import render  # noqa: PLC0415
            from bot.keeping import read_alone  # noqa: PLC0415

            reply = read_alone(app, text, now) or app.answer(text, now=now).reply
            sys.stdout.write(render(reply, width_of(sys.stdout)) + "\n")
        return FAULTY if app.faults else DONE

    def _batch(self, given: argparse.Namespace) -> int:
        from bot.adapters.console.batch import answer_lines, question  # noqa: PLC0415

        app, now = self._app(given)

        def answered(asked: "Question") -> dict[str, object]:
            if asked.home is not None and not app.knows_home(asked.home):
                raise InputError("error-home")
            answer = app.answer(
                asked.text,
                now=now,
                locale=self._known_locale(asked.locale),
                home=asked.home,
                is_private=asked.where == "dm",
            )
            return _contract(app, now, asked.text, answer)

        lines = answer_lines(_lines(given.batch), question, answered, self._explained)
        return DONE if _printed(lines) and not app.faults else FAULTY

    def _explained(self, line: int, error: InputError) -> str:
        return self._say("error-line", line=str(line), sentence=self._sentence(error))

    def _screen(self, given: argparse.Namespace) -> int:
        """Flags and links of each suggestion of a file; no link is opened."""
        from bot.adapters.console.batch import answer_lines, suggested  # noqa: PLC0415
        from bot.directory.snapshot import find_directory, read_snapshot  # noqa: PLC0415
        from bot.vetting.screening import Known, as_json, screen  # noqa: PLC0415

        path = find_directory(given.directory or self._settings.directory, self._settings.data_dir)
        snapshot, faults = read_snapshot(path, _moment(None).date())
        if faults:
            sys.stderr.write(self._say("error-directory-faults" if path.is_file() else "error-directory") + "\n")
        known = Known(snapshot.records)

        def screened(line: "Suggested") -> dict[str, object]:
            return as_json(screen(line.text, line.url, known=known))

        lines = answer_lines(_lines(given.batch), suggested, screened, self._explained)
        return DONE if _printed(lines) and not faults else FAULTY

    def _check(self, given: argparse.Namespace) -> int:
        from bot.directory.check import check  # noqa: PLC0415
        from bot.directory.snapshot import find_directory  # noqa: PLC0415

        files = given.files or [find_directory(None, self._settings.data_dir)]
        lines, code = check(files, _moment(given.now).date())
        sys.stdout.writelines(f"{_whole(line)}\n" for line in lines)
        if not given.files:
            sys.stderr.writelines(f"{line}\n" for line in self._drafts())
        return code

    def _drafts(self) -> Iterable[str]:
        """The sentences that wait for their readers (`policy.md` §7), one line for all languages of a message."""
        waiting: dict[tuple[str, str], list[str]] = {}
        for draft in self._messages.drafts():
            waiting.setdefault((draft.id, draft.readers), []).append(draft.locale)
        if waiting:
            yield self._say("cli-drafts")
        yield from (
            f"{message_id} ({', '.join(locales)}): {readers}" for (message_id, readers), locales in waiting.items()
        )

    def _schema(self, _: argparse.Namespace) -> int:
        from bot.directory.schema import schema  # noqa: PLC0415

        sys.stdout.write(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n")
        return DONE

    def _evaluate(self, given: argparse.Namespace) -> int:
        """Figures for the questions and the messages given, as lines or as one object."""
        from bot.directory.evaluate import Given, evaluate_messages, evaluate_questions  # noqa: PLC0415

        if given.questions is None and given.messages is None:
            raise InputError("error-evaluate")
        app, now = self._app(given)

        def give(text: str, where: str) -> Given:
            answer = app.answer(text, now=now, is_private=where == "dm")
            ids = tuple(match.resource.id for match in answer.results)
            return Given(answer.kind, answer.urgency, answer.also, ids, app.elsewhere(answer))

        figures: dict[str, object] = {}
        if given.questions is not None:
            figures["questions"] = evaluate_questions(_labelled(given.questions, "questions"), give)
        if given.messages is not None:
            figures["messages"] = evaluate_messages(_labelled(given.messages, "messages"), give)
        if given.json:
            sys.stdout.write(json.dumps(figures, ensure_ascii=False) + "\n")
        else:
            sys.stdout.writelines(f"{line}\n" for line in _figure_lines(figures))
        return FAULTY if app.faults else DONE


def _printed(lines: Iterable[tuple[str, bool]]) -> bool:
    """Print each line as soon as it is there; whether all were answered."""
    all_good = True
    for line, is_answered in lines:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
        all_good &= is_answered
    return all_good


def _labelled(path: Path, key: str) -> list[dict[str, Any]]:
    """The labelled cases of a file: a list, or a table that has them under `key`. Raises InputError."""
    from bot.reading import Unreadable, read_plain  # noqa: PLC0415

    try:
        page = read_plain(path)
    except (OSError, Unreadable, ValueError):
        raise InputError("error-file") from None
    cases = page.get(key) if isinstance(page, dict) else page
    if not isinstance(cases, list) or not all(
        isinstance(case, dict) and "text" in case and "id" in case for case in cases
    ):
        raise InputError("error-labelled")
    return cases


def _figure_lines(figures: object, before: str = "") -> Iterable[str]:
    """Nested figures one a line: `questions.hit_at_1 0.91`; lists of ids in one line."""
    if isinstance(figures, dict):
        for key, value in figures.items():
            yield from _figure_lines(value, f"{before}.{key}" if before else str(key))
    elif isinstance(figures, list | tuple):
        yield f"{before} {' '.join(map(str, figures)) or '-'}"
    else:
        yield f"{before} {'-' if figures is None else figures}"


def _contract(app: "App", now: datetime, text: str, answer: "Answer") -> dict[str, object]:
    """The object of one answer. Its reply is the text a pipe shows: nothing wrapped."""
    from bot.adapters.console.outgoing import render  # noqa: PLC0415
    from bot.handlers.contract import as_json  # noqa: PLC0415

    return as_json(answer, app.cards, now.date(), text, render(answer.reply))


def _moment(given: str | None) -> datetime:
    """Noon of the day given, or now. Raises InputError for what is no date."""
    if given is None:
        return datetime.now(UTC)
    # Python reads 20261121 and 2026-W47 as dates too; a person who sees them would not.
    if re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        with suppress(ValueError):
            return datetime.combine(date.fromisoformat(given), time(12), UTC)
    raise InputError("error-date")


def _whole(text: str) -> str:
    """`text` of the command line or a path without half characters, which stand for bytes that are no UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _lines(source: str) -> Iterable[bytes]:
    """The lines of a file, or of standard input for "-". Raises InputError for a file that cannot be read."""
    if source == "-":
        yield from sys.stdin.buffer
        return
    try:
        with Path(source).open("rb") as file:
            yield from file
    except OSError:
        raise InputError("error-file") from None
