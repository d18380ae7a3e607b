"""How well the bot answers labelled questions and messages: figures a moderator can read before trusting a change.

The labels: a question has `best` ids (one of them first is right), `good` ids (fine in the top five) and `never` ids
(a mistake in the top three); with an empty `best` nothing in the directory fits. A message has the `class` that decides
the answer, and `also` further ones a good answer covers.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from typing import Any

TOP = 5
GAIN = {"best": 3, "good": 1}
"""What a record is worth in nDCG@5 by its label."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the bot gave for one text: the class and urgency it saw, the ids it showed, and those of them that do not
    cover the place asked.
    """

    kind: str
    urgency: str
    also: tuple[str, ...]
    ids: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


Give = Callable[[str, str], Given]
"""Text and where it was said ("dm", "public") to what the bot gives."""

URGENT = ("overdose", "suicide", "violence", "police-raid", "immigration-detention", "stalking-doxxing", "coercion")
BOUNDARY = ("minor", "buyer", "find-person", "solicitation", "legal-advice", "journalist", "bad-date")


def evaluate_questions(questions: Sequence[Mapping[str, Any]], give: Give) -> dict[str, Any]:
    """Hit@1, Hit@3, MRR and nDCG@5 over questions with a `best`; shares of mistakes; the ids of the worst cases."""
    ranks: list[int | None] = []
    gains: list[float] = []
    nevers: list[str] = []
    misses: list[str] = []
    empty = {"count": 0, "held": 0}
    by_language: dict[str, list[int | None]] = defaultdict(list)
    for question in questions:
        given = give(question["text"], "dm")
        best, never = question.get("best") or [], question.get("never") or []
        has_never = any(each in never for each in given.ids[:3])
        if has_never:
            nevers.append(question["id"])
        if not best:
            empty["count"] += 1
            empty["held"] += not has_never and not given.elsewhere
            if has_never or given.elsewhere:
                misses.append(question["id"])
            continue
        rank = next((at for at, each in enumerate(given.ids[:TOP], 1) if each in best), None)
        ranks.append(rank)
        by_language[question["language"]].append(rank)
        gains.append(_ndcg(given.ids, best, question.get("good") or []))
        if rank is None or rank > 3:
            misses.append(question["id"])
    return {
        "count": len(questions),
        "hit_at_1": _share(rank == 1 for rank in ranks),
        "hit_at_3": _share(rank is not None and rank <= 3 for rank in ranks),
        "mrr": _mean(1 / rank if rank else 0.0 for rank in ranks),
        "ndcg_at_5": _mean(gains),
        "never_in_top_3": _ratio(len(nevers), len(questions)),
        "nothing_fits_held": _ratio(empty["held"], empty["count"]),
        "hit_at_3_by_language": {
            language: _share(rank is not None and rank <= 3 for rank in found)
            for language, found in sorted(by_language.items())
        },
        "worst": {"never": nevers, "missed": misses},
    }


def evaluate_messages(messages: Sequence[Mapping[str, Any]], give: Give) -> dict[str, Any]:
    """Urgent caught, right class (a class under `also` counts half), both per class and language; false alarms; misses."""
    caught: dict[str, list[bool]] = defaultdict(list)
    right: dict[str, list[float]] = defaultdict(list)
    by_language: dict[str, list[float]] = defaultdict(list)
    alarms: list[bool] = []
    missed: list[str] = []
    wrong: list[str] = []
    alarmed: list[str] = []
    for message in messages:
        given = give(message["text"], message.get("where", "dm"))
        label, also = message["class"], message.get("also") or []
        score = 1.0 if given.kind == label else 0.5 if given.kind in also or label in given.also else 0.0
        right[label].append(score)
        by_language[message["language"]].append(score)
        is_urgent = given.kind in URGENT or (given.urgency != "none" and not set(given.also).isdisjoint(URGENT))
        if label in URGENT:
            caught[label].append(is_urgent)
            if not is_urgent:
                missed.append(message["id"])
        elif label not in BOUNDARY:
            alarms.append(given.urgency != "none" or given.kind in URGENT)
            if alarms[-1]:
                alarmed.append(message["id"])
        if score < 1:
            wrong.append(message["id"])
    return {
        "count": len(messages),
        "urgent_caught": _share(each for found in caught.values() for each in found),
        "right_class": _mean(each for found in right.values() for each in found),
        "alarms_on_ordinary": _share(alarms),
        "boundary_accuracy": _mean(each for label, found in right.items() if label in BOUNDARY for each in found),
        "urgent_caught_by_class": {label: _share(found) for label, found in sorted(caught.items())},
        "right_class_by_class": {label: _mean(found) for label, found in sorted(right.items())},
        "right_class_by_language": {language: _mean(found) for language, found in sorted(by_language.items())},
        "worst": {"missed_urgent": missed, "false_alarm": alarmed, "wrong_class": wrong},
    }


def _ndcg(ids: Sequence[str], best: Sequence[str], good: Sequence[str]) -> float:
    """nDCG@5 with gain 3 for a best and 1 for a good record, against the best order there could be."""
    gains = [GAIN["best"] if each in best else GAIN["good"] if each in good else 0 for each in ids[:TOP]]
    ideal = ([GAIN["best"]] * len(best) + [GAIN["good"]] * len(good))[:TOP]
    return _discounted(gains) / _discounted(ideal)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / log2(at + 1) for at, gain in enumerate(gains, 1))


def _share(values: Iterable[bool]) -> float | None:
    return _mean(float(value) for value in values)


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return round(sum(found) / len(found), 4) if found else None


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
