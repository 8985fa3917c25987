"""Acts of a message about meetings: several, one more, one less, or a value of one of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from bot.nlu.acts.request.clauses import Span, as_message, clause_spans, keep_spans
from bot.nlu.acts.request.dialogue.consent import leaves_all
from bot.nlu.acts.request.dialogue.corrections import says_so
from bot.nlu.acts.request.dialogue.denied_values import denied_values
from bot.nlu.acts.request.limits import BETWEEN_WORDS
from bot.nlu.acts.request.meeting_text.parts import cue, days_said
from bot.nlu.acts.request.meetings.by_number import numbered_meetings, with_known_departments
from bot.nlu.acts.request.meetings.list_changes import (
    add_unknown,
    agrees,
    fill_open,
    update_each,
    with_empty_day,
    with_shared_kind,
)
from bot.nlu.acts.request.meetings.removal import of_meeting_or_ask, removals
from bot.nlu.acts.request.meetings.several import Several, several
from bot.nlu.acts.request.meetings.which_meeting import both, named_in_answer, numbered, only_asks, told_of
from bot.nlu.acts.request.meetings.whole_list import only_so_many, replace_all
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.people.who_writes import takes_out_who_writes
from bot.nlu.acts.request.reading import read
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import Reading, given
from common.acts import (
    ADD_MEETING,
    ALL,
    CHANGE,
    CHOOSE,
    CORRECTS,
    MEETINGS,
    NEW,
    NO,
    REOPEN,
    UNREAD,
    Act,
    on_each_day,
)
from common.request import State
from common.slots import ASKED_OF_A_MEETING, FREE_TEXT, MEETING, MOST_MEETINGS, ORDER, SHARED_BY_MEETINGS

_ALL_OF_THEM = ("alle", "dem alle", "det gælder alle")
_SAID_OF_ALL = (*SHARED_BY_MEETINGS, "meeting_time")


def with_several(reading: Reading, message: Message, kind: str | None, today: date) -> Reading:
    """The reading of a message that starts a request: its first meeting in `values`, the others in `more`."""
    told = several(message, kind, today)
    if not told:
        return reading
    first, *more = with_shared_kind(told, message) or [{}]
    reading.drop_meetings()
    reading.values |= first
    reading.settled -= set(MEETING)
    if "meeting_recurrence" in first and "meeting_date" not in first:
        reading.settled.add("meeting_date")
    reading.more = [
        with_empty_day(one) for one in (*more, *({} for _ in range(min(told.count, MOST_MEETINGS) - 1 - len(more))))
    ]
    return reading


def the_list(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Acts of a message that says which meetings there are, or which of them go, whatever is asked for."""
    if not _is_of_meetings(message, state) or takes_out_who_writes(message):
        return None
    message = with_known_departments(message, state.meetings)
    known = [dict(one) for one in state.meetings]
    return replace_all(message, state) or only_so_many(message, state) or removals(message, state, known)


def _is_of_meetings(message: Message, state: State) -> bool:
    """Whether the meetings are this request's; by_sentence/beside_a_text.py reads what is not part of a text."""
    return bool(ASKED_OF_A_MEETING & set(ORDER.get(state.kind or "", ()))) and state.asked not in FREE_TEXT


