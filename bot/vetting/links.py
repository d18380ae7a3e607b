"""Links of a suggestion, judged by their text alone: no address is opened and no name looked up.

Verdicts: `accept` unchanged; `clean` when tracking was taken out (`shown` is the clean link); `warn` when moderators must see the real
host (`shown` names it); `refuse` when it is never to be a link (`shown` is the address made harmless). `what` is the reason of a warning or refusal.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote

from bot.core.lists import Span
from bot.core.words import word_set
from bot.directory.contacts import is_machine
from bot.vetting.lookalikes import KnownHosts, decoded, is_disguised, listed, registered

Verdict = Literal["accept", "clean", "warn", "refuse"]
MOST_CHARACTERS = 2000
"""No public page needs a longer address."""
_FOUND = re.compile(
    r"(?<![\w@.])(?:h(?:tt|xx)ps?(?:://|%3a%2f%2f|:\\\\|\[:\]//)|www\.|(?:javascript|data|vbscript|file|ftp|blob|about|intent|ms-\w+|view-source|chrome|jar|smb|ssh|tel|sms|mailto|magnet|steam|tg|whatsapp|discord|market|itms-services):(?=\S))\S{1,4000}",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w@./:%+-])(?:(?!-)[\w-]{1,63}\.){1,8}(?:com|org|net|info|io|ca|fr|es|mx|uk|us|de|cn|hk|tw|br|ru|co|me|eu|edu|gov|au|nz|ch|be|ly|app|xyz|top|site|online|club|shop|link|click|gl|gg|to|tk|ml|cc|dev|page|biz|support|help|zip|icu|su|pw|in|jp|kr|vn|th|pl|it|nl|se|no|fi|dk|at|cz|pt|ar|cl|pe|za|ke)(?![\w@-]|\.\w)(?:[/?#:]\S{0,2000})?",
    re.IGNORECASE,
)
_TRAILING = ".,;:!?)]}>\"'»”’。，；：！？）】」…*_"
_SPLIT = re.compile(
    r"(?P<scheme>[a-z][a-z0-9+.-]*):(?P<slashes>[/\\]{0,4})(?P<host>[^/\\?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?P<tail>#.*)?",
    re.IGNORECASE | re.DOTALL,
)
_SECRET_KEYS = word_set(
    "password passwd pwd pass token access_token auth apikey api_key secret session sessionid sid phpsessid jsessionid"
)
_OTHER = re.compile(
    r"(?:https?:)?(?://|\\\\)(?P<host>[^/\\?#&]+)|(?P<bare>(?:[\w-]+\.)+[a-z]{2,})(?=[/?#]|$)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Link:
    """One link: as given, what is to be done with it, and what is shown in its place."""

    url: str = field(repr=False)
    verdict: Verdict
    shown: str = field(repr=False)
    what: str = ""
    of: str | None = None


def places(text: str) -> Iterator[Span]:
    """Where the links of a text stand, with or without their https://."""
    at = 0
    found = sorted([*(each.span() for each in _FOUND.finditer(text)), *(each.span() for each in _BARE.finditer(text))])
    for start, end in found:
        if start >= at:
            at = start + len(_trimmed(text[start:end]))
            yield start, at


_CONTACT = re.compile(
    r"(?:tel|sms|mailto|whatsapp):|(?:https?://)?(?:www\.)?(?:wa\.me/\+?\d|api\.whatsapp\.com/send\?(?:.*&)?phone=)",
    re.IGNORECASE,
)


def is_contact(link: str) -> bool:
    """Whether the link is a phone number or mail address in the dress of one."""
    return _CONTACT.match(link) is not None


def _trimmed(link: str) -> str:
    """A link without the signs of the sentence it stands in."""
    while link and link[-1] in _TRAILING and not (link[-1] == ")" and link.count(")") <= link.count("(")):
        link = link[:-1]
    return link


def judge(url: str, known: KnownHosts) -> Link:
    """The verdict on one link."""
    whole = url.strip()
    if not re.match(r"[a-z][a-z0-9+.-]*:", whole, re.IGNORECASE) or re.match(
        r"[\w.-]+\.[a-z]{2,}:\d", whole, re.IGNORECASE
    ):
        whole = f"https://{whole.removeprefix('//')}"
    parts = _SPLIT.fullmatch(whole)
    refused = _refusal(whole, parts)
    if parts is None or refused is not None:
        return Link(url, "refuse", harmless(url), refused or "not-a-link")
    host = parts["host"].lower().partition(":")[0].rstrip(".")
    plain = decoded(host)
    of = known.passes_for(plain) if plain is not None else None
    if plain is None or is_disguised(plain) or (of is not None and not plain.isascii()):
        return Link(url, "refuse", harmless(url), "lookalike", of)
    if of is not None:
        return Link(url, "warn", _cleaned(whole, parts), "lookalike", of)
    warned = _warning(host, plain, parts)
    clean = _cleaned(whole, parts)
    if warned is not None:
        return Link(url, "warn", clean.replace(parts["host"], _ascii(parts["host"]), 1), warned)
    return Link(url, "accept", url) if clean == whole else Link(url, "clean", clean)


