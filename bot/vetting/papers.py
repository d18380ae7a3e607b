"""Numbers of papers and plates: by shape and check digit where these tell, else by shape beside a word that names the paper.

The shapes are those the countries publish for their own papers (general knowledge, 2026). A word alone ("no id needed") is never marked.
"""

import re
from collections.abc import Iterator

from bot.core.lists import Span
from bot.vetting.page import Page

_W, _E = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
# Shapes that are nothing else.
_SHAPES = re.compile(
    _W + r"(?:"
    r"\d{3}-\d{2}-\d{4}"  # US social security
    r"|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]"  # UK national insurance
    r"|[XYZ]-?\d{7}-?[A-Z]"  # Spain, NIE
    r"|\d{8}-?[A-HJ-NP-TV-Z]"  # Spain, DNI
    r"|[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z0-9]\d"  # Mexico, CURP
    r"|[A-Z]{6}\d{8}[HM]\d{3}"  # Mexico, voter
    r"|[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]"  # Italy
    r"|\d{3}\.\d{3}\.\d{3}-\d{2}"  # Brazil, CPF
    r"|\d{6}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]"  # China
    r"|\d{6}-[1-4]\d{6}"  # Korea
    r"|[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3}(?: ?\d{2})?"  # France, NIR
    r"|A[- ]?\d{3}[- ]?\d{3}[- ]?\d{3}"  # US, number of an alien
    r"|[A-Z]\d{6}\([0-9A]\)"  # Hong Kong
    r"|[A-Z][12]\d{8}"  # Taiwan
    r"|[A-Z]{4} ?\d{4} ?\d{4}"  # Québec health card
    r"|[A-Z9]{5}\d{6}[A-Z9]{2}\d[A-Z]{2}"  # UK driving licence
    r"|[A-Z]\d{4}-\d{5}-\d{5}"  # Ontario driving licence
    r")" + _E
)
_PAPER = (
    r"sin|ssn|s\.s\.n\.?|nino|ni number|social insurance|social security|national insurance|passport|pasaporte|passeport|passaporte|reisepass|паспорт\w*|护照|護照|여권|パスポート"
    r"|dni|nie|nif|curp|rfc|ine|cedula|cédula|cpf|rg|ci|nss|nuss|sécu|secu|nas|ramq|numéro de s[ée]curit[ée] sociale|assurance sociale|assurance maladie|carte vitale|titre de s[ée]jour|ausweis\w*|personalausweis"
    r"|id|i\.d\.|id card|id number|identity card|identity number|carte d'identit[ée]|identificaci[óo]n|identidad|documento|身份证|身份證|居留证|居留證|通行证|証件|证件|证件号|社保|驾照|駕照|签证号|снилс|инн|주민등록번호|주민번호|マイナンバー|在留カード|cccd|cmnd|căn cước|hộ chiếu|บัตรประชาชน|หนังสือเดินทาง"
    r"|health card|healthcard|ohip|medicare|msp|care card|phn|nhs number|nhs|insurance|licen[cs]e number|driver'?s? licen[cs]e|driving licen[cs]e|permis de conduire|licencia de conducir|carnet de conducir|licencia|dl"
    r"|uci|client id|visa number|visa no|file number|alien number|a-number|a number|green card|work permit|permit number|study permit|case number|inmate|booking number|prisoner|student id|badge|employee|member id|medicaid|aadhaar|pan|itin|sozialversicherungsnummer|steuer-?id|tfn|crn|hetu"
)
# Papers whose numbers begin with letters of the name, and whose short names stand for other things as well.
_LETTERED = ("rfc", "curp")
_LINK = (
    r"\W{0,4}(?:(?:is|was|number|num|no|nr|es|est|numero|número|numéro|card|nº|n°|c'est|de|mi|my|ist|номер|số|clave|elector|the|it's|it is|and it is|dela|é|o|e)(?!\w)\W{0,3}"
    r"|[是为為号號码碼:：]){0,4}"
)
_UNWANTED = re.compile(
    r"(?:\b(?:no|without|sans|any|needs?|asks? for|asking|requires?|required|show|bring|piden|exigen|pas de|pas d'|kein\w*|ohne|charity|business|company|organi[sz]ation|tax|nonprofit|meeting|zoom|event|webinar|room|record|grant|course|video)"
    r"|不用|不要|无需|免)\W{0,2}$",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"(?<!\w)(?P<word>{_PAPER})(?!\w|\s(?:not|isn|un)|-)(?P<between>{_LINK})(?<![A-Za-z0-9])(?P<value>[A-Z]{{0,8}}[-. ]?\d(?:[ .-]?[A-Z0-9]){{4,20}})(?![A-Za-z0-9:])",
    re.IGNORECASE,
)
_HAN_BESIDE = re.compile(
    r"(?:身份证|身份證|护照|護照|居留证|居留證|通行证|证件|証件|社保|驾照|駕照|签证|簽證)[^\dA-Za-z]{0,8}(?P<value>[A-Za-z]{0,3}\d[A-Za-z0-9]{5,20})"
)
_WORDS_BEHIND = re.compile(r"(?<=\d)(?: [A-Za-z]{3,}(?: .*)?| [a-z]{2}(?: .*)?)$")
_BIRTH = re.compile(
    r"(?:\b(?:born|dob|d\.o\.b\.?|date of birth|birthday|birth date|birthdate|née? le|date de naissance|nacid[ao](?: el)?|fecha de nacimiento|naci[óo] el|nascid[ao]|data de nascimento|geboren|geburtsdatum|день рождения|дата рождения|родил\w+)"
    r"|生日|出生|出生日期|생년월일|生年月日|ngày sinh|sinh ngày|วันเกิด)[^\d\n]{0,14}"
    r"(?P<value>\d{1,4}[-/. 年년][ ]?\d{1,2}[-/. 月월][ ]?\d{1,4}|\d{1,2}(?:st|nd|rd|th|er)? (?:de )?[^\W\d]{3,10} (?:de )?\d{4}|[^\W\d]{3,9} \d{1,2},? \d{4})",
    re.IGNORECASE,
)
_BIRTH_MONTH = re.compile(
    r"\b(?:born|dob|birthday)\b[^\d\n]{0,10}(?P<value>[A-Za-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? (?:19|20)\d\d)",
    re.IGNORECASE,
)

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼滬雲遼魯蘇贛陝閩貴粵寧瓊港澳"
_CHINESE_PLATE = re.compile(rf"[{_PROVINCES}][A-Z][·• -]?[A-HJ-NP-Z0-9]{{5,6}}(?![A-Za-z0-9])")
_FRENCH_PLATE = re.compile(_W + r"[A-Z]{2}-\d{3}-[A-Z]{2}" + _E)
_RUSSIAN_PLATE = re.compile(
    r"(?<!\w)(?:[АВЕКМНОРСТУХ]\s?\d{3}\s?[АВЕКМНОРСТУХ]{2}\s?\d{2,3}|(?-i:[ABEKMHOPCTYX]\d{3}[ABEKMHOPCTYX]{2}\d{2,3}))(?!\w)",
    re.IGNORECASE,
)
_REGIONAL = re.compile(
    r"(?<!\w)(?i:ontario|quebec|québec|alberta|manitoba|saskatchewan|bc|texas|california|florida|nevada|ohio|oregon|washington|arizona|nsw|qld|vic|victoria|queensland|jersey|new york)(?: (?i:plates?|tags?|rego|reg))?,? (?P<value>[A-Z]{2,4}[ -]?\d{3,4}|\d{1,3}[ -]?[A-Z]{2,4}[ -]?\d{0,4})(?![\w-])"
)
_PLATE_WORD = (
    r"plates?(?: (?:number|no\.?|starts?(?: with)?|ends(?: (?:in|with))?|begins(?: with)?|starting(?: with)?|is|was|reads?)){0,2}|licen[cs]e(?: plates?)?|licen[cs]e tag|tags?|reg(?: no\.?| number| plate)?|registration(?: number| plate)?|rego|number ?plates?"
    r"|immatricul\w+|plaques?(?: d'immatriculation)?|matr[íi]culas?|placas?|patentes?|chapa|kennzeichen|nummernschild|targa|номер(?:а)?(?: машины| авто)?|госномер|номерной знак|biển số(?: xe)?|kenteken|tablice?"
)
_PLATE_VALUE = r"[A-ZА-Я0-9]{1,8}(?:[ ·.-][A-ZА-Я0-9]{1,6}){0,3}"
_PLATE = re.compile(
    rf"(?<!\w)(?i:{_PLATE_WORD})(?!\w)(?P<between>[^\w\n]{{0,3}}(?:(?i:is|was|number|no|n°|nº|starts with|on it|the|est|es|son|de la|del|california|ontario|quebec|bc|alberta|texas|ny|new york|florida)\b[^\w\n]{{0,3}}){{0,3}})(?P<value>{_PLATE_VALUE}|(?i:[a-z]{{2,4}}[ -]?\d{{2,5}}[a-z]{{0,3}}|\d{{1,4}}[ -]?[a-z]{{2,4}}(?:[ -]?\d{{1,4}})?))(?![\w-])"
)
_HAN_PLATE = re.compile(
    r"(?:车牌|車牌|牌照|车号|車號|番号板|ナンバー|번호판|차량번호|ป้ายทะเบียน|ทะเบียน)[^\dA-Za-z\n]{0,8}(?P<value>[A-Za-z0-9가-힣ก-ฮ][A-Za-z0-9 ·가-힣ぁ-んก-ฮ-]{2,9})"
)
_KOREAN_PLATE = re.compile(r"(?<!\d)\d{2,3}[가-힣] ?\d{4}(?!\d)")
_VEHICLE = (
    r"car|van|truck|suv|pickup|sedan|minivan|honda|toyota|ford|dodge|bmw|audi|mercedes|tesla|jeep|civic|corolla|camry|chevy|nissan|mazda|subaru|hyundai|kia|lexus|vw|golf|jetta|vehicle|voiture|camionnette|fourgon|peugeot|renault|clio|citroen"
    r"|coche|carro|camioneta|auto|moto|motorbike|motorcycle|wagen|lieferwagen|transporter|машина|машине|джип|лада"
)
_NEAR_VEHICLE = re.compile(
    rf"(?<!\w)(?i:{_VEHICLE})(?!\w)[^\w\n]{{0,3}}(?:(?!(?i:{_PLATE_WORD})\b)[a-zа-я]{{1,10}}[^\w\n]{{1,3}}){{0,2}}(?P<value>[A-Z]{{2,4}}[ -]?\d{{2,4}}[ -]?[A-Z]{{0,3}}|\d{{1,4}}[ -]?[A-Z]{{2,4}}[ -]?\d{{0,4}})(?![\w-])"
)