def meeting_acts(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Acts of a message about several meetings, or about another one than the one asked about."""
    if not _is_of_meetings(message, state):
        return None
    message = with_known_departments(message, state.meetings)
    known = [dict(one) for one in state.meetings]
    if by_place := numbered_meetings(message, state):
        return by_place
    if of_each := _of_each(message, state, known):
        return of_each
    told = several(message, state.kind, state.today, [one for one in known if any(one.values())])
    if state.pending and not (told and told.adds):
        return add_unknown(several(message, state.kind, state.today), message, state)
    if told and told.adds:
        more = [*with_shared_kind(told, message), *({} for _ in range(told.count - len(told.meetings)))]
        return [*_answer(reading, told, message, state), *_added(more)]
    if not told and state.asked in ASKED_OF_A_MEETING and (each := _of_all_meetings(message, state, reading)):
        return each
    of_several = _of_several(told, message, state, reading) if told else None
    return of_several or (_of_one(message, state, reading, known) if len(known) > 1 else None)


def _of_several(told: Several, message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Acts of listed meetings: answers, updates, or additions."""
    if state.asked in ASKED_OF_A_MEETING and (answers := fill_open(told, state, reading, message)):
        return answers
    several_told = len(told.meetings) > 1
    if several_told and len(state.meetings) > 1 and (anew := update_each(told, message, state)):
        return anew
    # Values of two meetings are never read as one's.
    unread = [Act(UNREAD, about=CORRECTS, words=message.text)] if several_told else None
    return add_unknown(told, message, state) or unread


def _of_all_meetings(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """What is said of all meetings, for those of which it is not known yet."""
    if len(state.meetings) < 2 or message.is_question:
        return None
    of_all = {slot: reading.values[slot] for slot in _SAID_OF_ALL if slot in reading.values}
    if of_all.keys().isdisjoint(state.asks) or not cue("of_all").search(message.text):
        return None
    each = ({slot: value for slot, value in of_all.items() if slot not in one} for one in state.meetings)
    told = {place: new for place, new in enumerate(each) if new}
    rest = [Act(ADD_MEETING, one, meeting=place) for place, one in told.items() if place != state.about]
    return [*given(told.get(state.about, {})), *rest] or None


def _of_each(message: Message, state: State, known: list[dict[str, Any]]) -> list[Act] | None:
    """A value that each of the known meetings gets in place of its own: 'ved begge møder er det borgerservice'."""
    text = message.text
    if len(known) < 2 or message.is_question or not cue("of_all").search(text) or cue("adds_a_meeting").search(text):
        return None
    _, new = told_of(message, known, state.kind, state.today)
    replaces = bool(new) and all(slot in one for slot in new for one in known if slot != "meeting_department_text")
    if not replaces or "meeting_date" in new or not new.keys().isdisjoint(state.asks):
        return None
    return [Act(CHANGE, new, slot=MEETINGS, meeting=place) for place in range(len(known))]


def _of_one(message: Message, state: State, reading: Reading, known: list[dict[str, Any]]) -> list[Act] | None:
    """A value or correction of one meeting; where it could be of several, it is asked which."""
    if _is_an_answer(message, state, reading):
        return None
    places, new = told_of(message, known, state.kind, state.today)
    named = len(places) < len(known)
    answers = state.asked in ASKED_OF_A_MEETING and state.about in places
    if only_asks(message) or (answers and not (named and places != [state.about])):
        return None
    if new and (named or says_so(message) or state.asked == "review"):
        return of_meeting_or_ask(places, [Act(CHANGE, value, slot=slot) for slot, value in new.items()])
    if named and state.about not in places:
        # Values of another meeting do not answer for this one.
        reading.values = {slot: value for slot, value in reading.values.items() if slot not in MEETING}
        reading.dates, reading.times, reading.vague = [], [], False
    reopens = [slot for slot in message.named_slots() if slot in MEETING and says_so(message)]
    reopens = reopens or list(dict.fromkeys(slot for one in places for slot in denied_values(message, known[one])))
    if reopens and not new:
        return of_meeting_or_ask(places, [Act(REOPEN, slot=slot) for slot in reopens])
    return None


def _is_an_answer(message: Message, state: State, reading: Reading) -> bool:
    """Whether a message answers what is asked of one meeting, with values that can be its own."""
    told = {slot: value for slot, value in reading.values.items() if slot in MEETING}
    if state.asked not in told or state.asked not in ASKED_OF_A_MEETING or says_so(message):
        return False
    places = numbered(message.text, len(state.meetings))
    if places and places != [state.about]:
        return False  # 'Det sidste var på video'
    return agrees(state.meetings[state.about], told) and not cue("the_one").search(message.text)


def which_meeting(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Answer to `which_meeting`: a known one, a new one, or none."""
    assert state.pending is not None
    of: list[int] = list(state.pending["of"])
    message = with_known_departments(message, state.meetings)
    known = [dict(one) for one in state.meetings]
    first, *following = sentence_spans(message.text, message.unbroken) or [(0, 0)]
    if following and (meant := named_in_answer(message.within(*first), known, of)) is not None and len(of) > 1:
        # The answer, and another meeting after it: 'Ydelse! Og der er også et tredje, ...'.
        told = several(message.within(first[1], len(message.text)), state.kind, state.today, known)
        return [Act(CHOOSE, meant, slot="which_meeting"), *(_added(told.meetings) if told and told.adds else ())]
    all_of_them = cue("of_all").search(message.text) or message.text.lower().strip(" .!") in _ALL_OF_THEM
    if all_of_them and not message.has_values and message.words <= BETWEEN_WORDS:
        return [Act(CHOOSE, ALL, slot="which_meeting")]
    if plainly := numbered(message.text, len(known)):
        of = plainly  # the meeting meant may not be among those offered
    meant = named_in_answer(message, known, of)
    if cue("a_new_one").search(message.text):
        return [Act(CHOOSE, NEW, slot="which_meeting")]
    if meant is not None and (plainly or len(of) > 1):
        return [Act(CHOOSE, meant, slot="which_meeting")]
    if len(of) == 1 and cue("the_known_one").search(message.text):
        return [Act(CHOOSE, of[0], slot="which_meeting")]
    sends = message.cue("says_send") and leaves_all(message, state)
    if cue("none_of_them").search(message.text) or message.cue("keep") or sends:
        return [Act(NO, slot="which_meeting")]
    return None


def both_days(message: Message, state: State) -> list[Act] | None:
    """Acts of two meetings, where both of two days asked about are meant."""
    assert state.pending is not None
    told = several(message, state.kind, state.today)
    of_days = told and any("meeting_date" in one for one in told.meetings)
    if told and (of_days or not both(message)) and (answers := fill_open(told, state, Reading(), message)):
        return answers
    days = list(state.pending["readings"])
    said = {day for one in message.values("date") for day in days_said(one)}
    each = len(message.values("date")) > 1 and not message.cue("either") and not message.is_question
    if not both(message) and not (len(days) > 1 and set(days) <= said and each):
        return None
    shared = {slot: state.known[slot] for slot in SHARED_BY_MEETINGS if slot in state.known}
    meetings = tuple({**shared, "meeting_date": day, **_hour(message, day)} for day in days)
    return fill_open(Several(meetings), state, Reading(), message) or on_each_day(days, shared)


def _hour(message: Message, day: str) -> dict[str, str]:
    """The hour after a day, or one said of all."""
    hours = [one for one in message.values("time") if len(one.value["readings"]) == 1]
    days = [one for one in message.values("date") if day in days_said(one)]
    if len(hours) == 1 and (cue("of_all").search(message.text) or message.values("recurrence")):
        return {"meeting_time": str(hours[0].value["readings"][0])}
    if len(days) != 1:
        return {}
    following = [one.start for one in message.values("date") if one.start > days[0].start]
    end = min(following, default=len(message.text))
    behind = [one for one in hours if days[0].end <= one.start < end]
    return {"meeting_time": str(behind[0].value["readings"][0])} if len(behind) == 1 else {}


def _answer(reading: Reading, told: Several, message: Message, state: State) -> list[Act]:
    """The answer to the slot asked for, next to one more meeting: from the clauses that tell of no further meeting."""
    asked = state.asked or ""
    if asked not in MEETING:
        left = [span for span in clause_spans(message) if not _tells_of_another(message, span, told)]
        if not left and told.spans:
            left = [(0, told.spans[0][0])]  # 'kun lyd og så også et møde i borgerservice'
        if asked not in reading.values or not left:
            return []
        values = read(keep_spans(message, left, learned=True), state.kind, asked, state.today, asks=state.asks).values
        return given({asked: values[asked]} if asked in values else {})
    before = as_message(message, 0, told.spans[0][0] if told.spans else 0, learned=True)
    values = read(before, state.kind, asked, state.today, state.prompted, asks=state.asks).values
    return given({slot: value for slot, value in values.items() if slot in MEETING and slot not in state.known})


def _tells_of_another(message: Message, clause: Span, told: Several) -> bool:
    """Whether a clause tells of one of the added meetings or that there are some ('jeg har fire møder mere')."""
    start, end = clause
    said = message.text[start:end].lower()
    within = any(first < end and start < last for first, last in told.spans)
    return within or any(cue(name).search(said) for name in ("another", "also_a_meeting", "adds_one", "more"))


def _added(meetings: Sequence[Mapping[str, Any]]) -> list[Act]:
    return [Act(ADD_MEETING, with_empty_day(one)) for one in meetings]
