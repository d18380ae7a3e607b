"""One suggestion at a time: what is marked and where, and whose a number is."""

import sys
from time import perf_counter

import pytest

from bot.directory.model import Area, Contact, Resource
from bot.vetting.screening import Known, Screening, Waiting, as_json, screen

NOBODY = Known(())


def whats(text: str, url: str | None = None) -> set[str]:
    """What is personal in it."""
    return {flag.what for flag in screen(text, url, known=NOBODY).flags if flag.kind == "personal-data"}


def marked(screening: Screening) -> list[str]:
    return [screening.text[flag.start : flag.end] for flag in screening.flags if flag.start is not None]


def test_the_words_of_a_flag_stand_at_its_place() -> None:
    done = screen("my\u200b friend\u202e Dana Placeholder, 555-\u200b0144, caf\u0065\u0301", known=NOBODY)
    assert done.text == "my friend Dana Placeholder, 555-0144, café"
    assert marked(done) == ["555-0144", "Dana Placeholder"] == [flag.words for flag in done.flags]
    assert {flag.kind for flag in done.flags} == {"personal-data"}


def test_lines_stay_lines_and_what_is_marked_stands_in_one() -> None:
    given = "a clinic \r\n\r\nits number:\n555-0144\nmy cousin\tDana: 555-0199"
    done = screen(given, known=NOBODY)
    assert [flag.words for flag in done.flags] == ["555-0199"]
    assert done.text.count("\n") == given.count("\n")


def test_nothing_typed_is_in_what_a_log_would_print() -> None:
    done = screen("her cell is 555-0144 https://a.example.org/?utm_source=q", known=NOBODY)
    assert "0144" not in repr(done)
    assert "example.org" not in repr(done)


def test_links_are_shown_clean_and_harmless() -> None:
    done = screen("see https://a.example.org/x?utm_source=q&id=3, not javascript:alert(1)", known=NOBODY)
    assert done.cleaned == "see https://a.example.org/x?id=3, not javascript[:]alert(1)"


def test_the_json_has_what_the_contract_names() -> None:
    done = as_json(screen("text her 555-0144", "https://bit.ly/x", known=NOBODY))
    assert done == {
        "flags": [
            {"kind": "personal-data", "what": "phone", "words": "555-0144"},
            {"kind": "phishing", "what": "shortener", "words": "https://bit.ly/x"},
        ],
        "links": [{"url": "https://bit.ly/x", "verdict": "warn", "shown": "https://bit.ly/x"}],
    }


PHONES = """
555-0142|5550142|(604) 555-0142|604.555.0142|1-604-555-0142|+1 (604) 555-0142|6 0 4 5 5 5 0 1 4 2|604*555*0142|06 39 98 12 34
0033639981234|+44 7700 900123|020 7946 0123|0151 23125678|+34 612 34 56 78|+52 1 55 5555 0142|(11) 95555-0142|139 0000 0001
010-5555-0142|+852 9123 4567|8 900 555-01-42|+254 712 345678|９０４－５５５－０１４２|⑤⑤⑤-⓪①④②|5️⃣5️⃣5️⃣0️⃣1️⃣4️⃣2️⃣|𝟓𝟓𝟓-𝟎𝟏𝟒𝟐
604–555–0142|604 555 O142|604 five five five 0142|six zero four, five five five, oh one four two|fivefivefive 01 42
cinq cinq cinq zéro un quatre deux|cinco cinco cinco cero uno cuatro dos|五五五零一四二|tel:555-0142|555-0142x3|٥٥٥-٠١٤٢
""".replace("\n", "|").strip("|").split("|")  # fmt: skip


@pytest.mark.parametrize("phone", PHONES)
def test_a_number_is_found_in_every_spelling(phone: str) -> None:
    for sentence in ("my friend Sam is on {}", "{}", "llama a mi prima {}", "mon voisin: {}, il aide", "他的电话是{}"):
        assert "phone" in whats(sentence.format(phone)), sentence


