"""`check RECORD METHOD [OUTCOME] [DATE]`: a moderator looked whether a record is right (`policy.md` §4)."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import cast

from bot.core.form import Field, Form
from bot.core.reply import Action, Paragraph, Reply
from bot.core.request import FormSubmit, Request
from bot.directory import changes
from bot.directory.model import Check, CheckMethod, CheckOutcome, PartialDate, Resource
from bot.directory.vocabulary import vocabulary
from bot.errors import InputError
from bot.handlers.desk import given, in_room, locale_of
from bot.handlers.moderating import Office, argument_of

FOR_LINES = ("org-confirmed", "called-or-messaged")
"""How a helpline is checked: somebody there answered. A page says nothing about who picks up."""
_MOST_TYPED = 300
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Checks:
    """Notes a check, or asks with a form for what is missing: as a button it holds the record's id."""

    office: Office

    async def __call__(self, request: Request) -> Reply:
        locale = locale_of(request)
        told = _given(request)
        record = self._record(told["record"]) if told.get("record") else None
        if record is None or not told.get("method"):
            return in_room(Reply((), form=self._form(locale, record), locale=locale), request)
        found = self._check(record, told, request.received_at.date())
        await self.office.books.changes.add_one(changes.check(record.id, found, by=(request.actor.standing.moderator,)))
        return in_room(self._said(record, found, locale), request)

    def _record(self, name: str) -> Resource:
        index = self.office.tools.shelf().index
        found = self.office.record_id(name)
        if found is None:
            raise InputError("check-no-record")
        return index.records[index.by_id[found]]

    def _check(self, record: Resource, told: dict[str, str], today: date) -> Check:
        """The check that was given. Raises InputError for what is none."""
        method = _one_of(told["method"], vocabulary().check_methods)
        outcome = _one_of(told.get("outcome") or "ok", vocabulary().check_outcomes)
        day = _day(told.get("date", ""), today)
        if method is None or outcome is None:
            raise InputError("check-how", methods=", ".join(vocabulary().check_methods))
        if day is None or day > today:
            raise InputError("check-date")
        if record.kind == "helpline" and method not in FOR_LINES:
            raise InputError("check-helpline", methods=", ".join(FOR_LINES))
        return Check(day, cast("CheckMethod", method), cast("CheckOutcome", outcome))

    def _said(self, record: Resource, found: Check, locale: str) -> Reply:
        say, cards = self.office.say, self.office.tools.cards
        day = cards.date(PartialDate(found.date.year, found.date.month), locale)
        told = say(locale, "check-noted", name=record.name, date=day, method=say(locale, f"method-{found.method}"))
        blocks = [Paragraph((told,))]
        if found.outcome != "ok":
            blocks.append(Paragraph((say(locale, f"check-outcome-{found.outcome}"),)))
        show = Action("show", say(locale, "do-show", name=record.name), (record.id,))
        return Reply(tuple(blocks), (show,), locale=locale)

    def _form(self, locale: str, record: Resource | None) -> Form:
        """Asks for what a check is made of; the id of a record that is known goes into the form's id."""
        say = self.office.say
        choices = vocabulary()
        methods = [
            each for each in choices.check_methods if not (record and record.kind == "helpline") or each in FOR_LINES
        ]
        fields = (
            Field("method", say(locale, "check-ask-method"), "choice",
                  choices=tuple((each, say(locale, f"method-{each}")) for each in methods)),
            Field("outcome", say(locale, "check-ask-outcome"), "choice",
                  choices=tuple((each, say(locale, f"check-choose-{each}")) for each in choices.check_outcomes)),
            Field("date", say(locale, "check-ask-date"), required=False, max_length=10),
        )  # fmt: skip
        if record is None:
            return Form(
                "check",
                say(locale, "check-title"),
                (Field("record", say(locale, "check-ask-record"), max_length=100), *fields),
            )
        return Form(f"check:{record.id}", say(locale, "check-title"), fields)


def _given(request: Request) -> dict[str, str]:
    """What was given: the values of a form, with the record that stands behind the colon of its id, or the words."""
    if isinstance(request.body, FormSubmit):
        record = request.body.form.partition(":")[2]
        return {**({"record": record} if record else {}), **given(request)}
    return _parsed(argument_of(request)[:_MOST_TYPED])


def _parsed(words: str) -> dict[str, str]:
    """RECORD METHOD [OUTCOME] [DATE]: the method is the first word from the second on that names one."""
    parts = words.split()
    at = next((at for at, part in enumerate(parts) if at and _one_of(part, vocabulary().check_methods)), None)
    if at is None:
        return {"record": words.strip()}
    told = {"record": " ".join(parts[:at]), "method": parts[at]}
    for part in parts[at + 1 :]:
        told["date" if _DAY.fullmatch(part) else "outcome"] = part
    return told


def names_method(words: str) -> bool:
    """Whether a method stands in the words behind a record."""
    return "method" in _parsed(words)


def _one_of(word: str, choices: tuple[str, ...]) -> str | None:
    """The code that a word means: itself, or the one code it begins ("called")."""
    word = word.lower()
    if word in choices:
        return word
    begun = [each for each in choices if len(word) >= 3 and each.startswith(word)]
    return begun[0] if len(begun) == 1 else None


def _day(day: str, today: date) -> date | None:
    """The day that was given, today for none, None for what is no day."""
    if not day:
        return today
    with suppress(ValueError):
        return date.fromisoformat(day) if _DAY.fullmatch(day) else None
    return None
