"""Day and hour of the meeting: past for notes, future for a recording."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import FAR_DAYS, FEW_WORDS, NEAR_DAYS, NO_DAY, SURE, TOLD_IN_PASSING
from bot.nlu.acts.request.meeting_text.parts import days_said
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.slot_values import Reading
from bot.nlu.values import find_values
from common import patterns
from common.clock import now
from common.request import State
from common.slots import FREE_TEXT, MEETING

_COUNTS = patterns.compile(r"\b(?:efter|senere|derefter|derpå)\b", patterns.IGNORECASE)
_COUNTED_RULES = ("day_behind", "weekday_behind")
_NAMED_DAY = "named_day"
_OF_A_MEETING = (*MEETING, "in_person", "phone_call", "video_call")
# Rules of dates with a month: 'vi mødes den mandag hun er tilbage, 3. august' is one day.
_WITH_MONTH = ("day_month", "day_slash_month", "date_year", "number_month", "day_dot_month")


def read_day(
    message: Message, kind: str | None, asked: str | None, today: date, reading: Reading, *, beside: bool = False
) -> None:
    """Adds the day, possible days, or that it is unfixed, vague or past; `beside`: asked for together with others."""
    days = [found for found in message.values("date") if not _in_the_name(message, asked, found)]
    days = [found for found in days if not _in_passing(message, found)]
    is_asked = asked == "meeting_date" or beside
    none = is_asked and message.cue("no_date")
    if not days:
        if none or (is_asked and not beside and learned_answers.values(message, "meeting_date")):
            reading.settled.add("meeting_date")
        return
    future, past, vague = _readings(days)
    # Notes are mostly of a past meeting, unless it says so: 'jeg skal til møde den 15. og vil gerne have noterne'.
    first, second = (past, future) if kind == "notes" and not message.cue("to_come") else (future, past)
    around = all(found.value.get("kind") == "vague" for found in days)  # 'omkring den 10.'
    doubtful = len(first) == 1 and len(second) == 1 and _doubtful(first[0], second[0], today, kind)
    if doubtful and none and kind == "recording":
        reading.settled.add("meeting_date")  # 'Brevet kom den 25. november, der står, at jeg hører nærmere'
    elif doubtful and not (none and kind == "notes"):
        reading.dates = sorted({*first, *second})
    elif len(first) == 1 and not around and not (none and kind == "notes"):
        reading.values["meeting_date"] = first[0]
    elif first:
        reading.dates = first  # 'Jeg søgte den 1. november, men dagen for mødet kender jeg ikke'
    elif second:
        _take_unlikely(second, kind, none, around, reading)
    elif vague and is_asked and (none or learned_answers.values(message, "meeting_date", NO_DAY)):
        reading.settled.add("meeting_date")  # 'De ringer efter ferien, der er ikke sat nogen dag af'
    elif vague and is_asked:
        reading.vague = True


def counted_from_known(message: Message, state: State) -> Message:
    """The message with the days that count from the one known day: 'der er også et møde ugen efter'."""
    days = {str(one["meeting_date"]) for one in state.meetings if one.get("meeting_date")}
    if len(days) != 1 or state.asked in FREE_TEXT or not _COUNTS.search(message.text):
        return message
    told = find_values(message.text, now(), date.fromisoformat(days.pop()))
    counted = [Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in told if v.entity == "date"]
    if not any(one.rule.startswith(_COUNTED_RULES) for one in counted):
        return message
    others = (one for one in message.found if one.entity != "date")
    return replace(message, found=tuple(sorted((*others, *counted), key=lambda one: one.start)))


def is_weekday_of(message: Message, day: str) -> bool:
    """Whether the only day in the message is the weekday of this day, and it corrects nothing."""
    said = {weekday_of(found) for found in message.values("date")}
    return said == {date.fromisoformat(day).weekday()} and not message.cue("correction")


def prefer_near_known_day(
    message: Message, reading: Reading, known: Mapping[str, Any], last: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Takes the known day where the message may mean it, and of two readings a year apart the one near it.

    `last`: meetings of the request sent before, whose days are preferred.
    """
    theirs = {one.get("meeting_date") for one in last} & set(reading.dates)
    if len(theirs) == 1:
        reading.values["meeting_date"], reading.dates = theirs.pop(), []
    day = known.get("meeting_date")
    told = reading.values.get("meeting_date")
    # 'Mødet er jo først den 16.', of the 16th of the next month, is no other day.
    if day and told not in (None, day) and (is_weekday_of(message, day) or _may_be(day, message)):
        reading.values["meeting_date"] = day
    elif day and (other := _in_the_week_of(day, message)) and reading.values.get("meeting_date") not in (None, other):
        # 'Torsdag, ikke onsdag', of a Wednesday the week after next: which Thursday is asked.
        reading.dates = sorted({other, str(reading.values.pop("meeting_date"))})
    if not day or len(reading.dates) != 2:
        return
    near, far = sorted(reading.dates, key=lambda one: abs((date.fromisoformat(one) - date.fromisoformat(day)).days))
    if abs((date.fromisoformat(far) - date.fromisoformat(near)).days) > FAR_DAYS:
        reading.values["meeting_date"], reading.dates = near, []


def _may_be(day: str, message: Message) -> bool:
    """Whether the one day of a message can be this day."""
    said = [{*found.value["future"], *found.value["past"]} for found in message.values("date") if _is_exact(found)]
    return len(said) == 1 and day in said[0]


