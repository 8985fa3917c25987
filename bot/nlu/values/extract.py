"""All values of one message, in the order that keeps them apart.

Addresses and numbers first, so that no date is read out of them; then times that are said as such, dates, times
in bare figures, phrases, and the name last, since a name is what nothing else explains.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from bot.nlu.values.contacts import find_contacts
from bot.nlu.values.dates.canonical import HIDDEN, Canonical
from bot.nlu.values.dates.find import find_dates
from bot.nlu.values.dates.times import FoundTime, clear_times, figure_times
from bot.nlu.values.marking.aside import mark_aside
from bot.nlu.values.marking.negation import mark_negated
from bot.nlu.values.marking.tense import by_tense
from bot.nlu.values.model import Value, compose, cover
from bot.nlu.values.people.behalf import find_behalf
from bot.nlu.values.people.names import find_names
from bot.nlu.values.phrases.authorities import find_authorities
from bot.nlu.values.phrases.matcher import find_phrases
from bot.nlu.values.phrases.recurrence import find_recurrence
from common import cpr

LONGEST = 4000
# Of one entity, the first so many count. Whoever names more names none: a list of 500 hours would be stored with the
# message, and be sent to the actions with every later one.
_MOST_OF_ONE = 20
_NO_NAME = ("date", "time", "department", "meeting_kind", "recording_medium")


def find_values(text: str, now: datetime) -> list[Value]:
    """The values in a citizen's message (Danish, at most 4,000 characters: the rest is not read).

    ``now`` is the time in Copenhagen that 'i morgen' counts from. Sorted by place; no two of one entity overlap.
    """
    plain, origin = compose(text[:LONGEST])
    hidden = cpr.find(plain)
    contacts = find_contacts(plain, hidden)
    numbers = [*hidden, *((one.start, one.end) for one in contacts)]
    values = contacts + _dates_and_times(plain, numbers, now)
    covered = cover(plain, numbers, HIDDEN)
    when = [(one.start, one.end) for one in values if one.entity in ("date", "time")]
    values += [*find_phrases(covered, when), *find_authorities(covered)]
    others = [(one.start, one.end) for one in values if one.entity in _NO_NAME]
    values += find_names(plain, numbers, others)
    values.sort(key=_place)
    values = by_tense(mark_aside(mark_negated(_first_of_each(values), plain), plain), plain)
    # Their 'ikke' is read with them: 'ikke for mig selv, men for min mor'.
    whole = _without_marks(covered, [(one.start, one.end) for one in values if one.entity in ("date", "time")])
    values += _first_of_each([*find_behalf(whole), *find_recurrence(covered)])
    values.sort(key=_place)
    return [replace(one, start=origin[one.start], end=origin[one.end]) for one in values]


def _place(one: Value) -> tuple[int, int, str]:
    return one.start, one.end, one.entity


def _first_of_each(values: list[Value]) -> list[Value]:
    counts: Counter[str] = Counter()
    kept: list[Value] = []
    for one in values:
        counts[one.entity] += 1
        if counts[one.entity] <= _MOST_OF_ONE:
            kept.append(one)
    return kept


def _dates_and_times(plain: str, numbers: list[tuple[int, int]], now: datetime) -> list[Value]:
    canonical = Canonical(plain, numbers)
    times = clear_times(canonical.text, now)
    # 'om 2 timer' names the day as well: the dates see it.
    claimed = [(one.start, one.end) for one in times if one.rule not in ("from_now", "midday")]
    text = canonical.claim(claimed)
    dates = find_dates(text, now)
    spans = [(one.start, one.end) for one in dates]
    times += figure_times(canonical.claim([*claimed, *spans]), spans)
    values = [Value("date", *canonical.span(one.start, one.end), one.days.value(), one.rule) for one in dates]
    values += [
        Value("time", *canonical.span(one.start, one.end), {"readings": list(one.readings)}, one.rule)
        for one in _apart(times)
        if one.readings
    ]
    return values


def _apart(times: list[FoundTime]) -> list[FoundTime]:
    kept: list[FoundTime] = []
    for one in sorted(times, key=lambda time: time.start):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _without_marks(text: str, spans: list[tuple[int, int]]) -> str:
    """The text, of the same length, in which no sentence seems to end inside these."""
    for start, end in spans:
        said = text[start:end].rstrip(".!?")
        text = text[:start] + "".join("¤" if sign in ".:,;" else sign for sign in said) + text[start + len(said) :]
    return text
