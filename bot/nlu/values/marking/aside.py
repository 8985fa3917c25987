"""Marks days, times, numbers and addresses that belong to another matter than the request.

Of 'Brevet er fra den 24. november, og mødet er den 9.' only the 9th is the meeting's. The words that decide are in
data/values/aside.yml and telling.yml; they count within the clause in which the value stands.
"""

from dataclasses import dataclass, replace
from functools import cache

from bot.nlu.values.lexicon import any_of, fold, load
from bot.nlu.values.model import Value
from common import patterns

# The end of a clause. Values are covered before the search: the full stop of 'kl. 10.15' ends none.
_END = patterns.compile(
    r"[,;!?()\n»«\"]|(?<!\bkl)(?<!\bd)(?<!\bnr)(?<!\btlf)(?<!\bca)\.(?=\s|$)"
    r"|(?=\bslut:)|(?<=\s)/(?=\s)|(?=\bfor (?:mødet|samtalen)\b)"
    r"|(?=\b(?:og(?! med\b)|men|mens|imens|samt|fordi|så (?:mødet|samtalen|det))\b)",
    patterns.IGNORECASE,
)
# A full stop that belongs to a value ('på torsdag.') may end the sentence as well.
_ENDS_A_SENTENCE = patterns.compile(r"\.\s+[A-ZÆØÅ]")
_NEW_SENTENCE = patterns.compile(r"[.?!]\s*$")
# 'om fredagen' may mean every Friday.
_WEEKLY = patterns.compile(r"om [^\W\d]+dagen$", patterns.IGNORECASE)
_IS = patterns.compile(r"^ er (?:det )?(?:jo )?(?:en )?$", patterns.IGNORECASE)
# A choice behind a condition is not made, except behind polite ones ('hvis det er muligt').
_IF = patterns.compile(
    r"\b(?:hvis|såfremt|medmindre)\b(?! (?:det (?:er |kan )|muligt|jeg må|jeg kan|vi må|i kan))", patterns.IGNORECASE
)
_CHOICES = ("meeting_kind", "recording_medium", "recording_purpose")
_AND = patterns.compile(r"^(?:og|samt)\b")
# Single letters ('d.', 'i') are no words here.
_WORD = patterns.compile(r"[a-z]{2,}")
# Beside a department, it rings: 'Ydelsesservice ringer til hende', 'så ringer jobcentret'.
_RINGS_BEHIND = patterns.compile(r"\s(?:så |også )?(?:ringer|ringede)\b", patterns.IGNORECASE)
_RINGS_BEFORE = patterns.compile(r"(?<!jeg )(?<!vi )\b(?:ringer|ringede) (?:så |også )?$", patterns.IGNORECASE)
# A clause with this many words is about something of its own, where another day is clearly the meeting's.
_OWN_MATTER_WORDS = 2


@dataclass(frozen=True)
class _Words:
    meant: patterns.Pattern
    aside: patterns.Pattern
    never: patterns.Pattern
    dated: patterns.Pattern
    goes: patterns.Pattern


@dataclass(frozen=True)
class Part:
    """The clause around a value (folded), and what its words say.

    `meant`: the value is the meeting's; `aside`: of another matter, if there is a choice; `never`: in any case.
    """

    text: str
    meant: bool
    aside: bool
    never: bool
    # False where the words are those of the clause before.
    own: bool = True
    # It says that the citizen is called, which is the meeting.
    call: bool = False
    # It names a department.
    placed: bool = False
    # Of another matter by words besides its department ('skolen').
    aside_besides: bool = False

    @property
    def tells(self) -> bool:
        """Whether it has other words than fillers ('nej', 'eller')."""
        return self.own and bool(_WORD.search(telling("fillers").sub("", self.text)))

    @property
    def words(self) -> int:
        """How many words it has besides the value; 0 where they are those of the clause before."""
        return len(_WORD.findall(self.text)) if self.own else 0


@cache
def _words(entity: str) -> _Words:
    lists = load("aside")[entity]
    dated = rf"{any_of(lists['dated']).pattern}(?: \d+)?(?: af| fra| dateret|,)?(?: den| d\.?)? ?$"
    meant, aside, never, goes = (any_of(lists[name]) for name in ("meant", "aside", "never", "goes"))
    return _Words(meant, aside, never, patterns.compile(dated), goes)


