"""Words that our own sentences do not use, and texts that were left to be filled in.

The rules are `policy.md` §7 and the lists of `vocabulary.yaml`.
"""

import re
from functools import lru_cache

from bot.directory.vocabulary import vocabulary

_PLACEHOLDER = re.compile(
    r"""\s*(?:t\.?b\.?[dac]\.?|to\ be\ (?:added|announced|confirmed|decided|determined|done|filled\ in)|todo|fixme
        |n\s?[./]\s?a\.?|none|null|nil|nan|undefined|unknown|~|[-–—_.…?*]+|x{2,}|0+|test(?:ing)?
        |(?:an?\ )?example|example\ text|foo|bar|foobar|blah(?:\ blah)*
        |(?:some|sample|your|placeholder)\ (?:text|name|title|words?)(?:\ here)?|placeholder|coming\ soon
        |asdf\w*|qwerty\w*|à\ (?:compléter|définir|venir)|por\ (?:definir|completar)|pendiente|s/d
        |待定|待补充|無|无|暂无)\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_PLACEHOLDER_INSIDE = re.compile(
    r"\blorem ipsum\b|\b(?:TBD|TBA|TODO|FIXME|XXX)\b|\b(?:xxx+|XXX+)\b|\bexample text\b"
    r"|[\[<{](?:insert|your|name|text|city|add)\b[^\]>}]*[\]>}]"
)
# One of these stands in every text that the pattern above finds; looking for them first is ten times faster.
_PARTS = ("lorem", "TBD", "TBA", "TODO", "FIXME", "XXX", "xxx", "example text", "[", "<", "{")
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|「[^」]*」|『[^』]*』|\"[^\"]*\"|(?<!\w)[‘'][^’']*[’'](?!\w)")


def is_placeholder(text: str) -> bool:
    """Whether `text` is, or holds, words that stand for something still to be written ("TBD", "n/a", "000", "xxx")."""
    if _PLACEHOLDER.fullmatch(text):
        return True
    return any(part in text for part in _PARTS) and _PLACEHOLDER_INSIDE.search(text) is not None


@lru_cache(maxsize=8)
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    """For the words of one language: one to find them, one that fits when what stands before refuses them."""
    words = vocabulary()
    if language not in words.refused_words:
        return None
    refused = "|".join(sorted(map(re.escape, words.refused_words[language]), key=len, reverse=True))
    refusals = "|".join(map(re.escape, words.refusals[language]))
    if language == "zh":
        return re.compile(refused), re.compile(rf"(?:{refusals})[^。；，,;]{{0,6}}$")
    return (
        re.compile(rf"(?<!\w)(?:{refused})(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w)(?:{refusals})(?!\w)(?:[^\w.;:]+\w+){{0,3}}[^\w.;:]*$", re.IGNORECASE),
    )


def refused_words(text: str, language: str, names: tuple[str, ...] = ()) -> list[tuple[str, int]]:
    """The words in `text` that we do not use, each with the offset where it stands.

    Not counted: inside quotes, inside one of `names`, and where a refusal stands at most four words before it.
    Languages without a list give none; "zh-TW" is read as "zh".
    """
    patterns = _patterns(language.partition("-")[0])
    if patterns is None or not patterns[0].search(text):
        return []
    finds, refuses = patterns
    spared = [range(*match.span()) for match in _QUOTED.finditer(text)]
    for name in names:
        spared += [range(*match.span()) for match in re.finditer(re.escape(name), text, re.IGNORECASE)]
    return [
        (match[0], match.start())
        for match in finds.finditer(text)
        if not any(match.start() in span for span in spared) and not refuses.search(text[: match.start()])
    ]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Little words that stand in one of the three languages and hardly in the two others.
_LITTLE = {
    "English": _set("the and of for with who that your you from which is are by it or to when without their has"),
    "French": _set("les des et pour une du vous aux sur est dans qui avec votre ou sans ses leurs par au il elle d l"),
    "Spanish": _set("los las y para una con del por el sin quienes su sus al o se como tu más e trabajo sexual"),
}
_NAMED = {"en": "English", "fr": "French", "es": "Spanish"}
_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile("[\u4e00-\u9fff]")


def other_language(line: str, language: str) -> str | None:
    """The language, in English, that a line of text under `language` is clearly written in, or None.

    Only English, French, Spanish and Chinese are told apart, by little words: three of another and none of its own.
    """
    if language == "zh":
        return None if _HAN.search(line) or len(_WORD.findall(line)) < 6 else "in another language"
    own = _NAMED.get(language)
    if own is None:
        return None
    if len(_HAN.findall(line)) >= 6:
        return "Chinese"
    words = set(_WORD.findall(line.lower()))
    if len(words & _LITTLE[own]) > 0:
        return None
    return next((name for name, little in _LITTLE.items() if name != own and len(words & little) >= 3), None)
