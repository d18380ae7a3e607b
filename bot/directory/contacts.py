"""Ways to reach a record, judged by their shape: web and mail addresses, phone numbers, hosts that look like others.

Each function gives the sentence of the fault, or None. Nothing is dialled and no address is opened.
Phone lengths: ITU-T E.164 and the national plans of the countries in the directory (general knowledge, 2026); a country
without a line of its own may use any length E.164 allows.
"""

import re
import unicodedata

from bot.core.words import word_set

_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<slashes>//)?(?P<host>[^/?#]*)(?P<rest>.*)", re.DOTALL)
_BAD_IN_URL = re.compile(r"[\s\\<>\"{}|^`]")
_SECRET = re.compile(
    r"[?&#;](?:pass(?:word|wd)?|pwd|secret|token|api[_-]?key|access[_-]?token|auth|session(?:id)?|sid|jsessionid|phpsessid)=",
    re.IGNORECASE,
)
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?")
_EMAIL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9_+-])?@(?P<host>[^@\s]+)")
_NOT_REAL = re.compile(
    r"(?:^|\.)(?:example(?:\.(?:com|org|net|edu))?|test|invalid|localhost|local|internal|lan|home\.arpa)$"
)


_SHORTENED = word_set("bit.ly tinyurl.com t.co goo.gl ow.ly is.gd buff.ly rebrand.ly cutt.ly lnkd.in rb.gy shorturl.at")

_CODES = word_set("""
1 7 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86
90 91 92 93 94 95 98 211 212 213 216 218 220 221 222 223 224 225 226 227 228 229 230 231 232 233 234 235 236 237
238 239 240 241 242 243 244 245 246 247 248 249 250 251 252 253 254 255 256 257 258 260 261 262 263 264 265 266 267
268 269 290 291 297 298 299 350 351 352 353 354 355 356 357 358 359 370 371 372 373 374 375 376 377 378 380 381 382
383 385 386 387 389 420 421 423 500 501 502 503 504 505 506 507 508 509 590 591 592 593 594 595 596 597 598 599 670
672 673 674 675 676 677 678 679 680 681 682 683 685 686 687 688 689 690 691 692 800 808 850 852 853 855 856 870 878
880 881 882 883 886 888 960 961 962 963 964 965 966 967 968 970 971 972 973 974 975 976 977 979 992 993 994 995 996
998
""")
# National digits, least and most, behind the country code.
_LENGTHS = {
    "1": (10, 10),
    "7": (10, 10),
    "27": (9, 9),
    "31": (7, 11),
    "32": (8, 9),
    "33": (9, 9),
    "34": (9, 9),
    "39": (6, 11),
    "41": (9, 9),
    "44": (9, 10),
    "45": (8, 8),
    "46": (7, 10),
    "47": (5, 8),
    "48": (9, 9),
    "49": (6, 12),
    "52": (10, 10),
    "54": (10, 11),
    "55": (10, 11),
    "57": (8, 10),
    "61": (6, 10),
    "64": (8, 10),
    "65": (8, 11),
    "66": (8, 9),
    "81": (9, 10),
    "82": (8, 10),
    "86": (7, 11),
    "91": (10, 11),
    "353": (7, 9),
    "358": (5, 12),
    "380": (9, 9),
    "852": (8, 9),
    "886": (8, 9),
}
_FORMATTED = re.compile(r"[\s().\-–/]")
_NUMBER_INSIDE = re.compile(r"\+?\d[\d\s().\-]*\d|\d")


def phone_fault(phone: str) -> str | None:
    """What is wrong with a phone number: it is "+" and E.164 digits, or a short code of 2 to 8 digits."""
    if not re.fullmatch(r"\+?[0-9]+", phone):
        digits = _FORMATTED.sub("", phone)
        if re.fullmatch(r"\+?[0-9]+", digits):
            return f"Write the number without spaces, dashes or brackets: {digits}."
        return "This is no phone number. Write + and the country code, digits only, or a short number such as 211."
    if re.fullmatch(r"\+?0+", phone) or phone.lstrip("+") in (
        "1234567",
        "12345678",
        "123456789",
        "1234567890",
        "11234567890",
    ):
        return "This number only holds the place of a real one. Write the real one, or delete the line."
    if not phone.startswith("+"):
        if 2 <= len(phone) <= 8:
            return None
        return "A number this long needs + and its country code in front; a short number has 2 to 8 digits."
    return _e164_fault(phone[1:])


