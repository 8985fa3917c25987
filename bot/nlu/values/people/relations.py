"""What a message says of the person whom a request is for: 'han er 9 og er min søn'.

Whether the request is for somebody at all is read in behalf.py.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.values.lexicon import any_of, fold, load
from bot.nlu.values.people.behalf import behalf_name
from bot.nlu.values.people.mentions import GROWN_UP, SIGNS, Marked, Person, mark_people
from bot.nlu.values.phrases.templates import Phrases
from common import patterns

_MOST = 20
_FURTHEST = 300  # characters from a person to 'han' or 'hun'
_LONGEST_NAME = 80
_LONGEST_QUESTION = 80
_SIGNS = {
    "kin": f"[{''.join(sign for kind, sign in SIGNS.items() if kind != 'name')}]",
    "name": SIGNS["name"],
    "word": r"(?!(?:han|hun|det|den|de|der|som|og|hvem|jeg|vi)\b)[a-z][a-z'-]{1,40}",
    "age": r"(?P<age>\d{1,2})(?: ?aar)?(?: gammel)?(?![.:¤-]?\d)",
}
_DENIED = patterns.compile(r"\b(?:ikke|ikk|ik)\b")
_DENIED_BEFORE = patterns.compile(r"\b(?:ikke|ikk|ik) $")
# Behind a match: it is a question, or a relative clause makes it a mere mention.
_NO_TELLING = patterns.compile(r"^(?:[^.!,?\n]*+\?|,? (?:som|der)\b)")
_NAMED = patterns.compile(
    r"\b(?:(?P<subject>han|hun) (?:hedder|heder)|(?P<owner>hans|hendes) (?:fulde )?navn (?:er|til|skal være)) ",
    patterns.IGNORECASE,
)
_NAMED_BY_NAME = patterns.compile(
    r"(?<!\w)(?P<said>[^\W\d_][\w'’-]{0,30})(?: (?:hedder|heder)| (?:fulde )?navn (?:er|skal være)) "
)
_OWN_NAME = patterns.compile(r",? (?:som |der )?(?:hedder|heder) | (?:fulde )?navn er ", patterns.IGNORECASE)


@dataclass(frozen=True)
class Told:
    """What a message says of a person: `relation` and `who` ('din søn'), None where it says only `young` (under 18).

    `about`: the person, where the message names them; None where a pronoun refers to an earlier message.
    """

    relation: str | None
    who: str | None
    young: bool
    about: Person | None

    @property
    def name(self) -> str | None:
        """The name of the person, if given."""
        return self.about.name if self.about else None


def told_relations(text: str) -> list[Told]:
    """What the message says of people's relation to the citizen, by place."""
    marked = mark_people(text)
    phrases = _tables().phrases
    matches = [(match, group == "kin") for group in ("kin", "young") for match in phrases.find(group, marked.text)]
    matches.sort(key=lambda match: match[0].start())
    relations = [_relation(match, marked, tells_kin=tells_kin) for match, tells_kin in matches[:_MOST]]
    relations += [_the_other_way(match, marked) for match in _tables().own_kin.finditer(marked.text)]
    return [relation for relation in relations if relation]


def is_named(text: str, who: str | None, name: str | None) -> bool:
    """Whether a message mentions the person, by `who` ('din mor') or by `name`."""
    people = mark_people(text).people.values()
    by_name = bool(name) and fold(str(name)) in fold(text)
    return by_name or (who is not None and any(is_same(person.who, who) for person in people))


def only_kin(text: str) -> Person | None:
    """The one relative whom the message speaks of; None where none or several."""
    return _only(_kin(text))


def named_kin(text: str, *, introduced: bool = False) -> Person | None:
    """The one relative whose name the message gives ('min mor hedder Inger Holm'); None where none or several.

    `introduced`: only in such words, where 'min mor Inger' may be a mere mention.
    """
    named = [person for person in _kin(text) if told_name(text, person.who, meant=False)]
    return _only([one for one in named if not introduced or _OWN_NAME.search(text, one.start, one.end)])


