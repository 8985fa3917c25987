"""For whom a citizen writes, where it is for somebody else: 'jeg skriver for min mor', 'jeg er værge for Per Holm'.

The phrases are data, in data/values/behalf.yml. That a person is mentioned says nothing: 'min mor kommer med'.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.nlu.values.lexicon import any_of, fold, load
from bot.nlu.values.model import Value
from bot.nlu.values.people.mentions import GROWN_UP, NAMED_OWNER, OWNER, SIGNS, Marked, Person, mark_people
from bot.nlu.values.people.names import find_names
from bot.nlu.values.phrases.templates import CLAUSE_END, Phrases
from common import patterns

_FURTHEST = 300  # characters from a person to 'for ham'
_OF_A_PERSON = ("says", "tells", "missing", "ailing")
# Their 'ikke' is part of what they say.
_NEVER_DENIED = ("missing", "ailing")
_PRONOUNS = ("they", "their", "subject")
_ANYONE = "".join(SIGNS.values())
_PEOPLE = {
    "who": f"[{_ANYONE}]",
    "person": f"[{_ANYONE[:4]}]",
    "old": f"[{SIGNS['relative']}{SIGNS['other']}]",
    "client": f"[{SIGNS['representative']}]",
    "whose": f"[{OWNER}{NAMED_OWNER}]",
}
_DENIED = patterns.compile(r"\b(?:ikke|ikk|ik)\b(?! mig\b| mit\b| min (?:egen )?sag| (?:for|til|om|paa) mi[gn]\b)")
_DENIED_BEFORE = patterns.compile(r"\b(?:ikke|ikk|ik)(?: bare| kun| laengere)? $")
_CLAUSE_BEGINS = patterns.compile(r"\.(?=\s)|[!?;,:\n(]| (?:men|og|saa|fordi) ")
_OPENING = patterns.compile(r"(?:(?:ja|nej|jo|hej|hejsa|og|men|okay|ok|altsaa)\b[ ,]*+)*+")
_ASKS = patterns.compile(r"[^.!,\n]{0,120}\?")
_CORRECTS = patterns.compile(r"^[ ,.–-]*(?:nej|undskyld|ups|jeg mener|jeg mente)\b")
_HAS_NAME = patterns.compile(
    r"\b(?:han|hun) (?:hedder|heder) |\b(?:hans|hendes) (?:fulde )?navn er ", patterns.IGNORECASE
)
_OWN_NAME = patterns.compile(r",? (?:hedder|heder) ", patterns.IGNORECASE)
_NAME_ENDS = patterns.compile(
    r"[,;!?(]|(?<=\w\w\w)\.|\s(?:og|men|som|der|født|på|fra|han|hun|cpr|tlf|telefon)(?!\w)", patterns.IGNORECASE
)
_LONGEST_ANSWER, _LONGEST_NAME = 200, 80


@dataclass(frozen=True)
class _Telling:
    """A place where the citizen says for whom it is: `start` and `end` in the marked text."""

    start: int
    end: int
    person: Person | None
    group: str
    role: str = ""
    negated: bool = False


def find_behalf(text: str, *, asked: bool = False) -> list[Value]:
    """For whom the request is, as values of the entity `behalf`, by place; none where it is the citizen's own.

    `asked`: also for whom the citizen asks whether they may ('kan jeg søge for min mor?').

    ``value``: relation (relative, guardian, representative, other), who ('din mor') and name, each null where not said.
    """
    marked = mark_people(text)
    tellings = sorted(_tellings(marked, asked), key=lambda one: (one.start, -one.end))
    values: list[Value] = []
    for one in tellings:
        value = _value(one, marked, text)
        if any(_same(value, other) for other in values):
            continue
        if values and _CORRECTS.match(fold(text[values[-1].end : value.start])):
            values[-1] = replace(values[-1], negated=True)
        values.append(value)
    return values


def behalf_name(text: str) -> str | None:
    """The name in a plain answer to 'Hvad hedder din mor?': 'det er Karen Holm, født 1941' is 'Karen Holm'."""
    line = " ".join(text[:_LONGEST_ANSWER].split())
    if named := _HAS_NAME.search(line):
        line = line[named.end() :]
    opening = _tables().name_before.match(line)
    line = line[opening.end() :] if opening else line
    ends = _NAME_ENDS.search(line)
    line = line[: ends.start()] if ends else line
    if opening and "det er" in opening.group().lower() and line.islower() and " " not in line:
        return None  # 'det er ligegyldigt'
    found = find_names(line, [], []) or find_names(f"jeg hedder {line}", [], [])
    return found[0].value if found and len(found[0].value) <= _LONGEST_NAME else None


def _same(value: Value, other: Value) -> bool:
    """Whether both are of one person, or stand in one place."""
    if value.start < other.end:
        return True
    who, name = value.value["who"], value.value["name"]
    return bool((who and who == other.value["who"]) or (name and name == other.value["name"]))


def _value(one: _Telling, marked: Marked, text: str) -> Value:
    start, end = marked.starts[one.start], marked.ends[one.end - 1]
    person = one.person
    if person and person.start < start and start - person.start <= _FURTHEST:
        start = person.start
    end = max(end, person.end) if person and person.start >= start else end
    value = {
        "relation": _relation(one, fold(text)),
        "who": person.who if person else None,
        "name": (person.name or _name_behind(person, text)) if person else None,
    }
    return Value("behalf", start, end, value, one.group, negated=one.negated)


def _relation(one: _Telling, folded: str) -> str:
    person = one.person
    if one.role in ("guardian", "representative"):
        return one.role
    if person is None or person.kind == "name":
        return "representative" if one.role else "other"
    if person.kind != "child":
        return person.kind
    young = person.age < GROWN_UP if person.age is not None else bool(_tables().schools.search(folded))
    return "guardian" if young else "relative"


def _name_behind(person: Person, text: str) -> str | None:
    """'... for min mor. Hun hedder Karen Holm'."""
    found = _HAS_NAME.search(text, person.end)
    own = _OWN_NAME.match(text, person.end)
    start = own.end() if own else found.end() if found else None
    return behalf_name(text[start : start + _LONGEST_NAME]) if start else None


def _tellings(marked: Marked, asked: bool) -> Iterator[_Telling]:
    phrases = _tables().phrases
    if marked.people:
        for group in _OF_A_PERSON:
            for found in phrases.find(group, marked.text):
                if (one := _telling(group, found, marked)) and _holds(one, marked, asked):
                    yield one
        yield from _alone(marked)
    for found in phrases.find("points", marked.text):
        one = _telling("points", found, marked)
        one = replace(one, person=_meant(found, marked)) if one else None
        if one and (one.person or one.role) and _holds(one, marked, asked):
            yield one


def _telling(group: str, found: patterns.Match, marked: Marked) -> _Telling | None:
    people = [person for place, person in marked.people.items() if found.start() <= place < found.end()]
    if group != "points" and not people:
        return None
    role = _tables().roles.get(found.groupdict().get("role") or "", "")
    if _tables().represents.search(found.group()):
        role = "representative"
    negated = bool(_DENIED.search(found.group())) or bool(_DENIED_BEFORE.search(marked.text[: found.start()][-20:]))
    negated = negated and group not in _NEVER_DENIED and not patterns.match(r"(?:for|til) mig\b", found.group())
    return _Telling(found.start(), found.end(), people[-1] if people else None, group, role, negated)


def _alone(marked: Marked) -> Iterator[_Telling]:
    """'For min mor' and no more than that, or before a comma."""
    found = _tables().alone.match(marked.text)
    if found and not _tables().but.match(marked.text, found.end()):
        place = found.end("who") - 1
        negated = bool(_DENIED.search(found.group()))
        yield _Telling(found.start("said"), place + 1, marked.people[place], "alone", negated=negated)


def _holds(one: _Telling, marked: Marked, asked: bool) -> bool:
    """Whether the words are a telling: no question (but for `asked`), no thought, and not 'for min mors skyld'."""
    before = marked.text[: one.start]
    begins = [found.end() for found in _CLAUSE_BEGINS.finditer(before[-200:])]
    clause = before[-200:][begins[-1] if begins else 0 :].strip()
    but = _tables().but.match(marked.text, one.end)
    # '... på hans vegne, eller skal han selv?' asks of the same person.
    if _tables().thoughts.search(clause) or (but and not (asked and but.group().endswith("eller"))):
        return False
    if not one.role and _tables().because.match(marked.text, max(0, one.end - len("for ") - 1)):
        return False
    if one.group == "missing":
        return True
    if one.group == "says":
        # 'Kan jeg søge for min mor'
        asks = patterns.match(r"(?:jeg|vi)\b", marked.text[one.start :]) and _tables().questions.fullmatch(clause)
        return asked or not asks
    opening = _OPENING.match(clause)
    clause = clause[opening.end() :] if opening else clause
    if not asked and _tables().questions.match(clause or _opens(marked.text[one.start :])):
        return False
    if one.group in ("tells", "ailing") and any(sign in clause for sign in _ANYONE):
        return False  # 'Min bror har søgt på vores fars vegne'
    return asked or not _ASKS.match(marked.text, one.end)


def _opens(said: str) -> str:
    opening = _OPENING.match(said)
    return said[opening.end() :] if opening else said


def _meant(found: patterns.Match, marked: Marked) -> Person | None:
    """Whom 'ham' or 'hendes' is: the person named last before it, of that gender where it is known.

    'Hun har bedt mig om at søge', behind a caseworker, is that one: nobody's relation.
    """
    genders = _tables().genders
    if patterns.match(r"(?:han|hun|de)\b", found.group()) and _tables().officials.search(
        marked.text, max((place for place in marked.people if place < found.start()), default=0), found.start()
    ):
        return None
    gender = next((genders[word] for word in found.group().split()[::-1] if word in genders), "")
    for place in sorted(marked.people, reverse=True):
        person = marked.people[place]
        near = place < found.start() and found.start() - place <= _FURTHEST
        if near and (not gender or person.gender in ("", gender)):
            return person
    return None


@dataclass(frozen=True)
class _Tables:
    phrases: Phrases
    roles: dict[str, str]
    # What 'ham', 'hans' and 'han' are.
    genders: dict[str, str]
    # One person named behind 'for', and nothing else in the message or before its first comma.
    alone: patterns.Pattern
    but: patterns.Pattern
    because: patterns.Pattern
    questions: patterns.Pattern
    thoughts: patterns.Pattern
    schools: patterns.Pattern
    officials: patterns.Pattern
    represents: patterns.Pattern
    name_before: patterns.Pattern


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Built at the first message, all of it."""
    data = load("behalf")
    roles = {fold(word): role for role, words in data["roles"].items() for word in words}
    lists = {
        **data["verbs"],
        **{
            name: data[name]
            for name in (
                *("help", "help_verb", "meeting", "represents", "acts_for", "impaired", "visit"),
                *("ails", "loses"),
            )
        },
    }
    lists |= {name: list(data[name]) for name in _PRONOUNS}
    groups = {name: data[name] for name in (*_OF_A_PERSON, "points")}
    around, lead = any_of(data["alone"]).pattern, "(?:for|paa ve[gj]ne af)"
    because = any_of(data["because"]).pattern
    nouns = "|".join(noun for kind in data["people"].values() for noun in sorted(kind, key=len, reverse=True))
    openings = "|".join(sorted(data["name_before"], key=len, reverse=True)).replace("<person>", f"(?:{nouns})")
    return _Tables(
        phrases=Phrases(groups, lists, data["fillers"], _PEOPLE, roles),
        roles=roles,
        genders={fold(word): gender for name in _PRONOUNS for word, gender in data[name].items()},
        alone=patterns.compile(
            rf"^\W*+(?:{around}[ ,.:]++)*?(?P<said>(?:ikke )?{lead}) (?P<who>[{_ANYONE}]){CLAUSE_END}"
        ),
        but=patterns.compile(rf",? ?{any_of(data['but']).pattern}"),
        because=patterns.compile(rf"for [{_ANYONE}] (?:jo |ogsaa )?{because}(?! jeg\b| vi\b)"),
        questions=any_of(data["questions"]),
        thoughts=any_of(data["thoughts"]),
        schools=any_of(data["schools"]),
        officials=any_of(data["officials"]),
        represents=any_of([*data["represents"], *data["acts_for"]]),
        name_before=patterns.compile(rf"(?:(?:{openings})(?!\w)[ ,:.]*+){{1,4}}", patterns.IGNORECASE),
    )