@cache
def telling(name: str) -> patterns.Pattern:
    """The list `name` of data/values/telling.yml as a pattern over folded text."""
    return any_of(load("telling")[name])


def mark_aside(values: list[Value], text: str) -> list[Value]:
    """The same values, with `aside` set where they belong to another matter. `text`: the message, composed."""
    if telling("torn").search(fold(text)):
        return values
    aside = _doubly_named(values, text) | _weekly(values, text)
    for entity in load("aside"):
        own = [place for place, value in enumerate(values) if value.entity == entity and not value.negated]
        aside |= _of_another_matter(entity, [place for place in own if place not in aside], values, text)
    for place, value in enumerate(values):
        # A time directly behind such a day belongs to it: 'Sendt: 27. november 2026 16:02'.
        days = (values[day].end for day in aside if values[day].entity == "date")
        if value.entity == "time" and any(
            end <= value.start and not text[end : value.start].strip(" ,.") for end in days
        ):
            aside.add(place)
    aside |= _earlier_times(values, text) | _conditional(values, text)
    return [replace(value, aside=place in aside) for place, value in enumerate(values)]


def _conditional(values: list[Value], text: str) -> set[int]:
    """Indices of choices in a condition: 'hvis de ringer, kan jeg ikke høre det'."""
    found: set[int] = set()
    for place, value in enumerate(values):
        start = max((end.end() for end in _END.finditer(text, 0, value.start)), default=0)
        if value.entity in _CHOICES and _IF.search(text[start : value.start]):
            found.add(place)
    return found


def _doubly_named(values: list[Value], text: str) -> set[int]:
    """Indices of two names of one day ('i morgen er jo skærtorsdag'), where a third day follows."""
    dates = [place for place, value in enumerate(values) if value.entity == "date"]
    named_twice: set[int] = set()
    for first, second, _ in zip(dates, dates[1:], dates[2:], strict=False):
        if _IS.match(text[values[first].end : values[second].start]):
            named_twice |= {first, second}
    return named_twice


def _earlier_times(values: list[Value], text: str) -> set[int]:
    """Indices of times before the one that stands behind a day counted from another ('to uger derefter kl. 10.30')."""
    for value in values:
        if value.entity != "date" or not value.rule.startswith(("day_behind", "day_put_off")):
            continue
        hours = [place for place, other in enumerate(values) if other.entity == "time"]
        behind = [
            p for p in hours if values[p].start >= value.end and not text[value.end : values[p].start].strip(" ,.")
        ]
        if behind:
            return {place for place in hours if place < behind[0]}
    return set()


def _weekly(values: list[Value], text: str) -> set[int]:
    """Indices of weekdays that mean every week ('vi får varer om fredagen'), where another day is named."""
    dates = [place for place, value in enumerate(values) if value.entity == "date" and not value.negated]
    parts = zip(dates, parts_of("date", [values[place] for place in dates], values, text), strict=True)
    each = {
        place
        for place, part in parts
        if _WEEKLY.match(text[values[place].start : values[place].end])
        and telling("each_week").search(part.text)
        and not telling("the_meeting").search(part.text)
    }
    return each if len(each) < len(dates) else set()


def _of_another_matter(entity: str, own: list[int], values: list[Value], text: str) -> set[int]:
    """Of the values at the indices `own`, all of one entity, the indices of those of another matter."""
    parts = parts_of(entity, [values[place] for place in own], values, text)
    never = {place for place, part in zip(own, parts, strict=True) if part.never and not part.meant}
    left = [(place, part) for place, part in zip(own, parts, strict=True) if place not in never]
    if len({str(values[place].value) for place, _ in left}) < 2:
        return never
    shown = {place for place, part in left if telling("shown").search(part.text)}
    if shown and len(shown) < len(left):
        return never | shown
    any_meant = any(part.meant for _, part in left)
    # Where several clauses name a department, each is a meeting: 'jobcentret den 10., og sygedagpenge den 19.'.
    of_each = sum(part.placed for _, part in left) > 1
    if of_each:
        left = [(n, replace(part, aside=part.aside_besides) if part.placed else part) for n, part in left]
    others = [(place, part) for place, part in left if not (part.meant or part.call)]
    others = [(place, part) for place, part in others if part.aside or not (of_each and part.placed)]
    aside = {place for place, part in others if part.aside or (any_meant and part.words >= _OWN_MATTER_WORDS)}
    # A day repeated without words, of which another clause says that it is another matter.
    of_others = {str(values[place].value) for place, part in left if part.aside and not part.meant}
    aside |= {place for place, part in left if not part.tells and str(values[place].value) in of_others}
    return never | aside if len(aside) < len(left) else never


