"""Draw the points of `bot/urgent/points` from the messages beside this file, and write them.

Regularised multinomial logistic regression over the clues of `bot.urgent.points`, once for the class and once for the urgency,
every class weighing the same; a coefficient becomes points of a fifth of a logit. Needs scikit-learn (`pip install
scikit-learn`), which nothing else does. `python -m tests.points --hold 5` leaves out every fifth message and prints how
those are recognised, without writing.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from bot.app import App, build
from bot.directory.snapshot import packaged_file
from bot.reading import read_plain
from bot.settings import Settings
from bot.urgent.points import ALWAYS, LOGIT, clues
from bot.urgent.recognise import asking
from bot.urgent.rules import ORDINARY, URGENT

MESSAGES = Path(__file__).parent / "messages"
DATA = Path(__file__).parents[1] / "data"
POINTS = Path(__file__).parents[2] / "bot" / "urgent" / "points"
STRENGTH = {"class": 2.5, "urgency": 1.0}
"""The inverse of the regularisation, chosen on held-out messages."""
SEEN = 2
"""A clue of fewer messages gets no points."""
COPIES, WORTH = 12, 0.25
"""For its class each message is learnt so many times more, at so much of its weight, with a part of its clues left out:"""
LEFT_OUT = {True: 70, False: 45}
"""so many in a hundred of what the lists told of it, and of its words. Words must not lean on the lists, which know these
messages better than any other, nor one word on another."""


@dataclass(frozen=True)
class Message:
    language: str
    kind: str
    urgency: str
    text: str


def read() -> list[Message]:
    """The public labelled sets of `tests/data`, then the messages beside this file.

    A question of the directory's set is a request, unless its note says that it is urgent or nothing can answer it.
    """
    found = [
        Message(each["language"].partition("-")[0], each["class"], each["urgency"], each["text"])
        for each in read_plain(DATA / "messages.yaml")["messages"]
    ]
    found += [
        Message(each["language"], "request", "none", each["text"])
        for each in read_plain(DATA / "questions.yaml")
        if each["best"] and not each["note"].startswith("urgent")
    ]
    for file in sorted(MESSAGES.glob("*.txt")):
        for line in file.read_text("utf-8").splitlines():
            language, kinds, urgency, text = line.split("|", 3)
            found.append(Message(language, kinds.split("+")[0], urgency, text))
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.points", description=__doc__)
    parser.add_argument("--hold", type=int, default=0)
    hold = parser.parse_args().hold
    messages = read()
    held = [each for at, each in enumerate(messages) if hold and at % hold == 0]
    learnt = [each for at, each in enumerate(messages) if not (hold and at % hold == 0)]
    found = [_clues(each) for each in learnt]
    seen = Counter(clue for each in found for clue in each)
    found = [{clue for clue in each if seen[clue] >= SEEN} for each in found]
    points: dict[str, dict[str, int]] = defaultdict(dict)
    for target in ("class", "urgency"):
        labels = [each.kind if target == "class" else each.urgency for each in learnt]
        copies = COPIES if target == "class" else 0
        for clue, name, coefficient in _fitted(*_thinned(found, labels, copies), STRENGTH[target]):
            if round(coefficient / LOGIT):
                points[clue][name] = round(coefficient / LOGIT)
    # Somebody in danger says where they are as often as somebody who asks: a place must not make one of the other.
    points["(place)"] |= dict.fromkeys(URGENT, points["(place)"]["request"])
    if hold:
        _report(held, points)
    else:
        _write(points, _homes(learnt, found))
    return 0


@lru_cache(maxsize=1)
def _app() -> App:
    return build(Settings(directory=packaged_file()), strict=True)


def _clues(message: Message) -> set[str]:
    """As the bot hears it: words mended, with what the lists, the rules and the directory make of them."""
    ask = _app().ask
    query = ask.tools.shelf().understanding.understand(message.text)
    _, _, told = ask.recogniser.heard(query.words, query.language)
    return set(clues(query.words, (*told, *asking(query))))


def _thinned(found: list[set[str]], labels: list[str], copies: int) -> tuple[list[set[str]], list[str], list[float]]:
    """The messages and `copies` thinned ones of each, with their labels and weights; the same ones at each drawing."""
    thinned = [
        {clue for clue in each if clue == ALWAYS or _lot(f"{copy} {at} {clue}") >= LEFT_OUT[clue[0] in "<("]}
        for copy in range(copies)
        for at, each in enumerate(found)
    ]
    weights = [1.0] * len(found) + [WORTH] * len(thinned)
    return found + thinned, labels * (copies + 1), weights


def _lot(words: str) -> int:
    """A number from 0 to 99, by lot but always the same for the same words."""
    return crc32(words.encode()) % 100


def _fitted(
    found: list[set[str]], labels: list[str], weights: list[float], strength: float
) -> Iterable[tuple[str, str, float]]:
    """Clue, label and coefficient; the intercept stands under the clue every message has."""
    from sklearn.feature_extraction import DictVectorizer  # type: ignore[import-not-found]  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found]  # noqa: PLC0415

    vectorizer = DictVectorizer()
    table: Any = vectorizer.fit_transform([dict.fromkeys(sorted(each), 1) for each in found])
    model = LogisticRegression(C=strength, max_iter=400, class_weight="balanced", fit_intercept=False).fit(
        table, labels, sample_weight=weights
    )
    names = vectorizer.get_feature_names_out()
    for label, coefficients in zip(model.classes_, model.coef_, strict=True):
        yield from ((name, label, float(value)) for name, value in zip(names, coefficients, strict=True))


def _homes(messages: list[Message], found: list[set[str]]) -> dict[str, str]:
    """For each clue the language most of whose messages have it; signals and what all share go under "all"."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for message, each in zip(messages, found, strict=True):
        for clue in each:
            counts[clue]["all" if clue[0] in "<(" else message.language] += 1
    return {clue: count.most_common(1)[0][0] for clue, count in counts.items()}


