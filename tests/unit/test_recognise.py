"""What a message is: rules and lists are read, idioms fall away, danger to life comes first.

The points of single words (`bot.urgent.points`) are left out here, so that each test shows what rules and lists do alone.
Figures over whole sets of messages are measured elsewhere; these sentences only show what each part is for.
"""

from pathlib import Path

import pytest

from bot.core.flat import FlatMap, flattened
from bot.core.lists import ListError, WordList, read_list
from bot.core.words import tokens
from bot.urgent import recognise as recognise_module
from bot.urgent.points import Points
from bot.urgent.recognise import Recogniser, Recognition, book_of, read_from
from bot.urgent.rules import BOUNDARY, ORDINARY, URGENT, read_rules

LISTS = Path(recognise_module.__file__).parent / "lists"
WRITTEN_IN = ("en", "fr", "es", "zh")

RULES = """
silence: [workshop]
blank: [idiom]
derived:
- {id: in-fear, when: [police, shaking]}
rules:
- {id: not-waking, class: overdose, urgency: now, when: [not-waking], firm: yes}
- {id: minor, class: minor, urgency: none, when: [young], firm: yes}
- {id: police-door, class: police-raid, urgency: now, when: [police, door], near: 3}
- {id: fear, class: police-raid, urgency: soon, when: [in-fear]}
- {id: hit, class: violence, urgency: soon, when: [hits], unless: [long-ago]}
- {id: workshop, class: request, urgency: none, when: [workshop], firm: yes}
- {id: idiom, class: small-talk, urgency: none, when: [idiom], firm: yes}
"""
WORDS = """
groups:
  officer: [cops, officers]
signals:
  not-waking: [not waking]
  young: ["im #10-17"]
  police: [<officer>]
  door: [door]
  shaking: [shaking]
  hits: [hits me]
  long-ago: [years ago]
  workshop: [workshop]
  idiom: [cops and robbers]
"""


def pointing(names: list[str], points: dict[str, bytes]) -> Points:
    return Points(names, FlatMap(flattened(points)))


NO_POINTS = pointing([], {})


def small(*more: WordList, points: Points | None = None) -> Recogniser:
    rules = read_rules("rules.yaml", RULES)
    lists = [read_list("en.yaml", "en", WORDS), *more]
    return Recogniser(rules, book_of(rules, lists), points or NO_POINTS)


def said(text: str, recogniser: Recogniser | None = None, language: str = "en") -> Recognition:
    return (recogniser or small()).recognise(tokens(text), language)


@pytest.fixture(scope="module")
def by_rules() -> Recogniser:
    """The rules and lists that come with the bot, without points."""
    return Recogniser(*read_from(LISTS), NO_POINTS)


# ------------------------------------------------------------------------------------------------ what cannot be read


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("- {class: overdose, when: [a]}", "needs an id"),
        ("- {id: one, class: overdose}", "at least one signal"),
        ("- {id: one, class: theft, when: [a]}", "theft, which there is not"),
        ("- {id: one, class: overdose, urgency: later, when: [a]}", "urgency is now, soon or none"),
        ("- {id: one, class: overdose, when: [a], near: far}", "near a number"),
        ("- {id: one, class: overdose, when: [a], firm: perhaps}", "firm is yes or no"),
        ("- {id: one, class: overdose, when: [a], color: red}", "nothing called color"),
        ("- {id: one, class: overdose, when: a}", "when is not a list"),
        ("- {id: one, class: overdose, when: [a]}\n- {id: one, class: suicide, when: [b]}", "two rules are called one"),
    ],
)
def test_a_rule_that_cannot_be_used_is_named_with_its_fault(line: str, complaint: str) -> None:
    with pytest.raises(ListError, match=complaint) as fault:
        read_rules("rules.yaml", f"rules:\n{line}\n")
    assert str(fault.value).startswith("rules.yaml")


@pytest.mark.parametrize("text", ["rules: [", "rules: []", "- a", "rule: []"])
def test_a_file_that_holds_no_rules_is_refused(text: str) -> None:
    with pytest.raises(ListError, match=r"^rules\.yaml: "):
        read_rules("rules.yaml", text)


def test_a_phrase_that_cannot_be_read_is_named_with_its_file_and_signal() -> None:
    broken = WordList("xx.yaml", "xx", {}, {"hits": ["he (hits me"]})
    with pytest.raises(ListError, match=r"xx\.yaml: hits: 'he \(hits me': a bracket is opened and never closed"):
        small(broken)