# Plates that tell by their shape where a vehicle is spoken of in the same sentence.
_PLATE_SHAPED = re.compile(
    r"(?<![\w-])(?:\d[A-Z]{3}\d{3}|[A-Z]{3}[ -]?\d{3,4}|\d-?[A-Z]{3}-?\d{3}|[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]{2}[ -]\d{3}[ -][A-Z]{2}|\d{4} ?[BCDFGHJ-NPR-TV-Z]{3})(?![\w-])"
)
_ANY_VEHICLE = re.compile(
    rf"(?<!\w)(?i:{_VEHICLE}|4x4|scooter|lorry|hatchback|estate|bagnole|caisse|truck|pick ?up|mobil)(?!\w)"
)


def shaped(page: Page) -> Iterator[Span]:
    """Numbers of papers that tell by their shape alone."""
    return (found.span() for found in _SHAPES.finditer(page.prose))


def papers(page: Page) -> Iterator[Span]:
    """Numbers of identity papers, health cards, licences, permits and files of a person."""
    yield from shaped(page)
    text = page.prose
    for pattern in (_BESIDE, _HAN_BESIDE):
        for found in pattern.finditer(text):
            is_unwanted = _UNWANTED.search(text[max(0, found.start() - 24) : found.start()])
            value = _number_of(found["value"])
            is_lettered = pattern is not _BESIDE or found["word"].lower() not in _LETTERED or value[:3].isalpha()
            if sum(map(str.isdigit, value)) >= 4 and is_lettered and not is_unwanted:
                yield found.start("value"), found.start("value") + len(value)


