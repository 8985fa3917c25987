"""Which of several days, hours, numbers and addresses are of something else than what was asked for.

'Brevet er fra den 24. november, og mødet er den 9.' gives one day of the meeting. The words that tell are data, in
data/values/aside.yml; they count in the part of a sentence in which the value stands.
"""

from dataclasses import dataclass, replace
from functools import cache

from bot.nlu.values.lexicon import any_of, fold, load
from bot.nlu.values.model import Value
from common import patterns

# Where a part of a sentence ends. Values are covered before it is looked for, so that 'kl. 10.15' ends none.
_END = patterns.compile(
    r"[,;!?()\n»«\"]|(?<!\bkl)(?<!\bd)(?<!\bnr)(?<!\btlf)(?<!\bca)\.(?=\s|$)"
    r"|(?=\bslut:)|(?<=\s)/(?=\s)|(?=\bfor (?:mødet|samtalen)\b)"
    r"|(?=\b(?:og(?! med\b)|men|mens|imens|samt|fordi|så (?:mødet|samtalen|det))\b)",
    patterns.IGNORECASE,
)
# 'På torsdag. Bussen går 8.20': the full stop belongs to 'torsdag.', and ends the sentence as well.
_ENDS_A_SENTENCE = patterns.compile(r"\.\s+[A-ZÆØÅ]")
_NEW_SENTENCE = patterns.compile(r"[.?!]\s*$")
# 'Vi får varer om fredagen': each Friday, where another day is named.
_EACH = patterns.compile(r"om [^\W\d]+dagen$", patterns.IGNORECASE)
_IS = patterns.compile(r"^ er (?:det )?(?:jo )?(?:en )?$", patterns.IGNORECASE)
# 'Hvis det er muligt, på Teams' makes the choice.
_IF = patterns.compile(
    r"\b(?:hvis|såfremt|medmindre)\b(?! (?:det (?:er |kan )|muligt|jeg må|jeg kan|vi må|i kan))", patterns.IGNORECASE
)
_SUPPOSED = ("meeting_kind", "recording_medium", "recording_purpose")
_AND = patterns.compile(r"^(?:og|samt)\b")
# In folded text, where a letter alone ('d.', 'i') says nothing.
_WORD = patterns.compile(r"[a-z]{2,}")
# So many words tell something of their own ('jeg skal opereres i hoften den 7.'), beside a day that is the meeting's.
_TELLS = 2


@dataclass(frozen=True)
class _Words:
    meant: patterns.Pattern
    aside: patterns.Pattern
    never: patterns.Pattern
    dated: patterns.Pattern


@dataclass(frozen=True)
class Part:
    """The part of a sentence around a value, and whether it says that the value is meant, or is another matter."""

    text: str
    meant: bool
    aside: bool
    never: bool
    # Whether its words stand around the value itself, or in the part before.
    own: bool = True
    # Whether it says that the citizen is called: that is the meeting, whatever stands beside.
    call: bool = False
    # Whether it names a department.
    placed: bool = False

    @property
    def tells(self) -> bool:
        """Whether it says anything but 'nej', 'eller' and the like."""
        return self.own and bool(_WORD.search(telling("fillers").sub("", self.text)))

    @property
    def words(self) -> int:
        """How many words it says beside its value; none where they are of the part before."""
        return len(_WORD.findall(self.text)) if self.own else 0


@cache
def _words(entity: str) -> _Words:
    lists = load("aside")[entity]
    dated = rf"{any_of(lists['dated']).pattern}(?: \d+)?(?: af| fra| dateret|,)?(?: den| d\.?)? ?$"
    meant, aside, never = (any_of(lists[name]) for name in ("meant", "aside", "never"))
    return _Words(meant, aside, never, patterns.compile(dated))


@cache
def telling(name: str) -> patterns.Pattern:
    """A list of data/values/telling.yml, over folded text."""
    return any_of(load("telling")[name])


def mark_aside(values: list[Value], text: str) -> list[Value]:
    """The same values, ``aside`` set on days, hours, numbers and addresses that are of another matter."""
    if telling("torn").search(fold(text)):
        return values
    aside = _told_of(values, text) | _each_week(values, text)
    for entity in load("aside"):
        own = [place for place, one in enumerate(values) if one.entity == entity and not one.negated]
        aside |= _of_another_matter(entity, [place for place in own if place not in aside], values, text)
    for place, one in enumerate(values):
        # The hour of a day that is of another matter is so as well: 'Sendt: 27. november 2026 16:02'.
        days = (values[day].end for day in aside if values[day].entity == "date")
        if one.entity == "time" and any(end <= one.start and not text[end : one.start].strip(" ,.") for end in days):
            aside.add(place)
    aside |= _hours_of_the_day_before(values, text) | _supposed(values, text)
    return [replace(one, aside=place in aside) for place, one in enumerate(values)]


def _supposed(values: list[Value], text: str) -> set[int]:
    """'Hvis de ringer, kan jeg ikke høre det': a choice in a condition is none that is made."""
    found: set[int] = set()
    for place, one in enumerate(values):
        start = max((end.end() for end in _END.finditer(text, 0, one.start)), default=0)
        if one.entity in _SUPPOSED and _IF.search(text[start : one.start]):
            found.add(place)
    return found