def _e164_fault(digits: str) -> str | None:
    code = next((digits[:size] for size in (1, 2, 3) if digits[:size] in _CODES), None)
    if code is None:
        return f"No country has the code +{digits[:3]}. Check the number."
    national = digits[len(code) :]
    least, most = _LENGTHS.get(code, (5, 15 - len(code)))
    if not least <= len(national) <= most:
        many = str(least) if least == most else f"{least} to {most}"
        return f"Behind +{code} come {many} digits; here are {len(national)}. Check the number."
    if code == "1":
        if not re.fullmatch(r"[2-9]\d\d[2-9]\d{6}", national) or national[1:3] == "11":
            return "In North America area code and exchange begin with 2 to 9. Check the number."
        if national[3:8] == "55501":
            return "555-01… numbers only hold the place of a real one. Write the real one, or delete the line."
    if len(set(national)) == 1:
        return "This number only holds the place of a real one. Write the real one, or delete the line."
    return None


def text_line_fault(text: str) -> str | None:
    """What is wrong with `contact.text`: a number to write to, or a sentence that holds one."""
    if not any(char.isalpha() for char in text):
        return phone_fault(text)
    numbers = _NUMBER_INSIDE.findall(text)
    if not numbers:
        return "This says how to write to them, but holds no number. Add the number."
    return next((fault for number in numbers if (fault := phone_fault(number.strip()))), None)


def email_fault(address: str) -> str | None:
    """What is wrong with a mail address."""
    if address.lower().startswith("mailto:"):
        return "Write the mail address alone, without mailto:."
    match = _EMAIL.fullmatch(address)
    if not match or ".." in address:
        return "This is no mail address. It has one @, and no spaces: name@host.org."
    return host_fault(match["host"].lower())


def url_fault(url: str) -> str | None:
    """What is wrong with a web address: it is http(s), with a public host, without a name, password or token in it."""
    match = _URL.fullmatch(url)
    if not match:
        return "A web address begins with https://."
    scheme = match["scheme"].lower()
    if scheme in ("tel", "sms", "mailto"):
        return f"A web address begins with https://; what begins with {scheme}: goes under phone, text or email."
    if scheme not in ("https", "http"):
        return (
            "Only addresses that begin with https:// are allowed here; others can run programs or hide what they open."
        )
    if not match["slashes"] or not match["host"]:
        return "Behind https: come two slashes and the name of the site: https://host.org."
    if _BAD_IN_URL.search(url):
        return 'A web address holds no spaces and none of < > " { } | \\ ^ `. Copy it again from the browser.'
    if "@" in match["host"]:
        return "A name or password stands before the @ in this address. Delete it, up to and with the @."
    if _SECRET.search(match["rest"]):
        return "This address carries a password or key of somebody. Copy the address of the public page."
    host, _, port = match["host"].partition(":")
    if port and not (port.isdecimal() and 0 < int(port) < 65536):
        return "The part behind the colon of the site's name is no port. Copy the address again from the browser."
    return host_fault(host.lower())


def host_of(address: str) -> str:
    """The host of a web or mail address that `url_fault` or `email_fault` found right, without "www."."""
    match = _URL.fullmatch(address)
    host = match["host"].partition(":")[0] if match and match["slashes"] else address.rpartition("@")[2]
    return host.lower().removeprefix("www.").removesuffix(".")


def is_shortened(host: str) -> bool:
    """Whether the host belongs to a service of short links, which hide where they lead."""
    return host in _SHORTENED


def is_public_machine(url: str) -> bool:
    """Whether `url` is http(s) to a public IPv4 address, as some copies of pages on the web have."""
    match = re.fullmatch(r"https?://(\d{1,3})\.(\d{1,3})\.\d{1,3}\.\d{1,3}(?:/.*)?", url)
    if not match:
        return False
    first, second = int(match[1]), int(match[2])
    private = (
        first in (0, 10, 127)
        or first >= 224
        or (first, second) in ((169, 254), (192, 168))
        or (first == 172 and 16 <= second < 32)
        or (first == 100 and 64 <= second < 128)
    )
    return not private and first < 224 and second < 256


