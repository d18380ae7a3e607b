"""Verdicts on links, by their text alone."""

import pytest

from bot.vetting.links import judge, places
from bot.vetting.lookalikes import KnownHosts

KNOWN = KnownHosts.of(["chezstella.org", "maggiesto.org", "swanvancouver.ca", "nzpc.org.nz"])


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org", "http://example.org/a/b?id=3#top", "https://www.chezstella.org/en", "https://discord.com/invite/x",
        "https://fr.chezstella.org", "https://example.org/?q=paypal", "https://example.org:8443/x",
        "https://docs.google.com/document/d/1", "https://example.org/report.pdf", "https://red-umbrella.example.org", "example.org/path",
    ],
)  # fmt: skip
def test_an_ordinary_link_is_accepted_unchanged(url: str) -> None:
    link = judge(url, KNOWN)
    assert (link.verdict, link.shown, link.what) == ("accept", url, "")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/?utm_source=a&id=3&fbclid=b", "https://example.org/?id=3"),
        ("https://example.org/?UTM_Source=a", "https://example.org/"),
        ("https://example.org/a?gclid=1;x=2#utm_medium=z", "https://example.org/a?x=2"),
        ("https://example.org/#part=2&mc_eid=3", "https://example.org/#part=2"),
        ("https://example.org/?id=3&igshid=x#part", "https://example.org/?id=3#part"),
        ("https://youtu.be/abc?si=xyz", "https://youtu.be/abc"),
    ],
)
def test_tracking_is_taken_out(url: str, shown: str) -> None:
    link = judge(url, KNOWN)
    assert (link.verdict, link.shown) == ("clean", shown)


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("ftp://example.org/x", "scheme"),
        ("https://user:pw@example.org/", "credentials"),
        ("http://paypal.com@203.0.113.9/login", "credentials"),
        ("https://paypal.com%40example.net/", "credentials"),
        ("http://203.0.113.9/", "machine"),
        ("http://0x7f.1/", "machine"),
        ("http://2130706433/", "machine"),
        ("http://[::1]/", "machine"),
        ("https://localhost/x", "not-public"),
        ("https://printer.local/", "not-public"),
        ("https://example.org\\@evil.example.net/", "not-a-link"),
        ("https:/example.org", "not-a-link"),
        ("https://example.org:99999/", "not-a-link"),
        ("https://exa mple.org/", "not-a-link"),
        ("https://example.org/" + "a" * 3000, "not-a-link"),
        ("https://xn--pypal-4ve.com/", "lookalike"),
        ("https://www.раураl.com/", "lookalike"),
        ("https://chezstellа.org/", "lookalike"),
    ],
)
def test_what_is_never_a_link(url: str, what: str) -> None:
    link = judge(url, KNOWN)
    assert (link.verdict, link.what) == ("refuse", what)
    assert "://" not in link.shown
    assert not link.shown.lower().startswith(("javascript:", "data:"))


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://bit.ly/3abc", "shortener"),
        ("https://example.org/setup.exe", "download"),
        ("https://example.org/x.apk?dl=1", "download"),
        ("https://example.org/out?url=https%3A%2F%2Fevil.example.net", "redirect"),
        ("https://google.com/url?q=http://evil.example.net", "redirect"),
        ("https://example.org/r?next=//evil.example.net/a", "redirect"),
        ("https://example.org/?token=abc", "secret"),
        ("https://bücher.example.org/", "foreign-letters"),
        ("https://a.b.c.d.e.example.org/", "many-parts"),
    ],
)
def test_what_moderators_look_at(url: str, what: str) -> None:
    link = judge(url, KNOWN)
    assert (link.verdict, link.what) == ("warn", what)


LOOKALIKES = """
chezste1la.org chezstela.org chezstellla.org chezsetlla.org chezstella.com chezstella-help.org chez-stella.org chezstella.org.example.net
chezstella-org.example.net www.chezstella.org.login.example.com chezstelladonate.org donate-chezstella.net maggiest0.org maggiesto.ca
swanvancouver.com swan-vancouver.ca discord-verify.example.net dlscord.com discord.com.login.example.net dicsord.com disc0rd.example.org
paypaI.com paypal-secure.com instagrarn.com googledocs-share.example.org faceb00k.com my-whatsapp.net
""".split()


@pytest.mark.parametrize("host", LOOKALIKES)
def test_a_host_that_passes_for_another_is_told(host: str) -> None:
    link = judge(f"https://{host}/x", KNOWN)
    assert (link.verdict, link.what) == ("warn", "lookalike")
    assert link.of


@pytest.mark.parametrize(
    "host", ["nzpc.com", "swans.org", "stellar.org", "elements.org", "signals.example.org", "stella-centre.example.org"]
)
def test_a_host_of_its_own_passes_for_nobody(host: str) -> None:
    assert judge(f"https://{host}/x", KNOWN).verdict == "accept"


def test_links_are_found_in_a_sentence_with_and_without_https() -> None:
    text = "see (https://example.org/a_(b)), www.example.net. or example.com/x!, not a.b or 3.50 or e.g. this"
    assert [text[start:end] for start, end in places(text)] == [
        "https://example.org/a_(b)",
        "www.example.net",
        "example.com/x",
    ]