def _told_of(values: list[Value], text: str) -> set[int]:
    """'I morgen er jo skærtorsdag, så det er først på onsdag': where a third day is named, two that are one day."""
    dates = [place for place, one in enumerate(values) if one.entity == "date"]
    told: set[int] = set()
    for first, second, _ in zip(dates, dates[1:], dates[2:], strict=False):
        if _IS.match(text[values[first].end : values[second].start]):
            told |= {first, second}
    return told


def _hours_of_the_day_before(values: list[Value], text: str) -> set[int]:
    """'I morgen kl. 10. Den jeg vil optage er to uger derefter kl. 10.30': the hour is the one behind the day."""
    for one in values:
        if one.entity != "date" or not one.rule.startswith(("day_behind", "day_put_off")):
            continue
        hours = [place for place, other in enumerate(values) if other.entity == "time"]
        behind = [p for p in hours if values[p].start >= one.end and not text[one.end : values[p].start].strip(" ,.")]
        if behind:
            return {place for place in hours if place < behind[0]}
    return set()


def _each_week(values: list[Value], text: str) -> set[int]:
    """'Mandag kl. 10, vi får varer om fredagen': what is so every week, where another day is named."""
    dates = [place for place, one in enumerate(values) if one.entity == "date" and not one.negated]
    parts = zip(dates, parts_of("date", [values[place] for place in dates], values, text), strict=True)
    each = {
        place
        for place, part in parts
        if _EACH.match(text[values[place].start : values[place].end])
        and telling("each_week").search(part.text)
        and not telling("the_meeting").search(part.text)
    }
    return each if len(each) < len(dates) else set()


def _of_another_matter(entity: str, own: list[int], values: list[Value], text: str) -> set[int]:
    parts = parts_of(entity, [values[place] for place in own], values, text)
    never = {place for place, part in zip(own, parts, strict=True) if part.never and not part.meant}
    left = [(place, part) for place, part in zip(own, parts, strict=True) if place not in never]
    if len({str(values[place].value) for place, _ in left}) < 2:
        return never
    told = any(part.meant for _, part in left)
    others = [(place, part) for place, part in left if not (part.meant or part.call)]
    # 'Jobcentret den 10., og sygedagpenge den 19.': a meeting each.
    of_each = sum(part.placed for _, part in left) > 1
    others = [(place, part) for place, part in others if part.aside or not (of_each and part.placed)]
    beside = {place for place, part in others if part.aside or (told and part.words >= _TELLS)}
    # 'Torsdag. Eller nej, tandlægen er torsdag': the same day, said of something else.
    of_others = {str(values[place].value) for place, part in left if part.aside and not part.meant}
    beside |= {place for place, part in left if not part.tells and str(values[place].value) in of_others}
    return never | beside if len(beside) < len(left) else never


def parts_of(entity: str, own: list[Value], values: list[Value], text: str) -> list[Part]:
    """The part of a sentence around each of ``own``; 'igen i går' behind 'og' goes with what stands before it."""
    words = _words(entity)
    covered = _covered(text, values)
    # 'De ringer til mig den 3.' tells of the meeting, though 'jeg ringer den 3.' is another matter.
    calls = [one for one in values if one.entity == "meeting_kind" and one.value != "in_person" and not one.negated]
    places = [one for one in values if one.entity == "department" and not one.negated]
    ends = [0, *(found.end() for found in _END.finditer(covered)), len(text)]
    parts: list[Part] = []
    for place, one in enumerate(own):
        first = own[place - 1].end if place else 0
        last = own[place + 1].start if place + 1 < len(own) else len(text)
        start = max(end for end in ends if end <= one.start)
        end = min(end for end in ends if end >= one.end)
        said = fold(covered[max(start, first) : min(end, last)]).strip()
        own_words = bool(_WORD.search(said))
        if not own_words and not _NEW_SENTENCE.search(covered[:start]):
            # 'Jeg har rykket to gange, 16/11, ...': the part before says what the day is of.
            said = fold(
                covered[max(first, *(end for end in (0, *ends) if end < start or end == 0)) : min(end, last)]
            ).strip()
        dated = words.dated.search(fold(covered[max(start, first) : one.start]))
        part = replace(_part(said, words), own=own_words)
        if any(start <= one.start < end for one in calls):
            part = replace(part, call=True, aside=False)
        if dated:
            part = replace(part, meant=False, aside=True)
        elif parts and _AND.match(said) and not (part.meant or part.aside or part.never):
            before = max(begin for begin in ends if begin < max(start, 1))
            between = fold(covered[max(before, first) : start])
            # 'Jeg skal i retten den 7., men det her er mødet, og det er den 8.'
            part = replace(parts[-1] if before < first else _part(between, words), text=said)
        parts.append(replace(part, placed=any(start <= one.start < end for one in places)))
    return parts


def _part(said: str, words: _Words) -> Part:
    return Part(said, *(bool(getattr(words, name).search(said)) for name in ("meant", "aside", "never")))


def _covered(text: str, values: list[Value]) -> str:
    """The text, of the same length, with days, hours, numbers and addresses covered."""
    for one in values:
        if one.entity not in load("aside"):
            continue
        end = one.end - bool(_ENDS_A_SENTENCE.match(text, one.end - 1))
        text = text[: one.start] + "~" * (end - one.start) + text[end:]
    return text
