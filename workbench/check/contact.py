"""Checks that answers and code give the telephone number, address and hours of the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from actions import deadlines
from common import patterns
from workbench.check.answers import Answer
from workbench.check.page import PAGE
from workbench.shared.problems import Problem

_DAY = r"(?:man|tirs|ons|tors|fre|lør|søn)dag"
_SPAN = patterns.compile(
    rf"(?:(?P<first>{_DAY})(?:(?: til | ?- ?)(?P<last>{_DAY}))? )?(?:klokken|kl\.) (?P<opens>\d+) ?- ?(?P<closes>\d+)",
    patterns.IGNORECASE,
)
_HOUR = patterns.compile(r"(?:klokken|kl\.)(?: er over)? (\d+)\b(?! ?- ?\d)", patterns.IGNORECASE)
_TELEPHONE = patterns.compile(r"(?<![\w+/-])(?:\+45 ?)?(\d(?: ?\d){7})(?![\w/-])")
_ADDRESS = patterns.compile(
    r"\b[A-ZÆØÅ]\w+(?:gade|vej|allé|plads|stræde|torv) \d+\w?|værelse [\d.]*\d|\b\d{4} [A-ZÆØÅ][a-zæøå]+|\b\w+ Rådhus"
)
# What every number, address and hour has in it: most sentences have none.
_FIGURE = patterns.compile(r"\d| Rådhus")
# Quoted text is an example of what a citizen may write.
_EXAMPLE = patterns.compile(r"'[^']*'")
# Code that shows the telephone number when Rasa cannot answer.
_SHOWN_BY_CODE = ("bot/*.py", "bot/channel/*.py", "bot/channel/static/*.*")
_NUMBER_IN_CODE = patterns.compile(
    r"(?:PHONE\w* = |tel:|Telefon: |ring\w* .{0,20}på )\W*(?:\+45 ?)?(\d(?: ?\d){7})(?!\d)"
)


@dataclass(frozen=True)
class Contact:
    """The page's contact. `hours`: first and last day (empty for none), opening and closing hour."""

    telephone: str
    address: str
    hours: frozenset[tuple[str, str, int, int]]


def read_contact(page: Iterable[str]) -> Contact:
    """Reads the contact from the page's lines."""
    lines = list(page)
    telephone = next(
        (_digits(found[1]) for line in lines if (found := patterns.search(r"Telefon: ([\d ]+)", line))), ""
    )
    address = ", ".join(line for line in lines if _ADDRESS.search(line) and len(line) < 60)
    return Contact(telephone, address, frozenset(span for line in lines for span in _spans(line)))


def answers(said: Iterable[Answer], contact: Contact) -> Iterator[Problem]:
    """Answers with another number, address or time than the page's, or with only some of its times."""
    for answer in said:
        for sentence in answer.sentences:
            for what in _wrong(_EXAMPLE.sub("", sentence.text), contact):
                yield answer.problem(f"{answer.name}: {what}", sentence.line)
        whole = _EXAMPLE.sub("", answer.text)
        given = {(opens, closes) for _, _, opens, closes in _spans(whole)}
        missing = {(opens, closes) for _, _, opens, closes in contact.hours} - given
        if given and missing:
            times = " og ".join(f"klokken {opens}-{closes}" for opens, closes in sorted(missing))
            yield answer.problem(
                f"{answer.name} giver kun en del af telefontiden. Siden giver også {times}. Skriv alle tiderne."
            )
        street = {found for found in _ADDRESS.findall(whole) if not found[0].isdigit()}
        for part in _ADDRESS.findall(contact.address) if len(street) > 1 else ():
            if part not in whole:
                yield answer.problem(f"{answer.name} giver ikke hele adressen. Siden har også '{part}'. Skriv det med.")


def _wrong(text: str, contact: Contact) -> Iterator[str]:
    if not _FIGURE.search(text):
        return
    for found in _TELEPHONE.finditer(text):
        if _digits(found[1]) != contact.telephone:
            yield f"telefonnummeret {found[1]} står ikke på siden. Skriv {_grouped(contact.telephone)}."
    for part in _ADDRESS.findall(text):
        if part not in contact.address:
            yield f"'{part}' er ikke sidens adresse. Skriv {contact.address}."
    known = {(opens, closes) for _, _, opens, closes in contact.hours}
    for first, last, opens, closes in _spans(text):
        if (opens, closes) not in known or (first and last and (first, last, opens, closes) not in contact.hours):
            yield f"tiden 'klokken {opens}-{closes}' er ikke sidens. Siden har {_shown(contact)}."
    for hour in map(int, _HOUR.findall(text)):
        if hour not in {moment for span in known for moment in span}:
            yield f"klokken {hour} er ikke en af sidens tider. Siden har {_shown(contact)}."


def code(contact: Contact, root: Path) -> Iterator[Problem]:
    """Code with another telephone number or other hours than the page's."""
    for glob in _SHOWN_BY_CODE:
        for file in sorted(path for path in root.glob(glob) if path.is_file()):
            for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").split("\n"), start=1):
                for found in _NUMBER_IN_CODE.finditer(line):
                    if _digits(found[1]) != contact.telephone:
                        what = f"Telefonnummeret {found[1]} står ikke på siden. Skriv {_grouped(contact.telephone)}."
                        yield Problem(file, number, what)
    known = {
        ("mandag", "fredag", deadlines.OPENS, deadlines.CLOSES),
        ("fredag", "", deadlines.OPENS, deadlines.FRIDAY_CLOSES),
    }
    if known != contact.hours:
        yield Problem(
            root / "actions" / "deadlines.py",
            1,
            f"Assistenten regner med andre telefontider end sidens, som er {_shown(contact)}. Bed en udvikler rette "
            f"OPENS, CLOSES og FRIDAY_CLOSES efter {PAGE}.",
        )


def _spans(text: str) -> list[tuple[str, str, int, int]]:
    return [
        ((found["first"] or "").lower(), (found["last"] or "").lower(), int(found["opens"]), int(found["closes"]))
        for found in _SPAN.finditer(text)
    ]


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _grouped(number: str) -> str:
    return f"{number[:4]} {number[4:]}"


def _shown(contact: Contact) -> str:
    return " og ".join(
        f"{first}{' til ' + last if last else ''} klokken {opens}-{closes}"
        for first, last, opens, closes in sorted(contact.hours, key=lambda span: not span[1])
    )
