"""E-mail addresses, telephone numbers and request references in a message."""

import unicodedata
from functools import lru_cache

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from bot.nlu.values.lexicon import fold, load
from bot.nlu.values.model import Value, cover
from common import patterns
from common.cpr import spoken_numbers

_AT = r"(?: ?@ ?| ?[(\[] ?(?:snabel-?a|at|a) ?[)\]] ?| (?:snabel[- ]?a|at) )"
_DOT = r"(?:\.| ?[(\[] ?(?:punktum|dot|prik) ?[)\]] ?| (?:punktum|prik|dot) )"
_NAMED = patterns.compile(r"^(?:e-?mail|mail|adresse)=", patterns.IGNORECASE)
_JOINT = r"(?: bindestreg | streg | underscore | understreg )"
_PART = r"[\w'+%&-]{1,64}+"
_WRITTEN = patterns.compile(r"[^\s<>()\[\],;:\"\\/|@]{1,64}@[^\s<>()\[\],;:\"\\/|@]{1,253}")
_SPOKEN = patterns.compile(
    rf"(?<![\w@.])(?:{_PART}(?:{_DOT}|{_JOINT})){{0,3}}{_PART}{_AT}{_PART}(?:{_DOT}{_PART}){{1,3}}(?![\w@])",
    patterns.IGNORECASE,
)
_CODE = "[2-9A-HJ-NP-Z]{4}"  # no I, O, 0 or 1
_REFERENCE = patterns.compile(rf"(?<![\w@.-])({_CODE})( ?[-\u2013] ?| |)({_CODE})(?![\w@]|[-.]\w)", patterns.IGNORECASE)
_DATE = patterns.compile(
    r"(?<!\d)(?:\d{1,2} ?[-./ ] ?\d{1,2} ?[-./ ] ?(?:19|20)\d\d|(?:19|20)\d\d[-./]\d\d?[-./]\d\d?"
    r"|(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./]\d\d(?=[ ,]+(?:kl\b|\d{1,2}[.:]\d\d\b)))(?!\d)"
)
_SLASHED = patterns.compile(r"(?<![\d/])\d\d(?:/\d\d){3}(?![\d/])")
# 'Mit nummer er 2648 og så 1937'
_HALVES = patterns.compile(
    r"\b(?:nummer(?:et)?|tlf|telefon|mobil)\b[^\d\n]{0,20}(?P<first>[2-9]\d{3}),? og så (?P<second>\d{4})(?!\d)",
    patterns.IGNORECASE,
)
_MOST_NUMBERS = 20
_E164 = phonenumbers.PhoneNumberFormat.E164


def find_contacts(text: str, cpr: list[tuple[int, int]]) -> list[Value]:
    """E-mail addresses, telephone numbers (E.164) and references as values, by place.

    `cpr`: spans of CPR numbers; nothing that overlaps one is returned.
    """
    emails = _emails(text, cpr)
    taken = [*cpr, *((contact.start, contact.end) for contact in emails)]
    references = [contact for contact in _references(text) if _is_free(contact.start, contact.end, taken)]
    taken += [(contact.start, contact.end) for contact in references]
    return sorted([*emails, *references, *_phones(text, taken)], key=lambda contact: contact.start)


