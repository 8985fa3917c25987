"""Known values that a clause tells anew beside something else: 'kun lyd, og mødet er over video, siger min datter'.

What of the request a clause tells, and whether it only mentions it, is learnt (data/choices/told_of.yml). A clause that
tells something is read as at the review, where a value that differs from the known one is a correction; more of the
reason is added to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.in_order import STEERS, Read
from bot.nlu.acts.request.by_sentence.in_passing import is_in_passing
from bot.nlu.acts.request.by_sentence.reason_added import added_reason, more_of_a_reopened_reason
from bot.nlu.acts.request.by_sentence.told_clauses import told_clauses
from bot.nlu.acts.request.limits import CHOSEN_BESIDE, FEW_WORDS, TOLD_BEYOND_DOUBT, TOLD_IN_A_TEXT, TOLD_OF
from bot.nlu.acts.request.meeting_text.dates import prefer_near_known_day
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.reading import read as told_in
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import CONTACTS, ENTITIES_OF, changed, reopened, slots_of
from bot.nlu.clauses import bare
from common.acts import ADD_MEETING, ADDS, AGAIN, CHANGE, REOPEN, SET, UNREAD, WAIT, WHICH_MEETING, YES, Act
from common.request import State
from common.slots import BINDING, FREE_TEXT, LOOSE, MEETING, READ_FROM, SUPPORT_PERSON_TEXT, TOLD_BESIDE, WHO_WRITES

_REASON, _GROUNDS = "recording_explanation", "recording_grounds"
_TELLS = {CHANGE, SET, ADD_MEETING, WHICH_MEETING, REOPEN}
# The slots that are told with one another.
_SLOTS = {
    "meeting_department": ("meeting_department", "meeting_department_text"),
    "meeting_date": ("meeting_date", "meeting_time"),
    "meeting_time": ("meeting_time", "meeting_date"),
    "applicant": tuple(WHO_WRITES),
}


def with_told_anew(message: Message, state: State, acts: Sequence[Act], read: Read) -> list[Act]:
    """The acts, and corrections of known values in clauses from which none was read; `read`: reads a clause."""
    if more := more_of_a_reopened_reason(message, state):
        return more
    # 'Vent, hun kan godt tage med alligevel' waits for nothing.
    steers = STEERS - {WAIT}
    if state.pending or not state.known or any(act.act in steers and act.slot != _GROUNDS for act in acts):
        return list(acts)
    acts = [act for act in acts if not is_in_passing(act, message, state)]
    clauses = [one for one in told_clauses(message) if not _is_a_value(one, acts)]
    least = TOLD_IN_A_TEXT if state.asked in FREE_TEXT else TOLD_OF
    made: list[Act] = []
    corrected: list[Message] = []
    for clause in clauses:
        told = {slot for act in (*acts, *made) for slot in slots_of(act)}
        for subject in learned_answers.told_of(clause, least):
            slots = {*_SLOTS.get(subject, (subject,))} - {state.asked, _REASON}
            if slots & told or not slots & state.known.keys() or (len(state.meetings) > 1 and slots & {*MEETING}):
                continue
            if new := _corrections(clause, subject, slots, state, read):
                made += new
                corrected.append(clause)
    told = {slot for act in (*acts, *made) for slot in slots_of(act) if act.about != AGAIN}
    tells = made or any(act.act in _TELLS for act in acts)
    if tells and not told & {*state.asks} and state.asked not in (*FREE_TEXT, *BINDING, *READ_FROM.values()):
        made = [*_answer(clauses, state, read), *made]
    added = added_reason(message, state, acts)
    if added:
        acts = [act for act in acts if act.slot != _GROUNDS and not (act.act == REOPEN and act.slot in ("", _REASON))]
    if not made and not added:
        return list(acts)
    # What was not understood as a whole is understood now; what binds is asked for once more.
    left = [act for act in acts if act.act not in (UNREAD, WAIT) and not (act.act == YES and act.slot in BINDING)]
    return [*_without_corrected(left, corrected, clauses), *made, *added]


def _without_corrected(acts: Sequence[Act], corrected: Sequence[Message], clauses: Sequence[Message]) -> Iterator[Act]:
    """The acts; a text without the sentences that only correct something else, none where it then tells no reason."""
    said = {bare(one.text) for one in corrected}
    for act in acts:
        if act.act != SET or act.slot not in FREE_TEXT or not said:
            yield act
            continue
        text = str(act.value)
        spans = sentence_spans(text)
        kept = [text[slice(*span)].strip() for span in spans if bare(text[slice(*span)]) not in said]
        others = [one for one in clauses if bare(one.text) not in said and bare(one.text) in text]
        hardly = act.slot == _REASON and not any(map(learned_answers.may_tell_a_reason, others))
        if kept and not hardly:
            yield act if len(kept) == len(spans) else replace(act, value=" ".join(kept))


def _is_a_value(clause: Message, acts: Sequence[Act]) -> bool:
    """Whether a clause is of few words, a value, or how to be reached: 'kun telefon', 'helst efter kl. 15'."""
    values = [str(act.value) for act in acts if act.act == SET and act.slot not in FREE_TEXT]
    values += [act.words for act in acts if act.slot in (SUPPORT_PERSON_TEXT, TOLD_BESIDE)]
    return clause.words < FEW_WORDS or any(bare(clause.text) in one for one in values)


def _corrections(clause: Message, subject: str, slots: set[str], state: State, read: Read) -> list[Act]:
    """The corrections of these slots in a clause; a slot is asked for anew where what is told is not understood."""
    if clause.is_question:
        return []
    at_review = replace(state, asked="review", together=(), failures=0)
    told = [act for act in read(clause, at_review) if act.act == CHANGE and act.slot in slots and act.about != ADDS]
    told = _without_past_days(told, state)
    said = clause.values(*(entity for slot in slots for entity in ENTITIES_OF.get(slot, (slot,))))
    if told or any(_is_known(one, slots, state) for one in said):
        return told
    known = slots & state.known.keys()
    if known & LOOSE:
        anew = {slot: learned_answers.values(clause, slot, CHOSEN_BESIDE) for slot in known}
        return changed({slot: values[0] for slot, values in anew.items() if values and values[0] != state.known[slot]})
    if said:
        return _without_past_days(_told_in(clause, known & {*MEETING}, state), state)
    if subject not in learned_answers.told_of(clause, TOLD_BEYOND_DOUBT) or state.asked in FREE_TEXT:
        return []
    if subject == "applicant" and not {*state.asks}.isdisjoint(CONTACTS):
        return []  # 'I har min mail'
    # 'De har flyttet det en halv time', 'mit nummer ender på 56'
    again = [slot for slot in (clause.named_slots() if subject == "applicant" else (subject,)) if slot in known]
    return reopened(again) if again else []


def _is_known(found: Found, slots: set[str], state: State) -> bool:
    value = found.value["key"] if found.entity == "department" else found.value
    return value in [state.known.get(slot) for slot in slots]


def _told_in(clause: Message, slots: set[str], state: State) -> list[Act]:
    """Corrections of what is known of the meeting, in a clause whose form no rule knows as one."""
    reading = told_in(clause, state.kind, None, state.today)
    prefer_near_known_day(clause, reading, state.known, state.last)
    if reading.dates and "meeting_date" in slots:
        return [Act(CHANGE, slot="meeting_date", readings=tuple(reading.dates))]
    return changed({slot: reading.values[slot] for slot in slots & reading.values.keys()})


def _without_past_days(acts: list[Act], state: State) -> list[Act]:
    """The acts; of a recording a day that has been is one of a story."""
    past = state.today.isoformat() if state.kind == "recording" else ""
    return [act for act in acts if act.slot != "meeting_date" or max([str(act.value), *act.readings]) >= past]


def _answer(clauses: Sequence[Message], state: State, read: Read) -> list[Act]:
    """The answer to what was asked, in the one clause that gives it and tells nothing else."""
    for clause in clauses:
        if clause.is_question or {*learned_answers.told_of(clause, TOLD_OF)} - {state.asked}:
            continue
        if told := [act for act in read(clause, state) if (act.act, act.slot, act.about) == (SET, state.asked, "")]:
            return told
    return []