def test_a_group_nobody_wrote_is_named() -> None:
    with pytest.raises(ListError, match=r"xx\.yaml: hits: '<client> hits me': there is no group called client"):
        small(WordList("xx.yaml", "xx", {}, {"hits": ["<client> hits me"]}))


def test_a_signal_no_rule_uses_is_named_with_its_file() -> None:
    with pytest.raises(ListError, match=r"xx\.yaml: no rule uses the signal kicks"):
        small(WordList("xx.yaml", "xx", {}, {"kicks": ["kicks me"]}))


def test_a_signal_no_list_has_is_named_with_the_rule_that_wants_it() -> None:
    rules = read_rules(
        "rules.yaml", "rules:\n- {id: raid, class: police-raid, urgency: now, when: [police|soldiers]}\n"
    )
    with pytest.raises(ListError, match=r"no list has phrases for the signal soldiers \(rule raid\)"):
        book_of(rules, [WordList("en.yaml", "en", {}, {"police": ["cops"]})])


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    (tmp_path / "en.yaml").write_text(WORDS, "utf-8")
    with pytest.raises(ListError, match=r"rules\.yaml is missing"):
        read_from(tmp_path)


# ------------------------------------------------------------------------------------------------ how rules decide


def test_the_first_rule_that_fires_decides() -> None:
    found = said("officers at the door and she is not waking up")
    assert (found.kind, found.urgency) == ("overdose", "now")
    assert found.reasons[:2] == ("not-waking", "police-door")


def test_signals_that_stand_too_far_apart_do_not_meet() -> None:
    assert "police-door" in said("cops at the door").reasons
    assert "police-door" not in said("cops were nice to the old lady who lives next door").reasons


def test_a_signal_of_unless_holds_a_rule_back() -> None:
    assert said("he hits me").kind == "violence"
    assert "hit" not in said("he hits me, no, that was years ago").reasons


def test_a_workshop_silences_what_is_not_firm() -> None:
    assert said("a workshop on cops at the door").kind == "request"
    assert said("she is not waking up, here at the workshop").kind == "overdose"


def test_an_idiom_takes_its_words_out_of_play() -> None:
    assert said("we play cops and robbers at the door").urgency == "none"
    assert said("we play cops and robbers, then real cops at the door").kind == "police-raid"


def test_a_derived_signal_counts_where_its_parts_do() -> None:
    assert "fear" in said("cops asked for me, still shaking").reasons
    assert "fear" not in said("still shaking").reasons


def test_under_18_is_the_class_unless_a_life_is_in_danger() -> None:
    assert said("im 15 and he hits me").kind == "minor"
    assert said("im 15 and my friend is not waking up").kind == "overdose"


def test_someone_under_18_who_is_in_trouble_is_answered_soon() -> None:
    both = pointing(["minor", "violence"], {"(always)": bytes((128, 145))})
    found = said("im 15 and he hits me", small(points=both))
    assert (found.kind, found.urgency, found.also) == ("minor", "soon", ("violence",))


def test_what_has_far_fewer_points_is_not_named_beside() -> None:
    lone = pointing(["minor", "violence"], {"(always)": bytes((168, 128))})
    assert said("im 15 and he hits me", small(points=lone)).also == ()


def test_a_rule_counts_what_its_class_has_points_for() -> None:
    weak = pointing(
        ["minor", "request", "violence"], {"(rule violence)": bytes((128, 128, 158)), "(place)": bytes((128, 168, 128))}
    )
    recogniser = small(points=weak)
    assert said("he hits me", recogniser).kind == "violence"
    assert recogniser.recognise(tokens("he hits me"), "en", ["(place)"]).kind == "request"


def test_reasons_name_rules_and_signals_and_no_word_of_the_message() -> None:
    assert set(said("cops at the door of kim").reasons) == {"police-door", "police", "door"}


def test_a_short_word_of_another_language_does_not_win_over_the_main_one() -> None:
    spanish = WordList("es.yaml", "es", {}, {"police": ["once", "la migra"], "door": ["puertas cerradas"]})
    recogniser = small(spanish)
    assert "police" not in recogniser.signals(tokens("once more"), "en")
    assert "police" in recogniser.signals(tokens("once"), "es")
    assert "police" in recogniser.signals(tokens("la migra is here"), "en")


def test_a_thought_may_take_twice_as_many_characters_where_each_is_a_word() -> None:
    chinese = WordList("zh.yaml", "zh", {}, {"police": ["警察"], "door": ["门"]})
    assert "police-door" in said("警察现在就在我的门外", small(chinese), "zh").reasons


