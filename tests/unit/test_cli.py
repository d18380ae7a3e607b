"""The command line: what goes in, what comes out, and with which exit code. In this process, with the real parts."""

import io
import json
from pathlib import Path

import pytest

from bot import cli
from bot.directory.snapshot import packaged_file

DIRECTORY = str(packaged_file())


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("UMBRELLA_DATA", "UMBRELLA_HOME", "UMBRELLA_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = cli.main(list(argv))
    shown = capsys.readouterr()
    return code, shown.out, shown.err


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["ask"], "Write what you need after “ask”"),
        (["ask", "--locale", "klingon", "hi"], "I do not write that language. I write: en, fr, es, zh."),
        (["ask", "--home", "Narnia", "hi"], "Give a country or region by its ISO code, like CA or CA-ON."),
        (["ask", "--now", "tomorrow", "hi"], "Write it like 2026-11-20."),
        (["ask", "--now", "2026-02-30", "hi"], "Write it like 2026-11-20."),
        (["ask", "--batch", "no-such-file"], "I cannot read that file."),
        (["ask", ""], "There are no words in it."),
        (["ask", "x" * 100_000], "That is too long for me."),
        (["ask", "--secret-flag", "hi"], "I do not understand this command."),
        (["dance"], "I do not understand this command."),
        (["evaluate"], "Give labelled questions"),
        (["evaluate", "--questions", "no-such-file"], "I cannot read that file."),
    ],
)
def test_what_cannot_be_used_gets_a_sentence_and_exit_code_two(
    capsys: pytest.CaptureFixture[str], argv: list[str], said: str
) -> None:
    code, out, err = run(capsys, *argv)
    assert (code, out) == (2, "")
    assert said in err
    assert all(word not in err for word in ("Traceback", "klingon", "Narnia", "tomorrow", "secret", "dance", "xxx"))


def test_the_sentences_come_in_the_language_of_the_system(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "es_MX.UTF-8")
    assert "Escribe qué necesitas" in run(capsys, "ask")[2]


def test_a_question_is_answered_in_its_own_language_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "ask", "--directory", DIRECTORY, "aide", "juridique", "à", "Toronto")
    assert (code, err) == (0, "")
    assert "Pourquoi" in out
    assert "zone Toronto" in out


def test_without_a_directory_urgent_cards_still_answer_and_the_search_says_why_it_cannot(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("- id: x\n  name: [", "utf-8")
    for file, said in ((tmp_path / "none.yaml", "cannot be read"), (broken, "has faults")):
        code, out, err = run(
            capsys, "ask", "--directory", str(file), "--json", "she is not breathing, we are in toronto"
        )
        answer = json.loads(out)
        assert (code, answer["class"], answer["results"][0]["id"]) == (1, "overdose", "nors")
        assert said in err
    code, out, _ = run(capsys, "ask", "--directory", str(broken), "food in vancouver")
    assert code == 1
    assert "I cannot read the directory right now" in out


def batch(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lines: list[bytes]
) -> tuple[int, list[dict[str, object]]]:
    file = tmp_path / "questions.jsonl"
    file.write_bytes(b"\n".join(lines) + b"\n")
    code, out, _ = run(capsys, "ask", "--directory", DIRECTORY, "--batch", str(file))
    return code, [json.loads(line) for line in out.splitlines()]


# A line of a batch, the code of its answer, and the id that comes back with it.
BATCH: list[tuple[bytes, str, object]] = [
    (b'\xef\xbb\xbf{"id": "a", "text": "food in vancouver"}', "ok", "a"),
    (b'{"id": "b", "text": "\xff\xfe"}', "not-utf8", None),
    (b"{not json", "not-json", None),
    (b"[1, 2]", "not-an-object", None),
    (b'{"id": 5}', "no-text", 5),
    (b'{"id": "f", "text": ""}', "no-words", "f"),
    (b'{"id": "g", "text": "' + b"x" * 100_000 + b'"}', "too-long", "g"),
    (b'{"id": "h", "text": "hi", "locale": "klingon"}', "unknown-locale", "h"),
    (b'{"id": "i", "text": "hi", "home": "Narnia"}', "unknown-home", "i"),
    (b'{"id": "j", "text": "hi", "where": "street"}', "unknown-where", "j"),
    (b"[" * 100_000, "not-json", None),
    (b'{"id": "l", "text": "\\ud83d half"}', "ok", "l"),
    (b"", "not-json", None),
    ('{"text": "我在多伦多，需要律师", "locale": "fr-CA", "home": "ca-on", "where": "dm"}'.encode(), "ok", None),
]


def test_a_bad_line_gets_its_error_and_the_rest_goes_on(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, answers = batch(capsys, tmp_path, [line for line, _, _ in BATCH])
    assert code == 1
    codes = [answer["error"]["code"] if "error" in answer else "ok" for answer in answers]  # type: ignore[index]
    assert codes == [expected for _, expected, _ in BATCH]
    assert [answer.get("id") for answer in answers] == [id_ for _, _, id_ in BATCH]
    assert "Line 8: I do not write that language." in str(answers[7])
    assert all("klingon" not in str(answer) and "Narnia" not in str(answer) for answer in answers)
    assert (answers[-1]["locale"], answers[-1]["language"]) == ("fr", "zh")


def test_a_batch_without_a_bad_line_is_done(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert batch(capsys, tmp_path, [b'{"text": "hello"}'])[0] == 0


def test_a_batch_may_come_through_a_pipe(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'{"id": 1, "text": "hello"}\n'), "utf-8"))
    code, out, _ = run(capsys, "ask", "--directory", DIRECTORY, "--batch", "-")
    assert (code, json.loads(out)["id"]) == (0, 1)


def test_check_names_the_count_and_the_sentences_that_wait_for_readers(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", DIRECTORY)
    assert code == 0
    assert "168 records, no fault" in out
    assert run(capsys, "check", "no-such-file")[0] == 2
    _, _, err = run(capsys, "check")
    assert "card-overdose (en, fr, es, zh): to be read by harm reduction groups and a nurse" in err


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "schema")
    assert (code, "$schema" in json.loads(out)) == (0, True)


def test_figures_come_as_lines_or_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    questions, messages = tmp_path / "questions.yaml", tmp_path / "messages.yaml"
    questions.write_text(
        "- {id: q1, text: food in vancouver, language: en, best: [wish-vancouver], good: [], never: []}\n", "utf-8"
    )
    messages.write_text(
        "messages:\n- {id: m1, text: she is not breathing, language: en, where: dm, class: overdose, urgency: now}\n",
        "utf-8",
    )
    argv = ["evaluate", "--directory", DIRECTORY, "--questions", str(questions), "--messages", str(messages)]
    code, out, _ = run(capsys, *argv, "--json")
    assert (code, json.loads(out)["messages"]["urgent_caught"]) == (0, 1.0)
    assert "messages.urgent_caught 1.0" in run(capsys, *argv)[1].splitlines()
    messages.write_text("just words", "utf-8")
    assert run(capsys, *argv)[0] == 2
