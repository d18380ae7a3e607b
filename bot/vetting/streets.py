"""Street addresses in the order each language writes them: number first, street first, or a house at the end of a chain."""

import re
from collections.abc import Iterator

from bot.core.lists import Span
from bot.vetting.page import Page

_ENGLISH_KINDS = r"st|street|ave|avenue|av|rd|road|blvd|boulevard|dr|drive|ln|lane|way|cres|crescent|ct|court|pl|place|terrace|terr|hwy|highway|pkwy|parkway|sq|square|row|close|gardens|grove|mews|trail|alley|walk|hill|quay|wharf|circle|parade|esplanade"
_UNIT = r"(?:,? ?(?:apt|apartment|unit|suite|ste|room|rm|floor|fl|#|buzzer|no\.?|piso|depto|dpto|interior|int|appt?|bât|étage|escalier|porta|puerta)\.? ?#?[\w-]{1,5})?"
_ENGLISH = re.compile(
    rf"(?<![\w$€£.,:/-])(?:\d{{1,4}}[A-Za-z]?[-/])?\d{{1,5}}[A-Za-z]?,? (?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.? )?(?:(?!(?:st|ave|rd|on|at|the|in|am|pm|to|and|or|of|by|per|people|days|hours|min|minutes)\b)[^\W\d_][\w'’.-]{{1,20}} |\d{{1,3}}(?:st|nd|rd|th) ){{1,3}}?(?:{_ENGLISH_KINDS})(?![\w'’]){_UNIT}",
    re.IGNORECASE,
)
_FRENCH = re.compile(
    r"(?<![\w.,:/-])\d{1,4}(?:,? ?(?:bis|ter|quater|[A-D]))?,? ?(?:rue|r\.|avenue|av\.?|boulevard|bd\.?|boul\.?|impasse|all[ée]e|chemin|ch\.|place|pl\.|quai|cours?|passage|sente|venelle|r[ée]sidence|hameau|route|square|villa|cit[ée]|ruelle|faubourg|rang|c[ôo]te|mont[ée]e) (?:(?:de|du|des|la|le|les|l['’]|d['’]|aux?|saint|sainte|st|ste)[ -]?){0,4}[^\W\d_][\w'’-]{1,24}(?: [A-ZÀ-Þ][\w'’-]{1,24}){0,2}",
    re.IGNORECASE,
)
_SPANISH = re.compile(
    r"(?<!\w)(?:calle|c/|avenida|avda\.?|av\.?|paseo|plaza|pza\.?|carrera|cra\.?|kra\.?|callej[óo]n|jir[óo]n|jr\.?|calzada|pasaje|psje\.?|camino|diagonal|transversal|blvd\.?|bulevar|privada|cerrada|travesía|ronda|rua|r\.|travessa|tv\.|alameda|largo|pra[çc]a|estrada|rodovia|via|viale|piazza|corso)"
    r"(?:(?<=[./]) ?| )(?:(?:de|del|da|do|das|dos|la|las|el|los|san|santa|são)\s){0,3}[^\W\d_][\w'’.-]{0,24}(?: [^\W\d_][\w'’.-]{1,24}){0,3}?,? ?(?:n[úu]mero|n[º°o]?\.?|#|num\.?)? ?(?<![\w])\d{1,5}[A-Za-z]?(?:-\d{1,3})?(?![\w:]|[.,]\d)"
    r"|(?<!\w)(?:calle|carrera|cra\.?|cl\.?|kr\.?|diagonal|transversal) ?\d{1,3} ?[A-Za-z]? ?(?:#|n[º°o]\.?|con) ?\d{1,3} ?[A-Za-z]?(?: ?- ?\d{1,3})?",
    re.IGNORECASE,
)
_GERMAN = re.compile(
    r"(?<!\w)[^\W\d_][\w-]{2,30}(?:straße|strasse|str\.|weg|platz|allee|gasse|damm|ufer|ring|straat|laan|gracht|plein|kade|gatan|vägen|gata|vej|gade|veien|katu)"
    r",? ?\d{1,4} ?[a-e]?(?![\w:])"
    r"|(?<!\w)[^\W\d_][\w-]{2,30} (?:straße|strasse|str\.|weg|platz|allee),? \d{1,4} ?[a-e]?(?![\w:])",
    re.IGNORECASE,
)
_CHINESE = re.compile(
    r"[\u4e00-\u9fff]{1,8}(?:路|街|道|巷|弄|胡同|大道|里|村|新村|小区|花园|段)(?:[一二三四五六七八九十东西南北中]段?)? ?(?:\d{1,5}|[一二三四五六七八九十百零]{1,5})(?:弄\d{1,4})? ?(?:号|號|栋|棟|弄|幢|座|门|巷)(?:楼|樓)?(?: ?[\dA-Za-z一二三四五六七八九十]{1,4} ?(?:号|栋|座|楼|樓|层|層|室|单元|房|号楼)){0,4}"
    r"|[\u4e00-\u9fff]{2,8}(?:小区|花园|公寓|大厦|新村|苑) ?(?:[\dA-Za-z一二三四五六七八九十]{1,4} ?(?:号|栋|座|楼|层|室|单元|房|号楼|期) ?){1,4}(?:\d{2,4})?"
)
_RUSSIAN = re.compile(
    r"(?<!\w)(?:ул\.?|улица|улице|проспект|пр-т|пр\.|пер\.?|переулок|бульвар|шоссе|наб\.?|вул\.?|вулиця)(?:(?<=\.) ?| )[^\W\d_][\w-]{1,24}(?: [^\W\d_][\w-]{1,24})?,? ?(?:д\.?|дом|буд\.?)? ?\d{1,4}[а-я]?(?:,? ?(?:кв\.?|квартира|корп\.?) ?\d{1,4})?(?!\w)",
    re.IGNORECASE,
)
_KOREAN = re.compile(
    r"[가-힣]{1,10}(?:로|길|동) ?\d{1,4}(?:-\d{1,4})?(?:번지|번길)?(?: ?\d{1,4}(?:호|동|층)){0,2}(?=\W|$|에|로|의)"
)
_JAPANESE = re.compile(
    r"[\u3040-\u30ff\u4e00-\u9fff]{1,10}(?:\d{1,3}|[一二三四五六七八九十])丁目(?:[ \d番地号の-]{1,12})?|[\u4e00-\u9fff]{1,8}(?:町|区)[\u3040-\u30ff\u4e00-\u9fff]{0,8}\d{1,3}(?:-\d{1,3}){1,2}"
)
_VIETNAMESE = re.compile(
    r"(?<!\w)(?:số )?\d{1,4}(?:/\d{1,4})?[A-Za-z]? ?(?:đường|phố|ngõ|hẻm|ngách|kiệt) [^\W\d_][\w]{0,12}(?: [^\W\d_][\w]{0,12}){0,3}",
    re.IGNORECASE,
)
_THAI = re.compile(r"(?:\d{1,4}(?:/\d{1,4})? ?)?(?:ถนน|ซอย|ถ\.|ซ\.) ?[\u0e00-\u0e7f]{2,20} ?\d{1,4}")
_UNIT_ALONE = re.compile(
    r"(?<!\w)(?:apt|apartment|unit|buzzer|appartement|appt|departamento|depto|dpto|timbre|кв)\.? ?#?(?:\d{1,5}[A-Za-z]?|[A-Ha-h])(?!\w)",
    re.IGNORECASE,
)
# A number and a name with no word for a street between them: "2209 W Example, unit C", "Example 1230, timbre 4".
_BARE = re.compile(
    r"(?<![\w$€£.,:/-])\d{2,5} (?:[NSEW]|NE|NW|SE|SW)\.? (?:\d{1,3}(?:st|nd|rd|th)|[A-ZÀ-Þ][\w'’-]{2,24})(?!\w)"
    r"|(?<![\w@#])[A-ZÀ-Þ][a-zà-ÿ'’-]{2,24} \d{2,5},? ?(?:timbre|piso|depto|dpto|departamento|interior|int\.|puerta|porta|apto)(?!\w)"
)
# A street without its number counts only where somebody is said to live there.
_LIVES = re.compile(
    r"(?<!\w)(?:lives?|living|stays|staying|crashes|resides?|habite|vit|loge|vive|mora|wohnt|живет|живёт) (?:at|on|in|au|à|en|na|no|in der|на|near|off|across from|above|behind|next to|dans|sur) (?:(?:the|la|le|el|rue|calle|l['’])\s?)?(?:\w{1,20} ){0,4}?(?:street|st|ave|avenue|road|rd|drive|lane|crescent|court|building|house|apartments|towers?|rue|calle|avenida|straße|rua)(?!\w)",
    re.IGNORECASE,
)
_LIVES_HAN = re.compile(
    r"(?:她|他|家|人)?住在?[^，。,.\s]{0,12}(?:路|街|号|號|小区|楼|樓|单元|室|村|花园|公寓)[^，。,.\s]{0,8}"
)
_PATTERNS = (_ENGLISH, _FRENCH, _SPANISH, _GERMAN, _CHINESE, _RUSSIAN, _KOREAN, _JAPANESE, _VIETNAMESE, _THAI, _BARE)


def streets(page: Page) -> Iterator[Span]:
    """Street addresses; whose they are is asked elsewhere."""
    for pattern in _PATTERNS:
        for found in pattern.finditer(page.prose):
            yield found.span()


def homes(page: Page) -> Iterator[Span]:
    """Places where somebody is said to live, and doors of flats."""
    for pattern in (_LIVES, _LIVES_HAN, _UNIT_ALONE):
        for found in pattern.finditer(page.prose):
            yield found.span()