SERVICES = [
    "The night line is answered by peers, {}",
    "call the clinic {}",
    "ligne d'écoute {} gratuite",
    "línea gratuita {}",
    "服务热线 {}",
    "Reach the shelter's front desk at {}",
]


@pytest.mark.parametrize("service", SERVICES)
def test_the_same_numbers_are_a_services_own_where_one_is_named(service: str) -> None:
    assert [phone for phone in PHONES if "phone" in whats(service.format(phone))] == []


@pytest.mark.parametrize(
    "text",
    [
        "open 10-4 mon-fri, 12-5 sat", "since 2019, 2020 and 2021", "$1,200,000 raised", "1 000 000 euros", "2026-12-17",
        "17/12/2026", "section 213(1)(c) of the code", "call 911, 988 or 811", "text 741741", "10:30-12:00 and 14:00-16:00",
        "bus 4, 10, 14, 20, 22", "charity number 118932014RR0001", "12356", "lunes 10-12 y 16-18", "3919, 7j/7",
        "SIRET 123 456 789 00012", "loi 2016-444", "by-law 2019-114", "no id needed", "they dont ask for a passport", "bring a plate of food for 12",
    ],
)  # fmt: skip
def test_hours_years_sums_and_short_numbers_are_nobodys(text: str) -> None:
    assert whats(text) == set()


@pytest.mark.parametrize(
    ("text", "is_persons"),
    [
        ("Dr. Example at the clinic, heres her home number 555-0150", True),
        ("the clinic is closed, call me 555-0150", True),
        ("the bad date line is 1-800-555-0142", False),
        ("1-800-555-0142", False),
        ("my cousin answers at 1-800-555-0142", True),
        ("food bank on wednesdays 555-0150", False),
        ("wednesdays 555-0150", True),
    ],
)
def test_whose_a_number_is(text: str, is_persons: bool) -> None:
    assert ("phone" in whats(text)) is is_persons


@pytest.mark.parametrize(
    ("text", "is_persons"),
    [
        ("info@nightheron.example.org", False),
        ("write to the collective at nightheron@example.org", False),
        ("dana.placeholder@example.org", True),
        ("dana.placeholder@example.org at the clinic", True),
        ("jo at example dot org", True),
        ("jo (arroba) example (punto) org", True),
        ("她的邮箱jo@example.org", True),
        ("look at example.org", False),
        ("mailto:jo@example.org", True),
    ],
)
def test_whose_a_mail_address_is(text: str, is_persons: bool) -> None:
    assert ("email" in whats(text)) is is_persons


@pytest.mark.parametrize(
    ("what", "values"),
    [
        (
            "plate",
            "plate ABC 123|license plate 8XYZ999|immatriculée AB-123-CD|matrícula 1234 BCD|placa ABC1D23|Kennzeichen B-AB 1234",
        ),
        (
            "plate",
            "车牌京A12345|номер А123ВС77|biển số 51A-123.45|grey civic, BXYZ 482|plate starts with BXK|ทะเบียน กข 1234",
        ),
        (
            "id",
            "SIN 046 454 286|SSN 078-05-1120|NINO QQ123456C|passport X1234567|passeport n° 12AB34567|DNI 12345678Z|UCI 1112223333",
        ),
        (
            "id",
            "CURP PEXX900101MDFRRN09|CPF 111.444.777-35|身份证 11010519491231002X|health card 1234-567-890|주민번호 900101-1234567",
        ),
        ("card", "4111 1111 1111 1111|5555-5555-5555-4444|FR76 3000 6000 0112 3456 7890 189"),
        ("birth", "born 03/14/1996|dob 2006-05-14|née le 3 mai 1990|出生1990年1月2日"),
        (
            "address",
            "she lives at 12 Sample Street apt 3|il habite 14 bis avenue des Exemples|vive en calle Falsa 123|她住样例路8号",
        ),
    ],
)
def test_papers_plates_cards_births_and_homes(what: str, values: str) -> None:
    for value in values.split("|"):
        assert what in whats(value), value


def test_a_card_or_account_needs_its_check_digit() -> None:
    assert "card" not in whats("4111 1111 1111 1112")
    assert "card" not in whats("FR76 3000 6000 0112 3456 7890 188")