def test_the_same_words_get_the_same_answer(by_rules: Recogniser) -> None:
    words = tokens("cops took my friend from the spa last night and i dont know which station")
    assert by_rules.recognise(words, "en") == by_rules.recognise(words, "en")
    assert by_rules.recognise(words, "en") == Recogniser(*read_from(LISTS), NO_POINTS).recognise(words, "en")


def test_nothing_at_all_is_still_a_recognition(by_rules: Recogniser) -> None:
    assert by_rules.recognise([], "en").kind in (*URGENT, *BOUNDARY, *ORDINARY)


# ------------------------------------------------------------------------------------------------ the lists of the bot


def test_every_rule_can_fire_in_the_four_languages() -> None:
    rules = read_rules("rules.yaml", (LISTS / "rules.yaml").read_text("utf-8"))
    derived = {rule.id for rule in rules.derived}
    for language in WRITTEN_IN:
        known = (
            read_list(f"{language}.yaml", language, (LISTS / f"{language}.yaml").read_text("utf-8")).signals.keys()
            | derived
        )
        dumb = {rule.id for rule in rules.rules for either in rule.when if not known & set(either)}
        assert not dumb, f"{language}: {sorted(dumb)}"


def test_every_rule_says_why() -> None:
    rules = read_rules("rules.yaml", (LISTS / "rules.yaml").read_text("utf-8"))
    assert not [rule.id for rule in (*rules.rules, *rules.derived) if not rule.why]


@pytest.mark.parametrize(
    ("kind", "language", "text"),
    [
        ("overdose", "en", "my cousin is barely breathing and his lips are purple"),
        ("overdose", "fr", "elle se réveille pas et ses lèvres sont bleues"),
        ("overdose", "es", "no respira bien y tiene los labios azules"),
        ("overdose", "zh", "她嘴唇发紫 叫也叫不醒"),
        ("suicide", "en", "i want to kill myself tonight"),
        ("suicide", "fr", "je veux mourir, j'ai plus la force"),
        ("suicide", "es", "ya no quiero vivir"),
        ("suicide", "zh", "我不想活了"),
        ("violence", "en", "my ex choked me yesterday"),
        ("violence", "fr", "mon client m'a étranglée"),
        ("violence", "es", "mi marido me golpeó anoche"),
        ("violence", "zh", "客人强奸了我"),
        ("police-raid", "en", "officers are knocking at the door of our flat"),
        ("police-raid", "fr", "la police fouille le salon"),
        ("police-raid", "es", "la policía está tocando la puerta"),
        ("police-raid", "zh", "警察来店里敲门"),
        ("immigration-detention", "en", "immigration officers took my roommate to the detention centre"),
        ("immigration-detention", "fr", "ma collègue est en centre de rétention"),
        ("immigration-detention", "es", "la migra se llevó a mi amiga"),
        ("immigration-detention", "zh", "移民局带走了我姐姐"),
        ("stalking-doxxing", "en", "my ex leaked my nudes on telegram"),
        ("stalking-doxxing", "fr", "il a publié mes photos et mon vrai nom"),
        ("stalking-doxxing", "es", "publicó mis fotos y mi dirección"),
        ("coercion", "en", "the manager has our passports and says we owe him money"),
        ("coercion", "fr", "le patron a confisqué nos passeports"),
        ("coercion", "es", "el jefe tiene nuestros pasaportes y debemos dinero"),
        ("minor", "en", "im 16 where can i get condoms"),
        ("minor", "fr", "j'ai 15 ans, je cherche une clinique"),
        ("minor", "es", "tengo 16 años y necesito condones"),
        ("minor", "zh", "我今年16岁 哪里有诊所"),
    ],
)
def test_what_people_say_is_known_in_the_four_languages(
    by_rules: Recogniser, kind: str, language: str, text: str
) -> None:
    assert said(text, by_rules, language).kind == kind


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "these heels are killing me"),
        ("en", "im dead laughing"),
        ("en", "overdosing on chocolate cake"),
        ("en", "i raided the fridge"),
        ("en", "when is the overdose prevention workshop"),
        ("en", "who prints posters against police violence"),
        ("fr", "je suis morte de rire"),
        ("fr", "overdose de raclette"),
        ("es", "me muero de risa"),
        ("es", "sobredosis de churros"),
        ("zh", "笑死我了"),
    ],
)
def test_everyday_speech_raises_no_alarm(by_rules: Recogniser, language: str, text: str) -> None:
    found = said(text, by_rules, language)
    assert found.kind in ORDINARY
    assert found.urgency == "none"


def test_who_asks_that_no_police_come_is_not_taken_for_a_raid(by_rules: Recogniser) -> None:
    assert "police" not in by_rules.signals(tokens("is there a clinic, no police please"), "en")
