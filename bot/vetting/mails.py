"""Mail addresses, also as people write them past a filter: "name at example dot org", "nombre arroba ejemplo punto org"."""

import re
from collections.abc import Iterator

from bot.core.lists import Span
from bot.core.words import fold, word_set
from bot.vetting.page import Page

# A run of letters begins once, because none may stand before it: linear in the text.
_MAIL = re.compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64} ?@ ?(?=[\w-])[\w-]{1,63}(?: ?\. ?[\w-]{1,63}){1,5}(?![\w@])")
# What a script without spaces leaves before an address: "邮箱info@example.org".
_AHEAD = re.compile(r"^[^\x00-\x7f]+(?=[!-~]+$)")
_TLD = r"(?:com|org|net|info|io|ca|fr|es|mx|uk|us|de|cn|hk|tw|br|ru|co|me|eu|edu|gov|au|nz|ch|be|jp|kr|vn|th|in|test|invalid)"
_DOT = r"(?:dot|punto|point|ponto|punkt|точка|点|點|\.)"
_OPEN, _CLOSE = r"[ \[({<*_-]{0,3}", r"[ \])}>*_-]{0,3}"
_AT = r"(?:at|arroba|arobase|chez|ät|aet|собака|艾特|圈a)"
_SPELT = re.compile(
    rf"(?<![\w.])(?P<local>[\w.+-]{{1,30}}(?: (?!at\b)(?:dot |punto |point )?[\w+-]{{2,20}})?)(?P<at>{_OPEN}{_AT}{_CLOSE})(?P<host>[\w-]{{2,40}})(?P<dot>{_OPEN}{_DOT}{_CLOSE}){_TLD}(?!\w)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"mail|correo|courriel|write|escrib|écri|ecri|contact|邮|郵|почт", re.IGNORECASE)
_ROLES = word_set("""info information contact contacto contactos contato kontakt help hello hola bonjour ola hallo ayuda aide support soporte apoyo office oficina bureau
    admin administration intake team equipo equipe reception accueil recepcion secretariat secretaria outreach volunteer volunteers volunteering benevoles
    legal clinic clinica clinique hotline line linea ligne press media presse prensa mail email correo courriel enquiries inquiries referrals referral
    booking bookings appointments citas rdv rendezvous programs services service coordinator coordination coordinacion events eventos donate donations
    membership members peer peers ask talk safe crisis health sante salud housing education policy privacy general office main board union fund grants
    group grupo groupe collective collectif colectivo project proyecto projet network red reseau resources library news newsletter community
    comunidad communaute centre center casa maison drop dropin testing advocacy rights droits derechos justice care community nurse nurses
    lianxi kefu fuwu xinxi xiaozu beratung hilfe post buero verein zentrale priem help24 moderators mods webmaster hr jobs noreply zine guide feedback""")


def mails(page: Page) -> Iterator[tuple[Span, str, str]]:
    """Each mail address: its place, the part before the @, the host; both in small letters."""
    yield from written(page)
    yield from _spelt(page)


def written(page: Page) -> Iterator[tuple[Span, str, str]]:
    """Those with their @."""
    for found in _MAIL.finditer(page.plain):
        local, _, host = found[0].replace(" ", "").rpartition("@")
        ahead = len(local) - len(_AHEAD.sub("", local))
        yield (found.start() + ahead, found.end()), local[ahead:].lower(), host.lower()


def _spelt(page: Page) -> Iterator[tuple[Span, str, str]]:
    for found in _SPELT.finditer(page.plain):
        is_word = "." not in found["dot"] or any(each in found["at"] for each in "[({<*")
        before = page.plain[max(0, found.start() - 40) : found.end()]
        if is_word or "at" not in found["at"].lower() or _NAMED.search(before):
            yield found.span(), found["local"].lower(), found["host"].lower()


def is_role(local: str) -> bool:
    """Whether the part before the @ is that of an office and not of a person: info@, help.line@."""
    return any(part in _ROLES for part in re.split(r"[^a-z]+", fold(local)))


def is_persons(local: str) -> bool:
    """Whether the part before the @ has the shape of a name: dana.placeholder, jo_madeup, p.dupontel."""
    parts = [part for part in re.split(r"[._ -]+|\d+", local) if part]
    return 2 <= len(parts) <= 3 and all(part.isalpha() for part in parts) and not is_role(local)
