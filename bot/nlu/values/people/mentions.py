"""Finds the people in a message, by relation ('min mor', 'en borger') or name, and marks them.

In the marked text each person is one sign, so that templates match `min mor, Karen Holm,` and `mor` alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from bot.nlu.values.lexicon import any_of, fold, fold_with_places, load, word_set
from bot.nlu.values.people.names import is_of_words
from bot.nlu.values.phrases.templates import either
from common import patterns
from common.memo import once

# Characters of Unicode's private use area; those in a message are replaced by blanks.
SIGNS = {"relative": "\ue000", "child": "\ue001", "representative": "\ue002", "other": "\ue003", "name": "\ue004"}
OWNER, NAMED_OWNER = "\ue005", "\ue006"
_PRIVATE = patterns.compile("[\ue000-\ue006]")
GROWN_UP = 18
_MOST_NAMES = 40
_CAPITAL = r"[^\W\d_a-zæøå](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
_NAME = patterns.compile(rf"(?<![\w@.-])(?:{_CAPITAL})(?: (?:(?:von|van|de|der|den|al|el|af) )?(?:{_CAPITAL})){{0,5}}")
_SENTENCE_BEGINS = patterns.compile(r"(?:^|[.!?\n])\s*$")
# Between a person and the name: 'min mor, Karen Holm', 'min mor der hedder Karen'.
_TO_NAME = patterns.compile(r",? ?\(?(?:(?:som|der|han|hun|og) )?(?:hedder |heder )?")
# Between a name and what its bearer is, told behind it: 'Karen Holm, min mor'.
_TO_KIN = patterns.compile(r", | \(")
_CLAUSE_ENDS = patterns.compile(r"\)|\s{0,9}(?:[.,;!?\n]|$)")
_AGE = patterns.compile(
    r",? ?\(?(?:(?:som|der|han|hun|de|og) )?(?P<is>er )?(?:kun )?(?P<at>p(?:å|aa) )?"
    r"(?P<age>\d{1,2})(?P<years> ?(?:år|aar)\b)?(?![:/¤\d]|-\d"
    # Before a new sentence 'på 15.' is an age, before a month a day.
    r"|\.(?!\s*$|\s+(?:m(?:å|aa)|kan|jeg|han|hun|vi|vil|det)\b))",
    patterns.IGNORECASE,
)
# Another's relative: 'hans far', 'Emils far'.
_ANOTHERS = patterns.compile(r"\b(?:(?i:hans|hendes|deres|sin)|[A-ZÆØÅ][^\W\d_]{1,30}s) $")
_PIECE = patterns.compile(r"\n|\s+|[^\s]")


@dataclass(frozen=True)
class Person:
    """A person at a place of the text: `who` in the assistant's words ('din mor'), `kind` a key of SIGNS.

    `gender`: 'male', 'female' or ''. `owner`: mentioned in the genitive ('min mors'). `owned`: 'min', not 'en'.
    """

    start: int
    end: int
    who: str | None
    name: str | None
    kind: str
    gender: str = ""
    age: int | None = None
    owner: bool = False
    owned: bool = True

    @property
    def sign(self) -> str:
        """The character that stands for the person in a marked text."""
        if self.owner:
            return NAMED_OWNER if self.kind == "name" else OWNER
        if self.kind == "representative" and not self.owned:
            return SIGNS["other"]
        return SIGNS[self.kind]


@dataclass(frozen=True)
class Marked:
    """A folded text with one sign for each person, by its index in `people`; `starts` and `ends` map back."""

    text: str
    starts: list[int]
    ends: list[int]
    people: dict[int, Person]


@once
def mark_people(text: str) -> Marked:
    """The text with letters folded, blanks collapsed and people replaced by signs."""
    text = _PRIVATE.sub(" ", text)
    people = {person.start: person for person in _people(text)}
    signs: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    marked: dict[int, Person] = {}
    place = 0
    for piece in _PIECE.finditer(text):
        if piece.start() < place:
            continue  # inside a person
        person = people.get(piece.start())
        end = person.end if person else piece.end()
        said = person.sign if person else _shown(piece.group())
        if person:
            marked[len(signs)] = person
        for letter in said:
            signs.append(letter)
            starts.append(piece.start())
            ends.append(end)
        place = end
    return Marked("".join(signs), starts, ends, marked)


def _shown(piece: str) -> str:
    return piece if piece == "\n" else " " if piece.isspace() else fold(piece)


def names_of_kin(text: str) -> list[tuple[int, int]]:
    """Spans of the names that stand behind a relation: 'Jens' in 'min søn Jens'."""
    people = (one for one in mark_people(text).people.values() if one.who and one.name)
    spans = ((one.end - len(str(one.name)), one.end, one.name) for one in people)
    return [(start, end) for start, end, name in spans if text[start:end] == name]


def names_in(text: str) -> list[tuple[int, int]]:
    """Spans of capitalised words that may be names; not a single word at the beginning of a sentence."""
    found = []
    for run in islice(_NAME.finditer(text), _MOST_NAMES):
        words = run.group().split()
        start = run.start()
        while len(words) > 1 and is_of_words(words[0]) and not words[0].islower():
            start += len(words.pop(0)) + 1
        said = " ".join(words)
        alone = len(words) == 1 and (said.isupper() or _SENTENCE_BEGINS.search(text[max(0, start - 3) : start]))
        if not alone and not is_of_words(said) and not _lists().not_a_name.search(fold(said)):
            found.append((start, run.end()))
    return found


@dataclass(frozen=True)
class _Lists:
    kinds: dict[str, str]
    turned: dict[str, str]
    genders: dict[str, str]
    not_a_name: patterns.Pattern
    person: patterns.Pattern
    parent_of: patterns.Pattern
    owned: patterns.Pattern


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    data = load("behalf")
    kinds = {fold(noun): kind for kind, nouns in data["people"].items() for noun in nouns}
    turned = {fold(mine): yours for mine, yours in data["turned"].items()}
    noun, adjective = either(kinds), either(data["adjectives"])
    aged = rf"(?:(?:{adjective}|(?P<aged>\d\d?) ?-?aarige) ){{0,2}}"
    owned = rf"(?P<mine>{either(turned)}) {aged}(?:(?P<through>{noun})s )?(?P<noun>{noun})"
    unowned = rf"en (?:(?:{adjective}) )?(?:af vores )?(?P<any>{either(data['unowned'])})"
    person = rf"(?<!\w)(?:{owned}|{unowned}|(?P<bare>{either(data['bare'])}))(?P<owner>'?s)?(?!\w)"
    return _Lists(
        kinds=kinds,
        turned=turned,
        genders={fold(noun): gender for gender in ("male", "female") for noun in data[gender]},
        not_a_name=any_of(data["not_a_name"]),
        person=patterns.compile(person),
        # 'Jeg er mor til', before a name.
        parent_of=patterns.compile(rf"\b(?:jeg er|vi er|som) (?P<kin>{noun}) (?:til|for) $"),
        owned=patterns.compile(rf" (?:{'|'.join(data['owned'])})"),
    )


def _people(text: str) -> Iterator[Person]:
    """The people by place, not overlapping."""
    folded, places = fold_with_places(text)
    names = names_in(text)
    end = 0
    people = [
        _found(person, text, places)
        for person in _lists().person.finditer(folded)
        if not _is_anothers(person, text, places)
    ]
    for person in sorted([*people, *_named(names, text)], key=lambda person: person.start):
        if person.start >= end:
            whole = (
                person if person.owner else _with_age(_with_name(_with_kin(person, people, text), names, text), text)
            )
            end = whole.end
            yield whole


def _is_anothers(found: patterns.Match, text: str, places: list[int]) -> bool:
    start = places[found.start()]
    return bool(found["bare"]) and bool(_ANOTHERS.search(text[max(0, start - 40) : start]))


def _found(found: patterns.Match, text: str, places: list[int]) -> Person:
    start, end = places[found.start()], places[found.end() - 1] + 1
    noun = found["noun"] or found["any"] or found["bare"]
    kind = _lists().kinds[noun]
    if found["any"] and kind == "relative":
        kind = "other"  # 'en ung mand' is not the citizen's husband
    if found["through"]:
        # 'min nabos søn' is not the citizen's child.
        kind = "relative" if _lists().kinds[found["through"]] in ("relative", "child") else "other"
    said = text[start : places[found.end("owner") - 1] + 1 if found["owner"] else end]
    said = said.removesuffix("s").removesuffix("'") if found["owner"] else said
    # 'min MOR' is called as any other.
    said = " ".join(word.lower() if word.isupper() else word for word in said.split())
    mine, _, rest = said.partition(" ")
    who = f"{_lists().turned[found['mine']]} {rest}" if found["mine"] else said
    age = int(found["aged"]) if found["aged"] else None
    owned = bool(found["mine"])
    who = f"din {said.lower()}" if found["bare"] else who if owned else f"{mine.lower()} {rest}"
    gender = _lists().genders.get(noun, "")
    own_child = load("behalf")["own_child"].get(noun) if found["any"] else None
    if own_child and _lists().parent_of.search(fold(text[max(0, start - 40) : start])):
        who, owned = f"din {own_child}", True
    return Person(start, end, " ".join(who.split()), None, kind, gender, age, bool(found["owner"]), owned)


def _named(names: list[tuple[int, int]], text: str) -> Iterator[Person]:
    """People mentioned only by name; 'jeg er mor til Emil' says what Emil is to the citizen."""
    for start, end in names:
        kin = _lists().parent_of.search(fold(text[max(0, start - 40) : start]))
        kind, gender = "name", ""
        if kin:
            noun = kin["kin"]
            kind = "child" if noun in word_set("behalf", "parents") else _lists().kinds[noun]
        owner = text[end - 1] == "s" and bool(_lists().owned.match(text[end : end + 12]))
        name = text[start : end - 1] if owner else text[start:end]
        yield Person(start, end, None, name, kind, gender, owner=owner)


def _with_kin(person: Person, people: list[Person], text: str) -> Person:
    """The named person with what they are to the citizen, where that follows: 'Karen Holm, min mor'."""
    between = _TO_KIN.match(text, person.end) if person.kind == "name" else None
    for kin in people if between else ():
        if between and kin.start == between.end() and kin.owned and not kin.owner and _CLAUSE_ENDS.match(text, kin.end):
            return replace(kin, start=person.start, name=person.name)
    return person


def _with_name(person: Person, names: list[tuple[int, int]], text: str) -> Person:
    """The person with the name that follows: 'min mor, Karen Holm'."""
    if person.name:
        return person
    between = _TO_NAME.match(text, person.end)
    end = between.end() if between else person.end
    for start, name_end in names:
        if start == end > person.end:
            return replace(person, end=name_end, name=text[start:name_end])
    return person


def _with_age(person: Person, text: str) -> Person:
    """The person with the age that follows; 'på 14' also becomes part of the mention."""
    age = _AGE.match(text, person.end)
    if not age or not (age["at"] or age["years"] or age["is"]):
        return person
    return replace(person, end=age.end() if age["at"] and not age["is"] else person.end, age=int(age["age"]))