def record(name: str, *aliases: str, contact: Contact) -> Resource:
    return Resource(
        id=name.partition(" ")[0].lower(), name=name, kind="organization", led_by="sex-workers", description={"en": "x"}, topics=(), serves=(),
        coverage=(Area("CA"), Area("NZ")), access=(), sources=(), aliases=aliases, contact=contact,
    )  # fmt: skip


NIGHTHERON = Contact(url="https://nightheron.org/en", phone="+16045550142", email="info@nightheron.org")
DIRECTORY = Known(
    (
        record("Nightheron Peer Line", "Nightheron", "夜鹭热线", contact=NIGHTHERON),
        record("Te Whare", contact=Contact(url="https://tewhare.example.org")),
        record("Good Place", contact=Contact(url="https://good.example.org")),
        record("New Zealand Lantern Collective", contact=Contact(url="https://lantern.example.org")),
        record("Vesper Workers Network of Halifax", contact=Contact(url="https://vesper-network.ca")),
    )
)


@pytest.mark.parametrize(
    ("text", "url", "of"),
    [
        ("", "http://www.nightheron.org/en/?utm_source=x", "nightheron"),
        ("call 604 555 0142", None, "nightheron"),
        ("Nightheron", None, "nightheron"),
        ("夜鹭热线 你们有吗", None, "nightheron"),
        ("the vesper workers netwrok in halifax", None, "vesper"),
        ("TeWhare, a place to rest", None, "te"),
        ("the NZ lantern collective", None, "new"),
        ("tea and soup at good place, one of the few in canada", None, "good"),
        ("a very good place with tea and soup near the river", None, None),
        ("the workers network of a friend", None, None),
        ("a peer line by night", None, None),
    ],
)
def test_what_the_directory_has(text: str, url: str | None, of: str | None) -> None:
    doubles = [flag.of for flag in screen(text, url, known=DIRECTORY).flags if flag.kind == "duplicate"]
    assert doubles == ([of] if of else [])


def test_what_waits_already() -> None:
    waiting = [
        Waiting("k1", "Copper Kettle outreach van thursdays"),
        Waiting("k2", "a page", "https://teacup.example.org/"),
    ]
    done = screen("copper kettle outreach van, thursdays", "https://teacup.example.org", known=NOBODY, waiting=waiting)
    assert [(flag.what, flag.of) for flag in done.flags] == [("waiting", "k1"), ("waiting", "k2")]


HOSTILE = ["1 ", "a.", "12 Aa bb cc ", "a at b dot com ", "Dana Placeholder, her cell 555-0101 "]


@pytest.mark.parametrize("unit", HOSTILE)
def test_the_cost_grows_no_faster_than_the_text(unit: str) -> None:
    """Four times the text, at most eight times the time: a ratio, because machines differ."""

    def cost(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = perf_counter()
        screen(text, known=NOBODY)
        return perf_counter() - start

    cost(1000)
    assert cost(100_000) <= 8 * cost(25_000) + 0.1


def test_what_lies_far_behind_is_still_searched_for_numbers() -> None:
    text = "a kind word " * 5000 + "555-0144 and dana@example.org and 078-05-1120"
    assert whats(text) == {"phone", "email", "id"}


ACTS: list[str] = []
WATCHED = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "urllib.Request"}


def test_no_connection_is_made_and_no_name_looked_up() -> None:
    sys.addaudithook(lambda event, _: ACTS.append(event) if event in WATCHED else None)
    urls = [
        "http://169.254.169.254/latest", "http://localhost:8080", "http://[::1]/", "http://0x7f000001/", "file:///etc/passwd",
        "https://example.org", "http://user:pass@example.org", "ftp://example.org/x", "gopher://example.org", "//example.org",
        "https://xn--pypal-4ve.com", "https://bit.ly/x", "http://127.1", "http://2130706433/", "https://example.org:99999/",
    ]  # fmt: skip
    for url in urls:
        screen(f"see {url}", url, known=NOBODY)
    assert ACTS == []
