"""For whom a citizen writes: 'jeg skriver for min mor', 'jeg er værge for Per Holm'.

The templates are in data/values/behalf.yml. A mere mention of a person ('min mor kommer med') does not count.
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
from common.memo import once

_FURTHEST = 300  # characters from a person to 'for ham'
_OF_A_PERSON = ("says", "tells", "missing", "ailing")
# Groups whose templates contain an 'ikke' of their own.
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
_MOST_AROUND = 10  # words before 'for <person>'
_LONGEST_ANSWER, _LONGEST_NAME = 200, 80


@dataclass(frozen=True)
class _Statement:
    """A statement for whom the request is: `start` and `end` in the marked text, `group` of the template."""

    start: int
    end: int
    person: Person | None
    group: str
    role: str = ""
    negated: bool = False


@once
def find_behalf(text: str, *, asked: bool = False) -> list[Value]:
    """For whom the request is, as values of `behalf`, by place; none where it is the citizen's own.

    `asked`: questions count as well ('kan jeg søge for min mor?'). Each value has `relation` (relative, guardian,
    representative, other), `who` ('din mor') and `name`; the last two are None where not said.
    """
    marked = mark_people(text)
    statements = sorted(_statements(marked, asked), key=lambda statement: (statement.start, -statement.end))
    values: list[Value] = []
    for statement in statements:
        value = _value(statement, marked, text)
        if any(_same(value, other) for other in values):
            continue
        if values and _CORRECTS.match(fold(text[values[-1].end : value.start])):
            values[-1] = replace(values[-1], negated=True)
        values.append(value)
    return values


def behalf_name(text: str) -> str | None:
    """The name in an answer to 'Hvad hedder din mor?', without what stands around it; None where there is none."""
    line = " ".join(text[:_LONGEST_ANSWER].split())
    if named := _HAS_NAME.search(line):
        line = line[named.end() :]
    opening = _tables().name_before.match(line)
    line = line[opening.end() :] if opening else line
    ends = _NAME_ENDS.search(line)
    line = line[: ends.start()] if ends else line
    if opening and "det er" in opening.group().lower() and line.islower() and " " not in line:
        return None  # one word in small letters is no name: 'det er ligegyldigt'
    found = find_names(line, [], []) or find_names(f"jeg hedder {line}", [], [])
    return found[0].value if found and len(found[0].value) <= _LONGEST_NAME else None


def _same(value: Value, other: Value) -> bool:
    """Whether both are of one person or overlap."""
    if value.start < other.end:
        return True
    who, name = value.value["who"], value.value["name"]
    return bool((who and who == other.value["who"]) or (name and name == other.value["name"]))


def _value(statement: _Statement, marked: Marked, text: str) -> Value:
    start, end = marked.starts[statement.start], marked.ends[statement.end - 1]
    person = statement.person
    if person and person.start < start and start - person.start <= _FURTHEST:
        start = person.start
    end = max(end, person.end) if person and person.start >= start else end
    value = {
        "relation": _relation(statement, fold(text)),
        "who": person.who if person else None,
        "name": (_in_full(person.name, marked) or _name_behind(person, text)) if person else None,
    }
    return Value("behalf", start, end, value, statement.group, negated=statement.negated)


def _in_full(name: str | None, marked: Marked) -> str | None:
    """The name, as it is written elsewhere with more names: 'det er Emil, det handler om, Emil Rahbek'."""
    longer = [one.name for one in marked.people.values() if name and one.name and one.name.startswith(f"{name} ")]
    return max(longer, key=len) if longer else name


def _relation(statement: _Statement, folded: str) -> str:
    person = statement.person
    if statement.role in ("guardian", "representative"):
        return statement.role
    if person is None or person.kind == "name":
        return "representative" if statement.role else "other"
    if person.kind != "child":
        return person.kind
    young = person.age < GROWN_UP if person.age is not None else bool(_tables().schools.search(folded))
    return "guardian" if young else "relative"


def _name_behind(person: Person, text: str) -> str | None:
    """The name that follows behind the person: '... for min mor. Hun hedder Karen Holm'."""
    found = _HAS_NAME.search(text, person.end)
    own = _OWN_NAME.match(text, person.end)
    start = own.end() if own else found.end() if found else None
    return behalf_name(text[start : start + _LONGEST_NAME]) if start else None


def _statements(marked: Marked, asked: bool) -> Iterator[_Statement]:
    phrases = _tables().phrases
    if marked.people:
        for group in _OF_A_PERSON:
            for found in phrases.find(group, marked.text):
                if (statement := _statement(group, found, marked)) and _holds(statement, marked, asked):
                    yield statement
        yield from _alone(marked)
    for found in phrases.find("points", marked.text):
        statement = _statement("points", found, marked)
        statement = replace(statement, person=_antecedent(found, marked)) if statement else None
        if statement and (statement.person or statement.role) and _holds(statement, marked, asked):
            yield statement


def _statement(group: str, found: patterns.Match, marked: Marked) -> _Statement | None:
    people = [person for place, person in marked.people.items() if found.start() <= place < found.end()]
    if group != "points" and not people:
        return None
    role = _tables().roles.get(found.groupdict().get("role") or "", "")
    if _tables().represents.search(found.group()):
        role = "representative"
    negated = bool(_DENIED.search(found.group())) or bool(_DENIED_BEFORE.search(marked.text[: found.start()][-20:]))
    negated = negated and group not in _NEVER_DENIED and not patterns.match(r"(?:for|til) mig\b", found.group())
    return _Statement(found.start(), found.end(), people[-1] if people else None, group, role, negated)


def _alone(marked: Marked) -> Iterator[_Statement]:
    """The statements of sentences or clauses that are only 'for <person>'."""
    for found in _tables().alone.finditer(marked.text):
        if _tables().but.match(marked.text, found.end()):
            continue
        place = found.end("who") - 1
        negated = bool(_DENIED.search(found.group()))
        yield _Statement(found.start("said"), place + 1, marked.people[place], "alone", negated=negated)


def _holds(statement: _Statement, marked: Marked, asked: bool) -> bool:
    """Whether it states for whom the request is: no question (unless `asked`), no condition, no reason."""
    before = marked.text[: statement.start]
    begins = [found.end() for found in _CLAUSE_BEGINS.finditer(before[-200:])]
    clause = before[-200:][begins[-1] if begins else 0 :].strip()
    but = _tables().but.match(marked.text, statement.end)
    if _tables().thoughts.search(clause) or (but and not (asked and but.group().endswith("eller"))):
        return False
    if not statement.role and _tables().because.match(marked.text, max(0, statement.end - len("for ") - 1)):
        return False
    if statement.group == "missing":
        return True
    if statement.group == "says":
        # 'Kan jeg søge for min mor'
        asks = patterns.match(r"(?:jeg|vi)\b", marked.text[statement.start :]) and _tables().questions.fullmatch(clause)
        return asked or not asks
    opening = _OPENING.match(clause)
    clause = clause[opening.end() :] if opening else clause
    if not asked and _tables().questions.match(clause or _without_opening(marked.text[statement.start :])):
        return False
    if statement.group in ("tells", "ailing") and any(sign in clause for sign in _ANYONE):
        return False  # 'Min bror har søgt på vores fars vegne'
    return asked or not _ASKS.match(marked.text, statement.end)


def _without_opening(said: str) -> str:
    opening = _OPENING.match(said)
    return said[opening.end() :] if opening else said


def _antecedent(found: patterns.Match, marked: Marked) -> Person | None:
    """Whom a pronoun means: the last person before it of a fitting gender; None where that is an official."""
    genders = _tables().genders
    if patterns.match(r"(?:han|hun|de)\b", found.group()) and _tables().officials.search(
        marked.text, max((place for place in marked.people if place < found.start()), default=0), found.start()
    ):
        return None
    gender = next((genders[word] for word in found.group().split()[::-1] if word in genders), "")
    for place in sorted(marked.people, reverse=True):
        person = marked.people[place]
        if _tables().introduces.search(marked.text, max(0, place - _LONGEST_NAME), place):
            continue  # 'Jeg hedder Preben Holm og skriver for hende'
        near = place < found.start() and found.start() - place <= _FURTHEST
        if near and (not gender or person.gender in ("", gender)):
            return person
    return None


@dataclass(frozen=True)
class _Tables:
    phrases: Phrases
    roles: dict[str, str]
    # By pronoun.
    genders: dict[str, str]
    # 'For <person>' as the whole message or clause.
    alone: patterns.Pattern
    but: patterns.Pattern
    because: patterns.Pattern
    questions: patterns.Pattern
    thoughts: patterns.Pattern
    schools: patterns.Pattern
    officials: patterns.Pattern
    represents: patterns.Pattern
    name_before: patterns.Pattern
    # Directly before the name of who writes.
    introduces: patterns.Pattern


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Built from data/values/behalf.yml at the first message."""
    data = load("behalf")
    roles = {fold(word): role for role, words in data["roles"].items() for word in words}
    lists = {
        **data["verbs"],
        **{
            name: data[name]
            for name in (
                *("help", "help_verb", "meeting", "represents", "acts_for", "impaired", "visit"),
                *("ails", "loses", "gathering"),
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
        phrases=Phrases(groups, lists, data["fillers"], _PEOPLE, roles, openings=data["openings"]),
        roles=roles,
        genders={fold(word): gender for name in _PRONOUNS for word, gender in data[name].items()},
        alone=patterns.compile(
            rf"(?:^|(?<=[.!?\n]))\W*+(?:{around}[ ,.:]++){{0,{_MOST_AROUND}}}?"
            rf"(?P<said>(?:ikke )?{lead}) (?P<who>[{_ANYONE}]){CLAUSE_END}"
        ),
        but=patterns.compile(rf",? ?{any_of(data['but']).pattern}| {any_of(data['but_beside']).pattern}"),
        because=patterns.compile(rf"for [{_ANYONE}] (?:jo |ogsaa )?{because}(?! jeg\b| vi\b)"),
        questions=any_of(data["questions"]),
        thoughts=any_of(data["thoughts"]),
        schools=any_of(data["schools"]),
        officials=any_of(data["officials"]),
        represents=any_of([*data["represents"], *data["acts_for"]]),
        introduces=patterns.compile(rf"{any_of(data['introduces']).pattern}[ ,:]*$"),
        name_before=patterns.compile(rf"(?:(?:{openings})(?!\w)[ ,:.]*+){{1,4}}", patterns.IGNORECASE),
    )