def _in_the_week_of(day: str, message: Message) -> str | None:
    """The bare weekday of a message, where it has no other day, in the week of a known day; None where it is over."""
    said = {weekday_of(found) for found in message.values("date") if found.rule == "weekday"}
    weekday = said.pop() if len(said) == 1 else None
    known = date.fromisoformat(day)
    other = None if weekday is None else known + timedelta(days=weekday - known.weekday())
    return str(other) if other and other > now().date() else None


def _take_unlikely(second: list[str], kind: str | None, none: bool, around: bool, reading: Reading) -> None:
    """Takes a day on the unlikely side: notes may be of a day to come, a recording not of a past one."""
    if kind == "notes" and (len(second) > 1 or around):
        reading.dates = second
    elif kind == "notes":
        reading.values["meeting_date"] = second[0]
    elif len(second) == 1 and none:
        reading.settled.add("meeting_date")  # 'Dagen ligger ikke fast, hun skrev i fredags, at ...'
    elif len(second) == 1 and kind == "recording":
        reading.has_been = second[0]


def _in_passing(message: Message, found: Found) -> bool:
    """Whether a day counted from today is that of something else: 'jeg kan ringe til min datter i aften'."""
    if found.rule != _NAMED_DAY or not learned_answers.is_learnt(message):
        return False
    around = next((one for one in message.clauses if one.start <= found.start < one.end), None)
    clause = as_message(message, around.start, around.end, learned=True) if around else message
    told = learned_answers.told_of(clause, TOLD_IN_PASSING) + learned_answers.values(clause, "meeting_kind", SURE)
    tells = bool(clause.values("time", "department", "meeting_kind")) or not {*told}.isdisjoint(_OF_A_MEETING)
    return clause.words > FEW_WORDS and not (tells or clause.cue("the_meeting") or clause.cue("is_the_day"))


def _in_the_name(message: Message, asked: str | None, found: Found) -> bool:
    """Whether a day is part of the citizen's name, where that is asked for."""
    names = message.values("name") if asked == "applicant_name" else []
    return any(one.start <= found.start and found.end <= one.end for one in names)


def _readings(days: list[Found]) -> tuple[list[str], list[str], bool]:
    """Possible days to come, past days, and whether all is vague; several mentions of one day narrow it down."""
    # 'Fredag. Ikke denne, tror jeg, men næste fredag', 'kun om torsdagen, så det blev torsdag den 17.': the plain one
    # has only the weekday.
    narrower = {weekday_of(f) for f in days if f.rule == "week_later" or f.value.get("kind") == "ambiguous"}
    narrower |= {_first_day(f).weekday() for f in days if f.rule.startswith("weekday+") and _is_one_day(f)}
    narrower |= {day.weekday() for f in days if f.rule in _WITH_MONTH and _is_exact(f) for day in _all_days(f)}
    # 'En tirsdag i december, den 15.': the day has that weekday.
    of_days: set[int | None] = {
        day.weekday() for f in days if weekday_of(f) is None and _is_exact(f) for day in _all_days(f)
    }
    named = narrower | of_days
    days = [f for f in days if f.rule != "weekday" or weekday_of(f) not in (named if _is_exact(f) else of_days)]
    exact = [f.value for f in days if _is_exact(f) and days_said(f)]
    open_days = {day for f in days if f.value.get("kind") == "ambiguous" for day in days_said(f)}
    said = {day for value in exact for day in value["future"] + value["past"]}
    # Days that do not fit together are all asked about: 'onsdag den 10. står der, eller er det torsdag?'
    if (len(exact) == 1 or (exact and all(v == exact[0] for v in exact))) and (not open_days or open_days & said):
        return list(exact[0]["future"]), list(exact[0]["past"]), False
    chosen = (
        [f.value for f in days] if open_days and said and not open_days & said else exact or [f.value for f in days]
    )
    future = sorted({day for value in chosen for day in value["future"]})
    past = sorted({day for value in chosen for day in value["past"]})
    return future, past, not (future or past)


def weekday_of(found: Found) -> int | None:
    """The weekday (0-6) of a value that is only a weekday, else None."""
    if found.rule not in ("weekday", "weekday_qualified", "week_later"):
        return None
    return _first_day(found).weekday()


def _first_day(found: Found) -> date:
    return date.fromisoformat((found.value["future"] or found.value["past"])[0])


def _all_days(found: Found) -> list[date]:
    return [date.fromisoformat(day) for day in found.value["future"] + found.value["past"]]


def _is_exact(found: Found) -> bool:
    return found.value.get("kind") == "exact"


def _is_one_day(found: Found) -> bool:
    return _is_exact(found) and bool(found.value["future"]) != bool(found.value["past"])


def _doubtful(chosen: str, other: str, today: date, kind: str | None) -> bool:
    near = NEAR_DAYS.get(kind or "", max(NEAR_DAYS.values()))
    away = abs((date.fromisoformat(chosen) - today).days)
    return away > FAR_DAYS and abs((date.fromisoformat(other) - today).days) <= near


def read_hour(message: Message, reading: Reading) -> None:
    """Adds the hour, or the possible hours."""
    hours: list[str] = []
    for found in message.values("time"):
        hours += [hour for hour in found.value["readings"] if hour not in hours]
    if len(hours) == 1:
        reading.values["meeting_time"] = hours[0]
    elif hours:
        reading.times = hours
