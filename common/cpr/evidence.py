"""What the words around digits say they are: a CPR number, a day of birth, or something else."""

from common import patterns
from common.cpr.number_words import words
from common.cpr.signs import BARRIER

_BEFORE, _BEHIND = 60, 40
_CPR_WORD = (
    r"(?:(?<![a-zæøå])c[ .-]?p[ .-]?r(?!-?(?:kontor|regist|lov|afdeling|system|oplys))|(?<![a-zæøå])crp"
    r"|perso?n ?-?n(?:um|r)|\bpnr\b|sygesikrings ?n|fødselsn|identitetsn|erstatningsn|social security)"
)
_CPR = patterns.compile(_CPR_WORD, patterns.IGNORECASE)
# Directly before a number, with no other words between: 'cpr-nr. er'.
_CPR_IS = patterns.compile(
    rf"{_CPR_WORD}\w*(?:[^\w\n]{{1,3}}(?:n(?:umme)?re?t?|no|er|var|hedder|lyder|har|jeg|det|den|som|så|is|nu|altså)\b)*[^\w\n]{{0,4}}$",
    patterns.IGNORECASE,
)
_WHOSE = r"(?:min|mit|mine|hans|hendes|vores|dit|my|de)"
_CPR_BEHIND = patterns.compile(
    r"^(?:"
    r"[^\w\n]{0,4}(?:(?:er|som|det|var|is|den|ja|that) )*"
    r"(?:i |på |til |(?:resten|slutningen|enden|begyndelsen|starten) (?:af|på) )?"
    rf"{_WHOSE}?(?: \w+s)?(?: (?:fulde|hele|rigtige|danske|eget|gamle|nye))? ?{_CPR_WORD}"
    r")",
    patterns.IGNORECASE,
)
_BORN = r"(?:f(?:ø|oe|o)d(?:t|sels-?(?:da|år)|edato)|\b(?:born|birth|dob))"
_BIRTH = patterns.compile(
    rf"(?:{_BORN}|\bf\.|\b(?:jeg|han|hun) er fra|\bårgang|\bmit n(?:umme)?r\b)(?P<rest>[^\d]*)$", patterns.IGNORECASE
)
_BIRTH_BEHIND = patterns.compile(
    r"^(?:"
    r"[^\w\n]{0,3}(?:(?:er|var|det|som|den|jeg|han|hun|min|mit|hans|hendes|blev|is|my) ){0,4}"
    r"(?:f(?:ø|oe|o)d|birth|born)"
    r")",
    patterns.IGNORECASE,
)
_MEETING = patterns.compile(r"\b(?:møde|samtale|aftale|tid\b|kl\b|klokken|hos|mødt)", patterns.IGNORECASE)
_LAST_FOUR_BEHIND = patterns.compile(
    r"^(?:"
    rf"[^\w\n.]{{0,3}}(?:(?:og|er|som|var|står|kommer|det) )*(?:{_WHOSE}(?: \w+s)? )?"
    r"(?:(?:aller)?(?:sidste|bageste)(?: (?:fire|4|cifre|tal|del)\b|[^\w ]|\s*$)|(?:fire|4) (?:sidste|bageste)"
    r"|løbe?n|kontrol(?:cif|tal|num))"
    r"|[^\d\n.]{0,12}til sidst\b|[^\w\n.]{0,3}i (?:mit |hans |hendes )?cpr"
    r")",
    patterns.IGNORECASE,
)
_OTHER = patterns.compile(
    r"(?:\bcvr|\bp-?n(?:umme)?r|produktionsn\w*|\bean|faktura\w*|ordren\w*|\bordre|kunden\w*|medlemsn\w*|\biban|\bimei|\breg\w*)"
    r"[^\w\n]{0,3}(?:-?n(?:umme)?r)?[^\w\n]{0,3}(?:(?:er|på) )?$",
    patterns.IGNORECASE,
)
_AMOUNT = patterns.compile(
    r"[^\w\n]{0,2}(?:kr\b|kroner|dkk|euro?\b|personer|gange|timer|minutter|år\b|uger|dage|måneder|børn|mennesker|min\b|sider|stk\b|,-|%|€|\$|m2\b|kvm\b|km\b|kg\b)",
    patterns.IGNORECASE,
)
_TOWN = patterns.compile(r" (?P<name>[A-ZÆØÅ][a-zæøå]{2,})")
_KNOWN_TOWN = patterns.compile(r" (?:frederiksberg|københavn|kbh|valby|hellerup)\b", patterns.IGNORECASE)
# Words that begin a sentence, and are no town.
_NO_TOWN = words(
    "Jeg Mit Min Mine Det Den Der Som Hvad Hvor Hvordan Hvornår Kan Skal Vil Har Hej Tak Men For Kære Venlig Med Vi Og"
    " Telefon Tlf Mobil Mail Navn Adresse Cpr Mødet Møde"
)


def _tail(text: str) -> str:
    tail = text[-_BEFORE:]
    return tail[tail.rfind(BARRIER) + 1 :]


def _head(text: str) -> str:
    return text[:_BEHIND].partition(BARRIER)[0]


def says_cpr(before: str) -> bool:
    """Whether the text before a number calls it a CPR number."""
    tail = _tail(before)
    named = list(_CPR.finditer(tail))
    return bool(named) and not _MEETING.search(tail, named[-1].end())


def names_cpr(before: str) -> bool:
    """Whether 'CPR' stands directly before a number."""
    return bool(_CPR_IS.search(_tail(before)))


def calls_it_cpr(behind: str) -> bool:
    """Whether the text behind a number calls it a CPR number: '... er mit CPR-nummer'."""
    return bool(_CPR_BEHIND.match(_head(behind)))


def says_birth(before: str) -> bool:
    """Whether the text before a day says that somebody was born on it."""
    found = _BIRTH.search(_tail(before))
    return found is not None and not _MEETING.search(found["rest"])


def calls_it_birth(behind: str) -> bool:
    """Whether the text behind a day calls it a day of birth: '... er jeg født'."""
    return bool(_BIRTH_BEHIND.match(_head(behind)))


def calls_it_last(behind: str) -> bool:
    """Whether the text behind four digits calls them the last four."""
    return bool(_LAST_FOUR_BEHIND.match(_head(behind)))


def is_of_another_number(before: str) -> bool:
    """Whether the text before names another kind of number: an invoice's, a company's."""
    return bool(_OTHER.search(_tail(before)))


def counts(behind: str) -> bool:
    """Whether the text behind says what the digits count: 'kr.', 'timer'."""
    return bool(_AMOUNT.match(_head(behind)))


def is_town(behind: str) -> bool:
    """Whether a town follows, so that the digits are a post code."""
    found = _TOWN.match(_head(behind))
    return found is not None and found["name"] not in _NO_TOWN


def is_town_nearby(behind: str) -> bool:
    """Whether Frederiksberg or a town nearby follows."""
    return bool(_KNOWN_TOWN.match(_head(behind)))
