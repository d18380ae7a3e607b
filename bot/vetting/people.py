"""Names of people: a title with a name, a known first name with another word, two words in capitals that are no everyday words.

A name counts beside an accusation, an outing, a workplace; alone it is asked about where nothing speaks of a service, an event or a work, since a
lecturer or an artist may be named (`rules.yaml`).
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from bot.core.compiled import read_kept
from bot.core.lists import Span
from bot.core.words import fold, word_set
from bot.vetting.page import Page

_TITLE = (
    r"mr|mrs|ms|miss|mister|pc|wpc|dc|di|dr|doc|doctor|officer|detective|det|constable|cst|sgt|sergeant|agent|inspector|sir|madam|father|pastor|judge|professor|prof|m|mme|mlle|monsieur|madame|mademoiselle|maître|docteur|agente?|inspecteur"
    r"|se[ñn]or|se[ñn]ora|se[ñn]orita|sr|sra|srta|don|do[ñn]a|oficial|comandante|licenciad[oa]|lic|herr|frau|seu|dona|tío|tia|uncle|aunt|auntie|господин|гражданин|ông|bà|anh|chị"
)
_TITLED = re.compile(rf"(?<!\w)(?i:{_TITLE})\.? (?P<name>[A-ZÀ-ÞА-Я][\w'’-]+(?: [A-ZÀ-ÞА-Я][\w'’-]+){{0,2}})(?!\w)")
_CAPITALS = re.compile(
    r"(?<![\w@#])(?P<first>[A-ZÀ-ÞА-Я][a-zà-ÿа-яё'’-]+)(?P<middle>(?: [A-ZÀ-ÞА-Я]\.?| (?:de la|de|del|da|dos|van|von|der|bin|el|al|le|la)){0,2}) (?P<last>[A-ZÀ-ÞА-Я][\w'’-]{1,24})(?!\w)"
)
_LOWER = re.compile(r"(?<![\w@#])(?P<first>[^\W\d_]{2,14})(?= (?P<last>[^\W\d_]{3,20})(?!\w))")
_CALLED = re.compile(
    r"(?<!\w)(?i:named|called|name is|name's|names|goes by|known as|s'appelle|appelle|se llama|llamad[oa]|nombre es|nom est|nom c'est|nom c est|heißt|heisst|se chama|chama|зовут|tên là|tên thật là|guy named) (?P<name>[^\W\d_][\w'’-]+(?: [^\W\d_][\w'’-]+)?)(?!\w)"
)
_SURNAMES = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范石廖贾賈夏韦韋付方邹鄒熊孟秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴覃武戴莫孔向汤湯"
# Words that begin like a name: 周三 is Wednesday, 高薪 is high pay.
_HAN_WORD = r"(?!周[一二三四五六日末边围年转期天]|唐人|高[端薪级潮中校速兴度]|马上|马路|方[便式法向面]|黄[色金页]|白[天色领]|金[融额钱]|任[何务]|石头|江湖|万一|武[术器]|钱[多少包]|安[全静排]|汪洋|范围|贾|和平|程[序度]|许[多可]|谢谢|曾经|于是|余额|叶子|林业|罗列|田地|顾[客问]|毛病|常常|严[重格]|史上)"
_HAN_NAME = re.compile(
    rf"(?<![\u4e00-\u9fff]){_HAN_WORD}[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=[\u4e00-\u9fff，, ])|(?:(?<=[找叫是名人客友事板娘机东員员察官生的和跟与有把介理导管个]))(?P<name>{_HAN_WORD}[{_SURNAMES}][\u4e00-\u9fff]{{1,3}}?)(?=是|这个|就是|，|,|。| |她|他|住|先生|女士|小姐|老板|师傅|警官|医生|老师|真名|其实|专门|经常|总是|把|被|将|拿|让|收|本名|也|家|骗|打|偷|摸|扣|欠|逼|抢|威胁|勒索|曾|在|开|做|有|$|的电话|的手机|电话|手机|、)"
)
_HAN_TITLED = re.compile(
    rf"(?P<name>(?:[{_SURNAMES}][\u4e00-\u9fff]{{0,2}})(?:先生|女士|小姐|老板|师傅|警官|医生|老师|阿姨|姐|哥|总|某某?))|(?:小|阿)(?![时組组心学學区區费費于型孩便说說贴貼册冊姨])[\u4e00-\u9fff](?=[\u4e00-\u9fff，, ])|老[{_SURNAMES}]"
)
_HAN_CALLED = re.compile(
    r"(?:名叫|叫做|真名叫|真名是|本名叫|本名是|叫|名字是|姓名)[:： ]?(?P<name>[\u4e00-\u9fff]{2,4}?)(?=，|,|。| |也|$|她|他|是|的|、|和)"
)
_KOREAN_NAME = re.compile(r"(?P<name>[가-힣]{2,4}) ?(?:씨|님|사장|형사|경찰)(?=[은는이가를의 ]|$)")


# What is called after people, saints and virtues: "Grace House", "Sam Example Memorial Fund", "Casa Esperanza".
_BODY = re.compile(
    r"(?<!\w)(?:[A-ZÀ-Þ][\w’-]*(?:['’]s)? ){1,3}(?:House|Kitchen|Fund|Funds|Bursary|Scholarship|Award|Prize|Foundation|Corner|Closet|Haven|Hub|Project|Trust|Memorial|Hall|Centre|Center|Clinic|Collective"
    r"|Network|Society|Association|Shelter|Mission|Institute|Library|Cafe|Café|Church|School|College|University|Hospital|Pharmacy|Initiative|Alliance|Union|Refuge|Lodge|Pantry|Legal|Health|Services|Group)(?!\w)"
    r"|(?<!\w)(?i:casa|maison|foyer|refugio|hogar|centro|centre|cl[íi]nica|clinique|fundaci[óo]n|fondation|beca|bourse|fondo|fonds|colectiv[oa]|collectif|asociaci[óo]n|association|caf[ée]|sala|biblioteca|escuela|espacio|espace|haus|verein|stiftung|instituto|coletivo|parroquia|paroisse|hospital|h[ôo]pital)"
    r"(?: (?:de la|de|del|des|du|d['’]|la|le|las|los))? [A-ZÀ-Þ][\w’-]+(?: [A-ZÀ-Þ][\w’-]+){0,2}"
)
# Streets, towns and squares that are called after people.
_PLACED = re.compile(
    r" (?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Square|Park|Court|Place|Bridge|Hill|Bay|Beach|Island|County)(?!\w)"
)


def bodies(page: Page) -> Iterator[Span]:
    """Names of houses, funds and the like, whoever they are called after."""
    return (found.span() for found in _BODY.finditer(page.prose))


@cache
def _listed() -> tuple[frozenset[str], frozenset[str]]:
    """First names, and words that are never a name; folded."""
    page = read_kept(Path(str(resources.files(__package__))) / "lists" / "names.yaml")
    return frozenset(map(fold, page["first_names"])), frozenset(map(fold, page["not_names"]))


def names(page: Page) -> Iterator[Span]:
    """Where people are named."""
    _, not_names = _listed()
    text = page.prose
    for pattern in (_TITLED, _HAN_NAME, _HAN_TITLED, _HAN_CALLED, _KOREAN_NAME):
        for found in pattern.finditer(text):
            yield found.span()
    for found in _CALLED.finditer(text):
        first = fold(found["name"].split(" ")[0])
        if first not in not_names and first not in _SMALL:
            yield found.span("name")
    for found in _CAPITALS.finditer(text):
        parts = {fold(found["first"]), fold(found["last"])}
        if parts.isdisjoint(not_names):
            yield found.span()
    yield from _in_small(page)


def _in_small(page: Page) -> Iterator[Span]:
    """A known first name and another word, whatever letters they are written with."""
    known, not_names = _listed()
    for found in _LOWER.finditer(page.prose):
        first, last = fold(found["first"]), fold(found["last"])
        if first in known and first not in _ALSO_WORDS and last not in not_names and last not in _SMALL:
            yield found.start(), found.end("last")


def full_names(page: Page) -> Iterator[Span]:
    """Where a person is named by a known first name and another word, or by a title."""
    known, not_names = _listed()
    for found in _CAPITALS.finditer(page.prose):
        if fold(found["first"]) in known and {fold(found["first"]), fold(found["last"])}.isdisjoint(not_names):
            yield found.span()
    for found in _TITLED.finditer(page.prose):
        if not_names.isdisjoint(map(fold, found["name"].split(" "))):
            yield found.span()
    yield from _in_small(page)


def maybe_names(page: Page) -> Iterator[Span]:
    """Single words with a capital inside a sentence that are no everyday words: a name, a town, a language."""
    _, not_names = _listed()
    return (found.span() for found in _INSIDE.finditer(page.prose) if fold(found[0]) not in not_names)


def listed_names(page: Page) -> Iterator[Span]:
    """Single words with a capital that are known first names, and neither everyday words nor the beginning of a street's name."""
    known, not_names = _listed()
    for found in _CAPITAL.finditer(page.prose):
        name = fold(found[0])
        is_word = name in _ALSO_WORDS or name in not_names or name in _TOWNS
        if name in known and not is_word and not _PLACED.match(page.prose, found.end()):
            yield found.span()


