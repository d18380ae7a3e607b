"""Phone numbers and payment cards in digits, in words and in between, told from dates, hours, prices and other figures.

Lengths: ITU-T E.164 has at most 15 digits; nothing shorter than 7 is taken for a number of a person, so that 211, 988, 3919 or 12356 are
left alone. Cards: ISO/IEC 7812, 13 to 19 digits with the check digit of Luhn.
"""

import re
from collections.abc import Iterator, Sequence

from bot.core.lists import Span
from bot.core.words import word_set
from bot.vetting.page import Page

LEAST, MOST = 7, 15
# A number may stand against characters of a script without spaces, not against letters like ours.
_LATIN = "A-Za-z\u00c0-\u024f0-9_"
# Digits with at most three signs between two of them. Digits and signs exclude each other, so it is read in one way only.
_RUN = re.compile(
    rf"(?:(?<![{_LATIN}@#./:-])|(?<=[a-zA-Z]:)|(?<=\.me/)|(?<=phone=)|(?<=[tT]el)|(?<=[cC]all)|(?<=[tT]ext)|(?<=[cC]ell)|(?<=phone))"
    rf"[+(]{{0,2}}\d(?:[ ()./·•*_~–-]{{0,3}}\d){{6,24}}(?: ?(?:x|ext\.?|#) ?\d{{1,5}})?(?![{_LATIN}@%:]|[.,]\d)"
)
# The same with letters that pass for digits; more digits than letters are asked for below.
_LEET = re.compile(rf"(?<![{_LATIN}@#./:-])[\dOoQlI|](?:[ ().-]{{0,2}}[\dOoQlI|]){{6,16}}(?![{_LATIN}@%:])")
_COMMA_SPACED = re.compile(r"(?<![\w,])\d(?:, ?\d){6,14}(?![\w,])")
_DATE = re.compile(
    r"(?:19|20)\d\d[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|[12]\d|3[01])[-./ ](?:19|20)\d\d"
    r"|(?:(?:19|20)\d\d[ /–-]{0,3}){2,4}|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
)
_BEFORE_AMOUNT = re.compile(
    r"(?:[$€£¥₽₹]|\b(?:usd|cad|eur|isbn|issn|doi|arxiv|no\.? de dossier|art\.?|section|§))[\s:]*$", re.IGNORECASE
)
_BEHIND_AMOUNT = re.compile(
    r"\s*(?:[$€£¥₽₹]|(?:dollars?|euros?|pesos?|yuan|reais|rubles?|people|persons?|members?|views?|users?|cad|usd|eur|km|ml|mg)\b|[元块万人])",
    re.IGNORECASE,
)
_REGISTRY = re.compile(
    r"(?:charity|charities|regist\w*|business|company|abn|acn|ein|siret|siren|rna|cnpj|cif|vat|tva|tax|bn|hrb|orcid|isbn|case|file|dossier|expediente|invoice|bill|docket|grant|article|ordinance|by-?law|statute|r[eè]glement|reglamento"
    r"|oeuvre|bienfaisance|注册号|登记号|备案号|社会信用代码)\W{0,3}(?:(?:no|nr|num|number|numéro|número|id|n°|nº|#)\W{0,3})?$",
    re.IGNORECASE,
)
# A law is told by its year: "loi 2016-444".
_LAW = re.compile(
    r"(?<!\w)(?:law|act|loi|d[ée]cret|ley|decreto|lei|legge|gesetz|закон\w*)\W{0,3}(?:n[°ºo]\.? ?)?$", re.IGNORECASE
)
_OF_YEAR = re.compile(r"(?:19|20)\d\d[-/ ]\d{1,5}")
_ZIP = re.compile(r"\d{5}-\d{4}")
_WORDS_BEFORE = 24

