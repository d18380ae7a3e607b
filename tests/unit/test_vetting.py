"""Parts of vetting by themselves: codes, proposals, cards, and a number in reply to a card."""

import string
from datetime import UTC, date, datetime

import pytest

from bot.core.claim import read_claim
from bot.core.ports import MemoryForms
from bot.core.reply import Action, Paragraph, Reply
from bot.core.request import ActionPress, Actor, Request, RoomRef, Text
from bot.directory.query import Place, Query
from bot.handlers.conversation import Conversations
from bot.handlers.spoken import Replied
from bot.text.messages import Messages
from bot.vetting.asking import asks_who
from bot.vetting.claim import claim_of, new_code, new_token, read_code
from bot.vetting.model import SharedLink, Submission
from bot.vetting.proposal import drafted, edited, judged, needed, needs_call, shown_fields, slug
from bot.vetting.unpressable import defanged, unpressable
from tests.fakes.cases import PROPOSAL
from tests.fakes.clock import FakeClock

TODAY = date(2026, 11, 21)


def test_a_code_is_read_however_it_is_typed_and_is_never_a_word() -> None:
    claim = claim_of(new_token(), b"k" * 32)
    assert read_claim(claim.lower().replace("-", " ")) == claim
    assert claim_of("token", b"a" * 32) == claim_of("token", b"a" * 32) != claim_of("token", b"b" * 32)
    for _ in range(500):
        code = new_code()
        assert read_code(code.lower()) == code
        assert set(code) & set(string.digits)
        assert set(code) & set(string.ascii_uppercase)
    assert read_code("k7q") is None


def test_a_suggestion_becomes_a_draft_and_a_tip_needs_no_link() -> None:
    query = Query(language="en", locale="en", topics=(("food", 1.0),), places=(Place("CA", "CA-BC", "Vancouver"),))
    link = SharedLink("https://nightkitchen.ca", "accept", "https://nightkitchen.ca")
    made = drafted(Submission("Night Kitchen! Meals at night", links=(link,)), query, ["night-kitchen"])
    assert (made["id"], made["name"], made["kind"]) == ("night-kitchen-2", "Night Kitchen", "organization")
    assert made["coverage"] == [{"country": "CA", "region": "CA-BC", "place": "Vancouver"}]
    refused = drafted(Submission("x", links=(SharedLink("https://а.example", "refuse", "hxxps"),)), query, [])
    assert "contact" not in refused
    tip = drafted(Submission("Tell a friend where you are", why="It helps"), query, [])
    assert tip["kind"] == "tip"
    assert tip["description"] == {"en": "It helps"}
    whole = judged({**tip, "access": ["online"]}, TODAY)
    assert whole.record is not None, whole.faults
    assert whole.record.sources == ()


def test_the_form_of_moderators_says_and_takes_back_the_whole_proposal() -> None:
    assert judged(PROPOSAL, TODAY).record is not None
    assert edited(PROPOSAL, shown_fields(PROPOSAL)) == PROPOSAL
    changed = edited(PROPOSAL, {"name": "Day Kitchen", "facts": "coverage: CA-QC, FR\ntopics: food, housing"})
    assert changed["id"] == "day-kitchen"
    assert changed["coverage"] == [{"country": "CA", "region": "CA-QC"}, {"country": "FR"}]
    assert changed["topics"] == ["food", "housing"]
    assert edited({**PROPOSAL, "id": "kept"}, {"name": "Day Kitchen"})["id"] == "kept"
    faults = judged({**PROPOSAL, "topics": ["no-such-topic"]}, TODAY).faults
    assert len(faults) == 1


def test_a_long_or_strange_name_still_makes_an_id() -> None:
    assert slug("夜间厨房", ()) == "suggested"
    assert slug("É" * 90, ()) == "e" * 48
    assert slug("A", ["a", "a-2"]) == "a-3"