def _write(points: dict[str, dict[str, int]], homes: dict[str, str]) -> None:
    lines: dict[str, list[str]] = defaultdict(list)
    for clue in sorted(points):
        entries = sorted(points[clue].items(), key=lambda each: (-each[1], each[0]))
        lines[homes[clue]].append(f"{clue}: " + ", ".join(f"{name} {count}" for name, count in entries))
    POINTS.mkdir(exist_ok=True)
    for old in POINTS.glob("*.txt"):
        old.unlink()
    for language, each in lines.items():
        head = f"# What a clue speaks for and against, in points ({language}). Read bot/urgent/points.py; drawn by `python -m tests.points`.\n"
        (POINTS / f"{language}.txt").write_text(head + "\n".join(each) + "\n", "utf-8")


def _report(held: list[Message], points: dict[str, dict[str, int]]) -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    caught, alarms = [], []
    for message in held:
        total: Counter[str] = Counter()
        for clue in _clues(message):
            total.update(
                {name: count for name, count in points.get(clue, {}).items() if name not in ("now", "soon", "none")}
            )
        kind = max(total, key=lambda name: total[name])
        right[message.language].append(kind == message.kind)
        if message.kind in URGENT:
            caught.append(kind in URGENT)
        if message.kind in ORDINARY:
            alarms.append(kind in URGENT)
    every = [each for found in right.values() for each in found]
    print(f"{len(held)} held out: right {sum(every) / len(every):.3f}, urgent caught {sum(caught) / len(caught):.3f}")
    print(f"ordinary taken for urgent {sum(alarms) / len(alarms):.3f}")
    print(", ".join(f"{language} {sum(found) / len(found):.2f}" for language, found in sorted(right.items())))
    print(f"{len(points)} clues, {sum(map(len, points.values()))} points")


if __name__ == "__main__":
    sys.exit(main())