_SPOKEN = {
    **dict.fromkeys(word_set("""zero oh nought one two three four five six seven eight nine cero uno una dos tres cuatro cinco seis siete ocho nueve
        un deux trois quatre cinq sept huit neuf null eins zwei drei vier funf sechs sieben acht neun um dois duas quatro sete oito nove meia
        ноль один два три четыре пять шесть семь восемь девять 〇 零 一 二 三 四 五 六 七 八 九 幺 两 壹 贰 叁 肆 伍 陆 柒 捌 玖
        khong mot hai bon nam sau bay tam chin 공 일 이 삼 사 오 육 칠 팔 구 fife niner o"""), 1),
    **dict.fromkeys(word_set("""ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
        dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante septante huitante nonante diez once doce trece catorce quince
        dieciseis diecisiete dieciocho diecinueve veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa veintiuno veintidos veintitres veinticuatro
        veinticinco veintiseis veintisiete veintiocho veintinueve vinte trinta quarenta cinquenta zwanzig dreissig vierzig funfzig двадцать тридцать сорок
        пятьдесят шестьдесят семьдесят восемьдесят девяносто"""), 2),
}  # fmt: skip
_GLUED = re.compile(
    r"(?:zero|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|deux|trois|quatre|cinq|sept|huit|neuf){2,}"
)
_FILLERS = word_set("double triple hundred dash dot point hyphen tiret guion trait punto y et and plus area code")


def phones(page: Page) -> Iterator[Span]:
    """What looks like a phone number, each place once; whose it is, is asked elsewhere."""
    seen: list[Span] = []
    for found in (*in_digits(page), *_leet_runs(page), *_spoken_runs(page)):
        if not any(start < found[1] and found[0] < end for start, end in seen[-MOST:]):
            seen.append(found)
            yield found


def in_digits(page: Page) -> Iterator[Span]:
    """Those in digits alone."""
    for found in (*_RUN.finditer(page.prose), *_COMMA_SPACED.finditer(page.prose)):
        if _is_phone(
            found[0],
            page.prose[max(0, found.start() - _WORDS_BEFORE) : found.start()],
            page.prose[found.end() : found.end() + 12],
        ):
            yield found.span()


def _is_phone(run: str, before: str, behind: str) -> bool:
    run = re.sub(r"(?:x|ext|#).*", "", run)
    digits = re.sub(r"\D", "", run)
    if not LEAST <= len(digits) <= MOST or len(set(digits)) < 2:
        return False
    if _DATE.fullmatch(run.strip(" ().")) or _ZIP.fullmatch(run):
        return False
    if _BEFORE_AMOUNT.search(before) or _REGISTRY.search(before) or _BEHIND_AMOUNT.match(behind):
        return False
    if _LAW.search(before) and _OF_YEAR.fullmatch(run):
        return False
    return run.startswith(("+", "(+", "(")) or _is_grouped(re.findall(r"\d+", run), run)


def _is_grouped(groups: Sequence[str], run: str) -> bool:
    """Whether the groups of digits are those of a number: not hours, years or thousands."""
    if len(groups) == 1:
        return True
    sizes = [len(each) for each in groups]
    if all(re.fullmatch(r"(?:19|20)\d\d", each) for each in groups):
        return False
    if max(sizes) <= 2:
        signs = set(re.findall(r"\D+", run))
        return len(signs) == 1 and (max(sizes) == 1 or len(groups) >= 4)
    thousands = re.fullmatch(r"[1-9]\d{0,2}(?:[. ]\d{3})+", run)
    return not (thousands and "0" * 3 in groups[1:])


def _leet_runs(page: Page) -> Iterator[Span]:
    for found in _LEET.finditer(page.prose):
        digits = sum(char.isdigit() for char in found[0])
        letters = sum(char.isalpha() or char == "|" for char in found[0])
        if letters and digits > letters and digits + letters >= LEAST:
            yield found.span()


def _spoken_runs(page: Page) -> Iterator[Span]:
    """Numbers said in words, digits among them or not: "five five five 0142", "zéro six trente-neuf"."""
    words = page.words
    at = 0
    while at < len(words):
        end, digits, said = _spoken_from(words, at)
        if said and digits >= LEAST and end - at >= 3:
            yield page.place((at, end))
        at = max(at + 1, end)