def parts_of(entity: str, own: list[Value], values: list[Value], text: str) -> list[Part]:
    """The clause around each of `own` (of the one `entity`); `values`: all values of the message.

    A clause without words, or one that 'og' joins and that decides nothing, takes what the clause before it says.
    """
    words = _words(entity)
    covered = _covered(text, values)
    # 'De ringer til mig den 3.' tells of the meeting, though 'jeg ringer den 3.' is another matter.
    calls = [
        value for value in values if value.entity == "meeting_kind" and value.value != "in_person" and not value.negated
    ]
    places = [value for value in values if value.entity == "department" and not value.negated]
    ends = [0, *(found.end() for found in _END.finditer(covered)), len(text)]
    parts: list[Part] = []
    for place, value in enumerate(own):
        first = own[place - 1].end if place else 0
        last = own[place + 1].start if place + 1 < len(own) else len(text)
        start = max(end for end in ends if end <= value.start)
        end = min(end for end in ends if end >= value.end)
        said = fold(covered[max(start, first) : min(end, last)]).strip()
        own_words = bool(_WORD.search(said))
        if not own_words and not _NEW_SENTENCE.search(covered[:start]):
            said = fold(
                covered[max(first, *(end for end in (0, *ends) if end < start or end == 0)) : min(end, last)]
            ).strip()
        dated = words.dated.search(fold(covered[max(start, first) : value.start]))
        part = replace(_part(said, words), own=own_words)
        if any(start <= value.start < end for value in calls) or any(
            start <= one.start < end and _rings(one, text) for one in places
        ):
            part = replace(part, call=True, aside=False)
        if dated:
            part = replace(part, meant=False, aside=True)
        elif parts and _AND.match(said) and not (part.meant or part.aside or part.never):
            before = max(begin for begin in ends if begin < max(start, 1))
            between = fold(covered[max(before, first) : start])
            # 'Jeg skal i retten den 7., men det her er mødet, og det er den 8.'; nothing is between in 'den 9., og så'.
            same = before < first or not _WORD.search(between)
            part = replace(parts[-1] if same else _part(between, words), text=said)
        here = [fold(text[one.start : one.end]) for one in places if start <= one.start < end]
        # A clause that takes what the one before it says has none of these words itself.
        its_own = bool(dated) or bool(words.aside.search(part.text))
        if part.aside and its_own:
            besides = bool(dated) or bool(words.aside.search(_without(part.text, here)))
        else:
            besides = part.aside_besides
        goes = not here and bool(words.goes.search(part.text))
        parts.append(replace(part, placed=bool(here), aside=part.aside or goes, aside_besides=besides))
    return parts


def _rings(department: Value, text: str) -> bool:
    """Whether it is the department that calls."""
    behind = _RINGS_BEHIND.match(text, department.end)
    return bool(behind or _RINGS_BEFORE.search(text, 0, department.start))


def _without(said: str, names: list[str]) -> str:
    for name in names:
        said = said.replace(name, " ")
    return said


def _part(said: str, words: _Words) -> Part:
    return Part(said, *(bool(getattr(words, name).search(said)) for name in ("meant", "aside", "never")))


def _covered(text: str, values: list[Value]) -> str:
    """The text, of the same length, with the days, times, numbers and addresses covered."""
    for value in values:
        if value.entity not in load("aside"):
            continue
        end = value.end - bool(_ENDS_A_SENTENCE.match(text, value.end - 1))
        text = text[: value.start] + "~" * (end - value.start) + text[end:]
    return text