def _refusal(whole: str, parts: re.Match[str] | None) -> str | None:
    """Why it must never be a link, None where it may be one."""
    if parts is None or parts["scheme"].lower() not in ("http", "https"):
        return "scheme"
    if parts["slashes"] != "//" or not parts["host"] or len(whole) > MOST_CHARACTERS:
        return "not-a-link"
    host = parts["host"].lower()
    if "@" in unquote(host):
        return "credentials"
    name, colon, port = host.partition(":") if not host.startswith("[") else (host, "", "")
    if "%" in name or "\\" in whole or re.search(r"[\s<>\"{}|^`]", whole):
        return "not-a-link"
    if is_machine(name.rstrip(".")):
        return "machine"
    if colon and not (port.isdecimal() and 0 < int(port[:6]) < 65536):
        return "not-a-link"
    labels = name.rstrip(".").split(".")
    if len(labels) < 2 or not all(labels) or labels[-1] in ("local", "localhost", "internal", "lan", "onion", "arpa"):
        return "not-public"
    return None


def _warning(host: str, plain: str, parts: re.Match[str]) -> str | None:
    """What moderators must look at, None where there is nothing."""
    page = listed()
    query = _pairs(parts["query"] or "")
    path = unquote(parts["path"]).lower()
    if host.removeprefix("www.") in page["shorteners"] or registered(host) in page["shorteners"]:
        return "shortener"
    if path.rpartition("/")[2].rpartition(".")[0] and path.rpartition(".")[2] in page["downloads"]:
        return "download"
    if any(key.lower() in page["redirects"] and _leads_out(value, host) for key, _, value in query) or re.search(
        r"https?:/{1,2}\w", path
    ):
        return "redirect"
    if any(key.lower() in _SECRET_KEYS for key, _, value in query if value):
        return "secret"
    if plain != host or not plain.isascii():
        return "foreign-letters"
    return "many-parts" if host.count(".") - registered(host).count(".") > 3 else None


def _leads_out(value: str, host: str) -> bool:
    """Whether a value of a query is the address of another site."""
    found = _OTHER.match(unquote(unquote(value)).strip())
    if found is None:
        return False
    other = (found["host"] or found["bare"]).lower().partition(":")[0]
    return registered(other) != registered(host)


def _pairs(query: str) -> list[tuple[str, str, str]]:
    return [each.partition("=") for each in re.split("[&;]", query.removeprefix("?")) if each]


def _cleaned(whole: str, parts: re.Match[str]) -> str:
    """The address without tracking parameters, in the query and behind the #; unchanged where it has none."""
    query, tail = parts["query"] or "", parts["tail"] or ""
    kept = "&".join("".join(each) for each in _pairs(query) if not _tracks(each[0], parts["host"]))
    dropped_from_query = len(_pairs(query)) != (kept.count("&") + 1 if kept else 0)
    tail_pairs = _pairs(tail.removeprefix("#")) if "=" in tail else []
    kept_tail = [each for each in tail_pairs if not _tracks(each[0], parts["host"])]
    is_tail_clean = len(kept_tail) == len(tail_pairs)
    if not dropped_from_query and is_tail_clean:
        return whole
    head = f"{parts['scheme']}:{parts['slashes']}{parts['host']}{parts['path']}"
    new_query = (f"?{kept}" if kept else "") if dropped_from_query else query
    new_tail = tail if is_tail_clean else "#" + "&".join("".join(each) for each in kept_tail) if kept_tail else ""
    return head + new_query + new_tail


def _tracks(key: str, host: str) -> bool:
    name = unquote(key).lower().strip()
    if name in ("si", "feature", "s", "t"):
        return name in ("si", "feature") and registered(host.lower()) in ("youtube.com", "youtu.be", "spotify.com")
    return name in listed()["tracking"] or name.startswith(tuple(listed()["tracking_prefixes"]))


def _ascii(host: str) -> str:
    """The host as it goes over the wire, where a person can see which letters are foreign."""
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def harmless(url: str) -> str:
    """The address so that no program makes a link of it."""
    return re.sub(r"(?i)^\s*([a-z][a-z0-9+.-]*):", r"\1[:]", url).replace(".", "[.]")[:MOST_CHARACTERS]