def _spoken_from(words: Sequence[str], at: int) -> tuple[int, int, int]:
    """Where a run of numbers that begins at a word ends, how many digits it has, how many of its parts are words."""
    digits = said = 0
    end = at
    while at < len(words):
        word = words[at]
        if word.isdecimal() and len(word) <= 4:
            digits += len(word)
        elif word in _SPOKEN:
            digits += _SPOKEN[word]
            said += 1
        elif len(word) > 5 and _GLUED.fullmatch(word):
            digits += len(word) // 4
            said += 1
        elif not (word in _FILLERS and digits):
            break
        at += 1
        if word not in _FILLERS:
            end = at
    return end, digits, said


_CARD = re.compile(rf"(?<![{_LATIN}.-])\d(?:[ -]?\d){{12,18}}(?![{_LATIN}-])")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?(?!\w)")


def cards(page: Page) -> Iterator[Span]:
    """Payment cards with a right check digit, and IBANs with a right checksum (ISO 13616)."""
    for found in _CARD.finditer(page.prose):
        digits = re.sub(r"\D", "", found[0])
        if digits[0] in "23456" and len(set(digits)) > 1 and luhn(digits):
            yield found.span()
    for found in _IBAN.finditer(page.prose):
        compact = found[0].replace(" ", "")
        if (
            15 <= len(compact) <= 34
            and int("".join(str(int(each, 36)) for each in compact[4:] + compact[:4])) % 97 == 1
        ):
            yield found.span()


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others."""
    doubled = (int(each) * (2 if at % 2 else 1) for at, each in enumerate(reversed(digits)))
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def is_free(number: str) -> bool:
    """Whether it is a number that only services have: free to call, or shared by a country."""
    digits = re.sub(r"[^\d+]", "", number)
    if re.fullmatch(r"\+?1?(?:800|833|844|855|866|877|888)\d{7}", digits):
        return True
    return (
        re.fullmatch(
            r"0800\d{5,7}|03\d{9}|0808\d{6,7}|0805\d{6}|1300\d{6}|1800\d{6}|400\d{7}|8800\d{7}|0?800\d{6,7}|900\d{6}|116\d{3}",
            digits,
        )
        is not None
    )


_MOBILE = re.compile(
    r"(?:\+?86)?1[3-9]\d{9}|(?:\+?33|0033)?0?[67]\d{8}|(?:\+?440?|0)7\d{9}|(?:\+?61)?0?4\d{8}|(?:\+?81|0)[789]0\d{8}|(?:\+?82|0)10\d{8}|(?:\+?7|8)9\d{9}|(?:\+?49)?0?1[567]\d{8,9}"
)


def is_mobile(number: str) -> bool:
    """Whether it has the shape of a mobile number in one of the countries where these tell (national numbering plans)."""
    return _MOBILE.fullmatch(re.sub(r"[^\d+]", "", number)) is not None


_PRICE = re.compile(
    r"(?<![\w.,])[$€£¥]? ?[1-9]\d{1,3} ?(?:[$€£¥]|usd|cad|eur|euros?|roses|元|块|тыс|руб|reais|pesos)? ?(?:/|per |an |a |por |la |par |l['’]|the |pro |die |за |一个?)? ?(?:half |media |demi[ -]?)?(?:hour|hr|hh|night|session|hora|noche|sesi[óo]n|heure|nuit|stunde|nacht|час|ночь|小时|晚|次)(?!\w)",
    re.IGNORECASE,
)


_MONEY = re.compile(
    r"[$€£¥₽₹] ?\d[\d.,]*|(?<![\w.,])\d[\d.,]* ?(?:[$€£¥₽₹]|(?:usd|cad|eur|euros?|dollars?|bucks|quid|pesos|soles|reais|руб\w*)(?!\w)|[元块圆])",
    re.IGNORECASE,
)


def money(page: Page) -> Iterator[Span]:
    """Amounts of money."""
    return (found.span() for found in _MONEY.finditer(page.prose))


def prices(page: Page) -> Iterator[Span]:
    """Prices for a span of time."""
    return (found.span() for found in _PRICE.finditer(page.prose))