def is_machine(host: str) -> bool:
    """Whether `host` is the number of a machine (IPv4 in any spelling, IPv6) and not a name."""
    return re.fullmatch(r"[\d.]+|0x[0-9a-f.x]+|\[.*", host) is not None


def host_fault(host: str) -> str | None:
    """What is wrong with the name of a site, in lower case."""
    if is_machine(host):
        return "This is the number of a machine, not the name of a site. Write the name."
    if _NOT_REAL.search(host):
        return "This site only holds the place of a real one. Write the real address, or delete the line."
    labels = host.removesuffix(".").split(".")
    if len(labels) < 2:
        return "The name of the site is cut off: it ends in .org, .com or the like."
    for label in labels:
        fault = _label_fault(label)
        if fault:
            return fault
    if not (labels[-1].isalpha() and len(labels[-1]) >= 2) and not labels[-1].startswith("xn--"):
        return "The name of the site does not end in .org, .com or the like. Check the address."
    return None


def _label_fault(label: str) -> str | None:
    if label.startswith("xn--"):
        try:
            return foreign_fault(label[4:].encode("ascii").decode("punycode"))
        except (UnicodeError, ValueError):
            return "A part of the site's name that begins with xn-- cannot be read. Check the address."
    if label.isascii():
        return (
            None
            if _LABEL.fullmatch(label)
            else "The name of the site holds a character that no site has. Check the address."
        )
    return foreign_fault(label)


# Letters of other scripts that look like these ASCII letters, after Unicode's confusables (UTS 39), the common ones.
LOOKS = dict(
    zip("асԁеһіјӏорԛѕԝхуүѵԍпкмтвзєαβγικνορτυχωօսհոցзьԛ", "acdehijlopqswxyyvgnkmtb3eabyiknoptuxwouhng3bq", strict=True)
)
_TOGETHER = frozenset({"CJK", "HIRAGANA", "KATAKANA", "LATIN"})


def foreign_fault(label: str) -> str | None:
    """For a part of a host beyond ASCII, what is wrong with it: mixed scripts, full-width forms, and words made to look like Latin."""
    if unicodedata.normalize("NFKC", label) != label:
        return "The name of the site is written with letters that only look like the usual ones. Type it again by hand."
    scripts = {unicodedata.name(char, "?").split(" ")[0].split("-")[0] for char in label if char.isalpha()}
    if len(scripts) > 1 and not scripts <= _TOGETHER:
        return "The name of the site mixes letters of two scripts, as false sites do. Type it again by hand."
    if scripts <= {"CYRILLIC", "GREEK", "ARMENIAN"} and all(char in LOOKS or char in "0123456789-" for char in label):
        return "The name of the site is written with letters that only look like the usual ones. Type it again by hand."
    if not all(char.isalnum() or char == "-" or unicodedata.category(char).startswith("M") for char in label):
        return "The name of the site holds a character that no site has. Check the address."
    return None


_DIGITS = str.maketrans("0134578", "oleastb")


def look(host: str) -> str:
    """`host` as the eye may take it: two hosts of the same look are told apart only by reading closely."""
    return host.translate(_DIGITS).replace("rn", "m").replace("vv", "w").replace("i", "l")


def oddness(host: str) -> int:
    """How many signs in `host` may stand for a letter; of two look-alikes the odder is the false one."""
    return sum(char in "0134578" for char in host) + host.count("rn") + host.count("vv")


def near(hosts: set[str]) -> dict[str, str]:
    """Hosts that a slip of the hand may have made of another one, each with the other.

    They differ by one letter left out, added, changed, or by two swapped; in a part of four letters or more, so that
    en. and es. of one site are no slip; and by more than a hyphen, because groups do own both spellings.
    """
    held: dict[str, str] = {}
    found: dict[str, str] = {}
    for host in sorted(hosts):
        start = 0
        for label in host.split("."):
            for at in range(start, start + len(label)) if len(label) > 3 else ():
                cut = host[:at] + host[at + 1 :]
                swapped = host[:at] + host[at + 1 : at + 2] + host[at] + host[at + 2 :]
                other = held.setdefault(host[:at] + "\0" + host[at + 1 :], host)
                for each in (other, cut, swapped):
                    if each != host and each in hosts and each.replace("-", "") != host.replace("-", ""):
                        found[host], found[each] = each, host
            start += len(label) + 1
    return found