def kin_instead(text: str, who: str | None) -> Person | None:
    """The one relative that is meant in place of `who`, who is denied: 'det er ikke min mor, det er min svigermor'."""
    marked = mark_people(text)
    kin = {place: one for place, one in marked.people.items() if one.kind in ("relative", "child") and not one.owner}
    denied = [place for place in kin if _DENIED_BEFORE.search(marked.text[:place])]
    if not any(is_same(kin[place].who, who) for place in denied):
        return None
    return _only([one for place, one in kin.items() if place not in denied])


def _kin(text: str) -> list[Person]:
    people = mark_people(text).people.values()
    return [person for person in people if person.kind in ("relative", "child") and not person.owner]


def _only(people: list[Person]) -> Person | None:
    return people[0] if len({person.who for person in people}) == 1 else None


def told_name(text: str, who: str | None, *, meant: bool, known: str | None = None) -> str | None:
    """The name of the person whom the citizen calls `who` ('din mor'); None where the message does not give it.

    `meant`: whether a pronoun means that person where the message mentions nobody; `known`: their name so far.
    """
    marked = mark_people(text)
    for person in marked.people.values():
        if is_same(person.who, who):
            own = _OWN_NAME.match(text, person.end)
            name = (None if person.owner else person.name) or (
                behalf_name(text[own.end() :][:_LONGEST_NAME]) if own else None
            )
            if name:
                return name
    for found in _NAMED.finditer(text):
        place = bisect_left(marked.starts, found.start())
        gender = _tables().pronouns[(found["subject"] or found["owner"]).lower()]
        if gender_of(who) not in ("", gender):
            continue
        near = list(_people_before(place, gender, marked))
        if is_official_nearer(near[0] if near else None, place, marked):
            continue
        if is_same(near[0].who, who) or _is_called(near[0].name, known) if near else meant:
            return behalf_name(text[found.end() :][:_LONGEST_NAME])
    return None


def named_anew(text: str, name: str | None) -> str | None:
    """The name that a message gives the person who is known by this one: 'Kaj hedder Kaj Holm', 'Kajs navn er ...'."""
    found = next((one for one in _NAMED_BY_NAME.finditer(text) if _is_called(one["said"], name)), None)
    return behalf_name(text[found.end() :][:_LONGEST_NAME]) if found else None


def _is_called(said: str | None, name: str | None) -> bool:
    """Whether a name begins as the known one does, a genitive 's' aside."""
    one, two = (fold(str(given or "")).partition(" ")[0] for given in (said, name))
    return bool(two) and one in (two, f"{two}s")


def names_an_official(text: str) -> bool:
    """Whether the name in a message is a caseworker's or the like: 'min sagsbehandler, hun hedder Lone Vig'."""
    named = _NAMED.search(text)
    before = mark_people(text[: named.start()]) if named else None
    return before is not None and is_official_nearer(
        before.people[max(before.people)] if before.people else None, len(before.text), before
    )


def is_same(who: str | None, other: str | None) -> bool:
    """Whether both name the same relation: 'din gamle mor' and 'din mor'."""
    return bool(who and other) and fold(str(who)).split()[-1] == fold(str(other)).split()[-1]


def is_own_child(who: str | None) -> bool:
    """Whether `who` ('din søn') is a child of the citizen."""
    return bool(who) and fold(str(who)).split()[-1] in _tables().children


def is_relative(who: str | None) -> bool:
    """Whether `who` ('din mor') is a relative of the citizen."""
    return bool(who) and fold(str(who)).split()[-1] in _tables().relatives


def gender_of(who: str | None) -> str:
    """'male' or 'female' for `who` ('din søn'); '' where that is unknown."""
    return _tables().genders.get(fold(who).split()[-1], "") if who else ""


def is_official_nearer(person: Person | None, place: int, marked: Marked) -> bool:
    """Whether an official is mentioned between `person` and `place`, so that a pronoun there means the official."""
    begin = next((at for at, other in marked.people.items() if other is person), 0)
    return bool(_tables().officials.search(marked.text, max(begin, place - _FURTHEST), place))


def _people_before(place: int, gender: str, marked: Marked) -> Iterator[Person]:
    """The people of a fitting gender before a place, the nearest first."""
    for at in sorted(marked.people, reverse=True):
        near = at < place and place - at <= _FURTHEST
        if near and marked.people[at].gender in ("", gender or marked.people[at].gender):
            yield marked.people[at]