def _is_free(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    return all(end <= other_start or start >= other_end for other_start, other_end in taken)


def _emails(text: str, cpr: list[tuple[int, int]]) -> list[Value]:
    found: list[Value] = []
    for match in _WRITTEN.finditer(text):
        said = _NAMED.sub("", match.group()).rstrip(".!?'*_~").lstrip("'*~.")
        offset = match.start() + match.group().index(said) if said else match.start()
        end = offset + len(said)
        whole = text[offset - 1 : offset] != "@" and text[end : end + 1] != "@"
        address = _valid(said) if whole else None
        if address and _is_free(offset, end, cpr):
            found.append(Value("email", offset, end, address, "email"))
    taken = [(contact.start, contact.end) for contact in found]
    for match in _SPOKEN.finditer(text):
        written = _as_written(match.group())
        # 'kom klokken 9 at...' is no address: the words must make a valid one.
        address = _valid(written)
        if address and "@" in written and _is_free(*match.span(), [*taken, *cpr]):
            found.append(Value("email", *match.span(), address, "email_spoken"))
    return found


def _as_written(said: str) -> str:
    said = patterns.sub(_JOINT, lambda joint: "_" if "under" in joint.group() else "-", said, flags=patterns.IGNORECASE)
    said = patterns.sub(_AT, "@", said, count=1, flags=patterns.IGNORECASE)
    return patterns.sub(_DOT, ".", said, flags=patterns.IGNORECASE)


def _valid(said: str) -> str | None:
    """The normalised address; None where it is invalid."""
    try:
        return validate_email(said, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _references(text: str) -> list[Value]:
    found: list[Value] = []
    for match in _REFERENCE.finditer(text):
        first, link, second = match.groups()
        code = (first + second).upper()
        mixed = any(sign.isdigit() for sign in code) and any(sign.isalpha() for sign in code)
        # 'gade 2222': a word and a number, not a code.
        word_and_number = link == " " and (
            (first.isalpha() and second.isdigit()) or (first.isdigit() and second.isalpha())
        )
        if mixed and not word_and_number:
            found.append(Value("reference", *match.span(), code, "reference"))
    return found


def _phones(text: str, taken: list[tuple[int, int]]) -> list[Value]:
    """Danish numbers of eight digits, foreign ones with a country code; no dates, case or account numbers."""
    plain = "".join(_plain_sign(sign) for sign in text)
    plain = cover(plain, [*taken, *(match.span() for match in _DATE.finditer(plain))], "¤")
    plain = _SLASHED.sub(lambda found: found.group().replace("/", " "), plain)
    # phonenumbers finds no number directly behind a letter: 'tlf38214236'.
    plain = patterns.sub(r"[A-Za-z](?=\d{8}(?!\d))", " ", plain)
    matcher = phonenumbers.PhoneNumberMatcher(
        plain, "DK", leniency=phonenumbers.Leniency.POSSIBLE, max_tries=_MOST_NUMBERS
    )
    spoken = [
        Value("phone", start, end, f"+45{figures}", "phone_spoken")
        for start, end, figures in spoken_numbers(text)
        if patterns.fullmatch(r"[2-9]\d{7}", figures) and _is_free(start, end, taken)
    ]
    halves = [
        Value("phone", said.start("first"), said.end(), f"+45{said['first']}{said['second']}", "phone_halves")
        for said in _HALVES.finditer(plain)
    ]
    return [
        *spoken,
        *halves,
        *(
            Value("phone", match.start, match.end, phonenumbers.format_number(match.number, _E164), "phone")
            for match in matcher
            if _is_phone(match, plain, text)
        ),
    ]


def _plain_sign(sign: str) -> str:
    if sign.isascii():
        return sign
    digit = unicodedata.decimal(sign, None)
    if digit is not None:
        return str(digit)
    return {"Zs": " ", "Pd": "-"}.get(unicodedata.category(sign), sign)


@lru_cache(maxsize=1)
def _other_number() -> patterns.Pattern:
    """What stands directly before a number that is no telephone number: 'sagsnr. 2026-'."""
    named = "|".join(load("contacts")["other_numbers"])
    return patterns.compile(rf"(?:{named})(?:[ .:-]{{0,2}}(?:nr|nummer|no))?[ .:#-]{{0,3}}(?:er )?(?:\d{{2,4}}[ -/])?$")


def _is_phone(match: phonenumbers.PhoneNumberMatch, plain: str, text: str) -> bool:
    before, after = fold(text[max(0, match.start - 30) : match.start]), plain[match.end : match.end + 4]
    if _other_number().search(before) or "/" in match.raw_string or after.startswith("%"):
        return False
    if patterns.search(r"\d[ ./-]?$", before) or patterns.match(r"[ /-]?\d", after):
        return False
    if match.number.country_code == 45:
        return bool(patterns.fullmatch(r"[2-9]\d{7}", str(match.number.national_number)))
    return phonenumbers.is_valid_number(match.number)