def _number_of(value: str) -> str:
    """What was found beside the name of a paper, without the words that follow it."""
    return _WORDS_BEHIND.sub("", value)


def births(page: Page) -> Iterator[Span]:
    """Dates beside a word for being born."""
    for pattern in (_BIRTH, _BIRTH_MONTH):
        for found in pattern.finditer(page.prose):
            yield found.span("value")


def plates(page: Page) -> Iterator[Span]:
    """Plates of vehicles."""
    text = page.prose
    for pattern in (_CHINESE_PLATE, _FRENCH_PLATE, _RUSSIAN_PLATE, _KOREAN_PLATE):
        for found in pattern.finditer(text):
            yield found.span()
    for found in _PLATE_SHAPED.finditer(text):
        if _ANY_VEHICLE.search(text, *page.sentence(found.start())):
            yield found.span()
    for pattern in (_PLATE, _HAN_PLATE, _NEAR_VEHICLE, _REGIONAL):
        for found in pattern.finditer(text):
            is_part = _PART_OF_A_PLATE.search(found[0]) is not None or pattern is _HAN_PLATE
            if _is_plate(found["value"], 3 if is_part else 5):
                yield found.span("value")


_PART_OF_A_PLATE = re.compile(r"\b(?:start|begin|end)", re.IGNORECASE)


def _is_plate(value: str, least: int) -> bool:
    """Whether it has the make of a plate: letters and digits, or at least so many digits or capitals alone."""
    compact = re.sub(r"[^\w]", "", value)
    digits = sum(char.isdigit() for char in compact)
    letters = len(compact) - digits
    if not 3 <= len(compact) <= 10 or (not digits and not compact.isupper()):
        return False
    return (min(digits, letters) > 0 and len(compact) > 3) or digits >= least or (not digits and letters >= least)