def _relation(found: patterns.Match, marked: Marked, *, tells_kin: bool) -> Told | None:
    behind = marked.text[found.end() : found.end() + _LONGEST_QUESTION]
    if _DENIED.search(found.group()) or _NO_TELLING.match(behind):
        return None
    people = [person for place, person in marked.people.items() if found.start() <= place < found.end()]
    kin = people.pop() if tells_kin else None
    said = fold(marked.text[found.start() : found.end()]).split()[0].strip(",")
    gender = _tables().pronouns.get(said, "") or (kin.gender if kin else "")
    if kin and kin.gender not in ("", gender):
        return None
    about = people[0] if people else None
    if about is None and said in (*_tables().pronouns, "det"):
        about = _antecedent(found.start(), gender, kin, marked)
        if said in _tables().pronouns and is_official_nearer(about, found.start(), marked):
            return None
    elif about is None:
        start = marked.starts[found.start()]
        about = Person(start, start + len(said), None, said, "name")
    return _as_told(kin, about, _is_young(found, kin, marked))


def _the_other_way(found: patterns.Match, marked: Marked) -> Told | None:
    """What somebody is to the citizen, who says what they are to them: 'jeg er hendes mand'."""
    if _DENIED.search(found.group()) or _NO_TELLING.match(marked.text[found.end() : found.end() + _LONGEST_QUESTION]):
        return None
    gender = _tables().pronouns[found["their"]]
    near = _people_before(found.start(), gender, marked)
    about = next((person for person in near if person.kind == "name" or person.owned), None)
    return Told("relative", _tables().other_way[found["kin"]][gender], False, about)


def _antecedent(place: int, gender: str, kin: Person | None, marked: Marked) -> Person | None:
    """Whom a pronoun means. A person with another relation is skipped: 'min mand hører om Emil, han er min søn'."""
    near = _people_before(place, gender, marked)
    return next((person for person in near if not (kin and person.who) or is_same(person.who, kin.who)), None)


def _is_young(found: patterns.Match, kin: Person | None, marked: Marked) -> bool:
    """Whether the person is under 18, by age or school."""
    age = found.groupdict().get("age") or (kin.age if kin else None)
    if age is not None:
        return int(age) < GROWN_UP
    return bool(_tables().schools.search(marked.text if kin else found.group()))


def _as_told(kin: Person | None, about: Person | None, young: bool) -> Told | None:
    if kin is None:
        return Told(None, None, True, about) if young else None
    relation = ("guardian" if young else "relative") if kin.kind == "child" else kin.kind
    return Told(relation, kin.who, young, about)


@dataclass(frozen=True)
class _Tables:
    phrases: Phrases
    officials: patterns.Pattern
    schools: patterns.Pattern
    children: frozenset[str]
    relatives: frozenset[str]
    genders: dict[str, str]
    pronouns: dict[str, str]
    # 'Jeg er hendes mand', and what she is: by what the citizen is to them, and by their gender.
    own_kin: patterns.Pattern
    other_way: dict[str, dict[str, str]]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Built from data/values/behalf.yml at the first message."""
    data = load("behalf")
    groups = {name: data[name] for name in ("kin", "young")}
    schools = any_of(data["schools"])
    other_way = {fold(noun): kin for kin in data["other_way"] for noun in kin["of"]}
    fillers = "|".join(map(fold, data["fillers"]))
    theirs = "|".join(fold(word) for word, sex in data["their"].items() if sex)
    signs = _SIGNS | {"class": rf"(?:\d{{1,2}}\.? )?{schools.pattern}"}
    return _Tables(
        phrases=Phrases(groups, {}, data["fillers"], signs),
        officials=any_of(data["officials"]),
        schools=schools,
        children=frozenset(map(fold, data["people"]["child"])),
        relatives=frozenset(map(fold, [*data["people"]["relative"], *data["people"]["child"]])),
        genders={fold(noun): gender for gender in ("male", "female") for noun in data[gender]},
        pronouns={fold(word): sex for name in ("subject", "their") for word, sex in data[name].items() if sex},
        own_kin=patterns.compile(
            rf"\b(?:jeg (?:{_SIGNS['name']} |hedder {_SIGNS['name']} og )?er|er jeg)(?: (?:{fillers}))? "
            rf"(?P<their>{theirs}) (?P<kin>{'|'.join(other_way)})\b"
        ),
        other_way=other_way,
    )
