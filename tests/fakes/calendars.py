"""A calendar file read by hand, after RFC 5545 and not by the library that wrote it."""

import re

_LINE = re.compile(r"(?P<name>[A-Z-]+)(?P<more>(?:;[A-Z-]+=[^:;,\"\x00-\x1f]+)*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)")
_ESCAPED = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
Entry = dict[str, str]


def read(page: bytes) -> tuple[Entry, list[Entry]]:
    """Properties of the calendar and of each entry, their text unescaped. Asserts what the standard asks for."""
    head: Entry = {}
    entries: list[Entry] = []
    lines = _unfolded(page)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    held: Entry | None = None
    for line in lines[1:-1]:
        if line == "BEGIN:VEVENT":
            assert held is None, "no entry in an entry"
            held = {}
            entries.append(held)
        elif line == "END:VEVENT":
            assert held is not None
            held = None
        else:
            found = _LINE.fullmatch(line)
            assert found, line
            into = head if held is None else held
            key = found["name"] + found["more"]
            assert key not in into, "each property once"
            into[key] = (
                _text(found["value"]) if found["name"] in ("SUMMARY", "DESCRIPTION", "LOCATION") else found["value"]
            )
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    assert all({"UID", "DTSTAMP"} <= set(each) for each in entries)
    assert len({each["UID"] for each in entries}) == len(entries), "each entry is another one"
    return head, entries


def _unfolded(page: bytes) -> list[str]:
    """RFC 5545, 3.1: lines end with CRLF, have 75 octets at most, and go on after a CRLF and a space."""
    raw = page.split(b"\r\n")
    assert raw[-1] == b""
    for line in raw:
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")  # no character is cut in two
    return page[:-2].decode().replace("\r\n ", "").split("\r\n")


def _text(value: str) -> str:
    """RFC 5545, 3.3.11. A comma or semicolon that stands alone ends a text."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;]", value), value
    assert re.fullmatch(r"(?:[^\\]|\\[nN,;\\])*", value), value
    return re.sub(r"\\[nN,;\\]", lambda found: _ESCAPED[found[0].replace("N", "n")], value)