def test_what_changes_decides_how_many_are_needed() -> None:
    before = judged(PROPOSAL, TODAY).record
    assert before is not None

    def after(**more: object) -> int:
        record = judged({**PROPOSAL, **more}, TODAY).record
        assert record is not None
        return needed(before, record, 2)

    english = PROPOSAL["description"]["en"]  # type: ignore[index]
    assert after(description={"en": english.replace("Warm", "Warme")}) == 1
    assert after(description={"en": english, "fr": "Des repas chauds le vendredi soir."}) == 1
    assert after(description={"en": "Something else entirely, on Mondays, for other people."}) == 2
    assert after(led_by="allies") == 2
    assert needed(None, before, 3) == 3
    line = judged({**PROPOSAL, "kind": "helpline", "contact": {"phone": "+16046855555"}}, TODAY).record
    assert line is not None
    assert needs_call(before, line)
    assert not needs_call(line, line)


def test_a_refused_address_is_never_to_be_pressed() -> None:
    given = Submission(
        "see https://xn--80ak6aa92e.com/x", links=(SharedLink("https://xn--80ak6aa92e.com/x", "refuse", ""),)
    )
    assert unpressable(given.what, given) == "see hxxps://xn--80ak6aa92e[.]com/x"
    assert defanged("HTTP://a.b") == "HxxP://a[.]b"


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("1", ("review.approve", ("K7Q2", "1"))),
        ("Reject", ("review.reject", ("K7Q2", "1"))),
        ("hello", None),
        ("9", None),
    ],
)
async def test_a_number_in_reply_to_a_card_is_a_choice_of_that_card(
    words: str, meant: tuple[str, tuple[str, ...]] | None
) -> None:
    """Also where the conversation has shown other choices since."""
    asked: list[object] = []
    card = Reply(
        (), (Action("review.approve", "Approve", ("K7Q2", "1")), Action("review.reject", "Reject", ("K7Q2", "1")))
    )

    async def said_at(_: RoomRef, message: str) -> Reply | None:
        return card if message == "$card" else None

    async def dispatch(request: Request) -> Reply:
        asked.append(request.body)
        return Reply((Paragraph(("x",)),), (Action("other", "Other"),))

    talk = Conversations(
        dispatch, MemoryForms(), FakeClock(), b"s", Messages.shipped(), shows_forms=False, replied=Replied(said_at)
    )
    now = datetime(2026, 11, 21, tzinfo=UTC)
    room = RoomRef("matrix", "!review:example.org")
    await talk(Request("1", Actor("en"), room, Text("hello"), now))
    await talk(Request("2", Actor("en"), room, Text(words), now, is_private=False, replies_to="$card"))
    if meant is not None:
        assert asked[1:] == [ActionPress(*meant)]
    else:
        assert all(not isinstance(each, ActionPress) for each in asked)


@pytest.mark.parametrize(
    "question",
    [
        "What is your name?", "Who are you", "what's ur real name", "Where do you work?", "Can I call you?", "How old are you",
        "What is her real name?", "Which club do you work at?", "your phone number please", "Please email me",
        "Comment t'appelles-tu ?", "Où travaillez-vous ?", "Quel âge as-tu ?", "Ton numéro, s'il te plaît", "Qui es-tu ?",
        "¿Cómo te llamas?", "¿Dónde trabajas?", "¿Quién eres?", "Tu teléfono, por favor", "¿Cuántos años tienes?",
        "你叫什么名字？", "您在哪里工作？", "你的電話是多少", "你住哪里", "怎么联系你",
    ],
)  # fmt: skip
def test_a_question_that_asks_who_somebody_is(question: str) -> None:
    assert asks_who(question)


@pytest.mark.parametrize(
    "question",
    [
        "Is it open all year?", "What is the name of the clinic?", "What is their phone number?", "Do they ask for papers?",
        "Where is the drop-in?", "Is it led by sex workers, and how do you know?", "Who runs it?", "Can people call at night?",
        "Est-ce ouvert le dimanche ?", "Quel est le numéro de l'association ?", "Où est-ce ?", "Comment le savez-vous ?",
        "¿Está abierto los domingos?", "¿Cuál es el teléfono del centro?", "¿Cómo se llama el grupo?",
        "周日开门吗？", "这个机构的电话是多少？", "你怎么知道的？",
    ],
)  # fmt: skip
def test_a_question_about_a_service_is_no_question_about_a_person(question: str) -> None:
    assert not asks_who(question)