def first_names(page: Page) -> Iterator[Span]:
    """Single first names: written with a capital, or in small letters before what a person does."""
    known, not_names = _listed()
    for found in _CAPITAL.finditer(page.prose):
        if fold(found[0]) in known or (
            _DOES.match(page.prose, found.end()) and fold(found[0]) not in not_names and not found.start()
        ):
            yield found.span()
    for found in _DOING.finditer(page.prose):
        if fold(found["name"]) in known and fold(found["name"]) not in _ALSO_WORDS:
            yield found.span("name")
    for found in _ROLED.finditer(page.prose):
        if fold(found["name"]) not in not_names:
            yield found.span("name")


_ACTS = (
    r"from|who|works?|worked|used|does|did|strips|dances|escorts|is|was|lives|has|had|at|in the|with the|stole|stalks?|owes|tells|told|took|takes|keeps|kept|beats?|hits?|raped"
    r"|calls|called|talks|sells|runs|robbed|choked|grabbed|groped|films|filmed|outed|outs|wont|doesnt|never|always|snitches|sees|sleeps"
)
_DOES = re.compile(rf" (?:{_ACTS})\b")
_DOING = re.compile(rf"(?<![\w@#])(?P<name>[a-zà-ÿа-яё]{{3,14}})(?= (?:{_ACTS})\b)")
_ROLES = (
    r"landlord|landlady|bouncer|manager|booker|driver|neighbou?r|photographer|cop|dealer|pimp|client|doorman|barman|bartender|dj|owner|roommate|boyfriend|husband|stalker|super|guard|caseworker|social worker|nurse|teacher|councill?or"
    r"|friend|cousin|sister|brother|aunt|uncle|videur|proprio|propriétaire|patron|patronne|voisine?|gérante?|copine|copain|pote|cousine|soeur|sœur|frère|collègue|coloc|flic|agent|policier|infirmière|casero|casera|dueñ[oa]|jefe|jefa|poli|policía|chofer|taxista"
    r"|vecin[oa]|amig[oa]|prim[oa]|herman[oa]|guardia|encargad[oa]|vermieter|chef|türsteher|nachbar|nachbarin|freundin|patrão|vizinh[oa]|участковый|водитель|хозяин|подруга|клиент|сосед|охранник|полицейский"
)
_ROLED = re.compile(rf"(?<!\w)(?i:{_ROLES}),? (?P<name>[A-ZÀ-ÞА-Я][a-zà-ÿа-яё]{{2,14}})(?![\w@])")
# First names that are everyday words where they stand in small letters.
_ALSO_WORDS = word_set(
    """will mark dawn grace joy rose frank rich don pat bill jean angel crystal amber sandy penny ruby dale guy max sue art min mai nam lan may
    hung kim christian mercedes jesus dean carol ray rob stan jo jan dan jay sam lea mina mila regina vera rosa maria rene lance fran"""
)
_TOWNS = word_set(
    "victoria florence charlotte sydney santiago regina austin jackson madison chelsea lourdes nelson gordon barry adelaide georgia virginia carolina kenya jordan chad israel lincoln washington houston dallas"
)
_CAPITAL = re.compile(r"(?<![\w@#])[A-ZÀ-ÞА-Я][a-zà-ÿа-яё]{1,14}(?![\w@])")
_INSIDE = re.compile(r"(?<=[a-zà-ÿа-яё,] )[A-ZÀ-ÞА-Я][a-zà-ÿа-яё]{2,14}(?![\w@'’]| [A-ZÀ-Þ])")
_SMALL = word_set("""is was has had does did the and or for from with who that this they she he her his our your at in on to of by are were can will would should
    est a et ou qui de des les avec pour dans sur elle il es y o que con para por el la los las una uno un used works lives said says wants needs
    has owes runs stole robbed raped beat hit drives came went got took keeps always never still also too ist war und hat""")


_HANDLE = re.compile(
    r"(?<![\w@./])@[\w.]{2,30}|(?<!\w)(?i:insta|instagram|ig|snap|snapchat|telegram|wechat|line id|qq|微信号?|kik|discord|tiktok|twitter|skype|zalo|카톡)(?: (?i:id|is|handle|username))?[:： ]{1,2}(?P<id>[a-zA-Z0-9_.]*[0-9_.][a-zA-Z0-9_.]*)(?!\w)"
)


def handles(page: Page) -> Iterator[Span]:
    """Names of accounts."""
    return (found.span() for found in _HANDLE.finditer(page.prose))
