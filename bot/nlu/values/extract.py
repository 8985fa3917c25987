"""Finds all values of one message, in an order that keeps them apart.

E-mail addresses and numbers are read first, so that no date is read out of them; then times with a clear mark, dates,
times in bare figures, and phrases. Names come last: a name is what no other rule explains.
"""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime

from bot.nlu.values.contacts import find_contacts
from bot.nlu.values.dates.canonical import HIDDEN, Canonical
from bot.nlu.values.dates.find import find_dates
from bot.nlu.values.dates.times import FoundTime, clear_times, figure_times
from bot.nlu.values.marking.aside import mark_aside
from bot.nlu.values.marking.negation import mark_negated
from bot.nlu.values.marking.tense import mark_tense
from bot.nlu.values.model import Value, compose, cover
from bot.nlu.values.people.behalf import find_behalf
from bot.nlu.values.people.mentions import names_of_kin
from bot.nlu.values.people.names import find_names
from bot.nlu.values.phrases.authorities import find_authorities
from bot.nlu.values.phrases.matcher import find_phrases
from bot.nlu.values.phrases.recurrence import find_recurrence
from common import clock, cpr
from common.memo import once

LONGEST = 4000
# Values kept of one entity: all of them are stored with the message and sent to the actions with every later one.
_MOST_OF_ENTITY = 20
_NEVER_A_NAME = ("date", "time", "department", "meeting_kind", "recording_medium")


def find_values(text: str, now: datetime, counted_from: date | None = None) -> list[Value]:
    """The values in a Danish message, sorted by place; no two of one entity overlap.

    Only the first `LONGEST` characters are read. `now`: the time in Copenhagen from which 'i morgen' is counted;
    `counted_from`: the known day from which 'dagen efter' is.
    """
    plain, origin = compose(text[:LONGEST])
    hidden = cpr.find(plain)
    contacts = find_contacts(plain, hidden)
    numbers = [*hidden, *((item.start, item.end) for item in contacts)]
    values = contacts + _dates_and_times(plain, numbers, now, counted_from)
    covered = cover(plain, numbers, HIDDEN)
    when = [(item.start, item.end) for item in values if item.entity in ("date", "time")]
    values += [*find_phrases(covered, when, names_of_kin(covered)), *find_authorities(covered)]
    others = [(item.start, item.end) for item in values if item.entity in _NEVER_A_NAME]
    values += find_names(plain, numbers, others)
    values.sort(key=_by_place)
    values = mark_tense(mark_aside(mark_negated(_limited(values), plain), plain), plain)
    # Added after the marks: these find their own 'ikke'.
    whole = _without_marks(covered, [(item.start, item.end) for item in values if item.entity in ("date", "time")])
    values += _limited([*find_behalf(whole), *find_recurrence(covered)])
    values.sort(key=_by_place)
    return [replace(item, start=origin[item.start], end=origin[item.end]) for item in values]


@once
def values_in(text: str) -> tuple[Value, ...]:
    """The values in a Danish message, counted from now; kept while one message is read."""
    return tuple(find_values(text, clock.now()))


def _by_place(item: Value) -> tuple[int, int, str]:
    return item.start, item.end, item.entity


def _limited(values: list[Value]) -> list[Value]:
    counts: Counter[str] = Counter()
    kept: list[Value] = []
    for item in values:
        counts[item.entity] += 1
        if counts[item.entity] <= _MOST_OF_ENTITY:
            kept.append(item)
    return kept


def _dates_and_times(
    plain: str, numbers: list[tuple[int, int]], now: datetime, counted_from: date | None
) -> list[Value]:
    canonical = Canonical(plain, numbers)
    times = clear_times(canonical.text, now)
    # 'om 2 timer' and 'i morgen middag' also name a day: they stay visible to the dates.
    claimed = [(item.start, item.end) for item in times if item.rule not in ("from_now", "midday")]
    text = canonical.claim(claimed)
    dates = find_dates(text, now, counted_from)
    spans = [(item.start, item.end) for item in dates]
    times += figure_times(canonical.claim([*claimed, *spans]), spans)
    values = [Value("date", *canonical.span(item.start, item.end), item.days.value(), item.rule) for item in dates]
    values += [
        Value("time", *canonical.span(item.start, item.end), {"readings": list(item.readings)}, item.rule)
        for item in _without_overlaps(times)
        if item.readings
    ]
    return values


def _without_overlaps(times: list[FoundTime]) -> list[FoundTime]:
    kept: list[FoundTime] = []
    for item in sorted(times, key=lambda time: time.start):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _without_marks(text: str, spans: list[tuple[int, int]]) -> str:
    """The text, of the same length, without punctuation inside these spans that would look like a sentence's end."""
    for start, end in spans:
        said = text[start:end].rstrip(".!?")
        text = text[:start] + "".join("¤" if sign in ".:,;" else sign for sign in said) + text[start + len(said) :]
    return text
