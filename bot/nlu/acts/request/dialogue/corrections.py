"""Corrections of known values, with or without the new value."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.dialogue.denied_values import denied_values
from bot.nlu.acts.request.limits import (
    CHOSEN_ANEW,
    CORRECTION_WORDS,
    CORRECTION_WORDS_BY_NAME,
    DAY_WORDS,
    MAY_BE_TOLD,
    STEERING_WORDS,
    SURE,
)
from bot.nlu.acts.request.meeting_text.departments import both_departments, unknown_department, word_beginnings
from bot.nlu.acts.request.meeting_text.parts import ANOTHER, cue, says_nothing_else
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.people.email_part import corrected_email
from bot.nlu.acts.request.people.who_writes import contacts_taken_out
from bot.nlu.acts.request.slot_values import CONTACTS, Reading, all_of, changed, given, reopened
from common import patterns
from common.acts import AGAIN, CHANGE, SET, SMALL_TALK, VAGUE, YES, Act
from common.request import State
from common.slots import BINDING, EXPLICIT, LOOSE, MEETING, READ_FROM, SEVERAL, TOLD_BESIDE

_SAID_OTHERWISE = ("date", "time", "department", "email", "phone", "name")
# Ignored in a longer message without a word for the meeting.
_IN_PASSING = ("meeting_date", "meeting_time")
# Ignored also in such a question or condition: 'I får mit navn, hvis I svarer på, om familieafdelingen ser det'.
_IN_PASSING_OF_A_QUESTION = (*_IN_PASSING, "meeting_department", "meeting_department_text")
# With these labels a value is mentioned only in passing ('min bus er forsinket om fredagen').
_ELSEWHERE = ("out_of_scope", "frustration", "thank", "greet", "goodbye")
_PLACE = "meeting_department"
_IS_HELD = patterns.compile(r"\b(?:mødet|samtalen) (?:er|bliver|foregår|holdes|afholdes) ", patterns.IGNORECASE)


def is_clear(message: Message, state: State, reading: Reading) -> bool:
    """Whether a message, where a free text is asked for, corrects something else and is not the text."""
    opens = message.cue("opens_correction") or message.is_labelled("correct")
    # A short correction is no text: 'jeg vil alligevel hellere filme det'.
    opens = opens or message.words <= STEERING_WORDS
    if message.words > CORRECTION_WORDS or not says_so(message) or not opens:
        return bool(message.words <= CORRECTION_WORDS and _denied(message, state))
    # Naming the slot asked for corrects nothing: 'jeg skal citere korrekt, det er den eneste grund'.
    others = set(message.named_slots()) - ({state.asked, READ_FROM.get(state.asked or "")})
    # A question to Jura names many slots: 'skriv mail, ikke ring'.
    of_jura = state.asked == "question_text" and not message.cue("asks_to_correct")
    return bool(_new_values(message, state, reading) or (message.intent == "correct" and others and not of_jura))


def changes(message: Message, state: State, reading: Reading) -> bool:
    """Whether a message gives a new value for a slot it names or that is unambiguous (`EXPLICIT`)."""
    return any(slot in EXPLICIT or _is_named(slot, message, state) for slot in _new_values(message, state, reading))


def _other_choice(message: Message, state: State) -> dict[str, object]:
    """A learnt new value for a known choice that is named, or for the only one that changes."""
    for slot in message.named_slots():
        if slot in LOOSE and slot in state.known and slot not in SEVERAL:
            anew = [value for value in learned_answers.values(message, slot) if value != state.known[slot]]
            if anew:
                return {slot: anew[0]}
    if any(slot in state.known and slot not in LOOSE for slot in message.named_slots()):
        return {}  # 'Ret telefonen' means the number, not a telephone meeting
    if any(found.entity in _SAID_OTHERWISE for found in message.found):
        return {}  # 'Mødet er ikke på jobcentret, men i borgerservice' means the department
    told = {
        slot: value
        for slot in LOOSE & state.known.keys() - SEVERAL - {state.asked}
        for value in learned_answers.values(message, slot, CHOSEN_ANEW)
        if slot in learned_answers.told_of(message, MAY_BE_TOLD) or not message.answers("told_of")
    }
    # No slot is named, and only one choice changes: 'optagelsen skal også ud på caféens hjemmeside'.
    changed: dict[str, object] = {slot: value for slot, value in told.items() if value != state.known[slot]}
    return changed if len(changed) == 1 else {}


def _denied(message: Message, state: State) -> list[str]:
    """The known choices that the message denies."""
    denied = [
        found.entity
        for found in message.found
        if found.negated and found.entity in LOOSE and state.known.get(found.entity) == found.value
    ]
    if state.known.get("meeting_kind") == "video_call" and state.known.get("recording_medium") != "video":
        # 'Nej vent, det er ikke på video' means the meeting, unless it is recorded on video.
        for found in message.found:
            if found.negated and (found.entity, found.value) == ("recording_medium", "video"):
                denied.append("meeting_kind")
    return denied


def says_how_held(message: Message) -> bool:
    """Whether a message says how the meeting is held, not how to reach the citizen."""
    return bool(message.values("meeting_kind") and _IS_HELD.search(message.text))


def _is_named(slot: str, message: Message, state: State) -> bool:
    """Whether the message is about the slot and not only uses one of its words."""
    if slot == "meeting_kind":
        # 'Telefon' as an answer to how to reach the citizen says nothing of the meeting.
        of_the_meeting = message.cue("the_meeting") or not {*state.asks} & {*CONTACTS}
        return says_how_held(message) or (of_the_meeting and says_nothing_else(message))
    if slot == "support_person_possible":
        return bool(message.values("support_person")) and not message.is_question
    return slot in ("recording_purpose", "recording_grounds") and slot in message.named_slots()


def says_so(message: Message) -> bool:
    """Whether a message says that something is to be changed."""
    return message.cue("correction") or message.is_labelled("correct")


def correction(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """New values for what is known."""
    asks = message.is_question and not (message.cue("correction") or message.intent == "correct")
    if asks or message.cue("asks_whether"):
        return None
    new = _new_values(message, state, reading)
    # 'Det er for min far, ikke for mig selv' denies no purpose.
    otherwise = state.asked in reading.values or "behalf_relation" in reading.values
    denied = [] if otherwise else _denied(message, state)
    said_so = says_so(message) or bool(denied) or message.cue("adds")
    if said_so and not new:
        new = _other_choice(message, state)
    if denied and not new:
        # 'Det var ikke et fysisk møde, de ringede til mig.'
        meant = [value for value in learned_answers.values(message, denied[0]) if value != state.known[denied[0]]]
        if not meant:
            return reopened(denied[:1])
        new = {denied[0]: meant[0]}
    if _is_about_something_else(message, state, said_so):
        return None
    said_so = said_so or message.cue("rather")
    said_so = said_so or any(found.negated and found.entity in _SAID_OTHERWISE for found in message.found)
    new = _meant(new, message, state, said_so)
    asked_day = state.asked == "meeting_date" or "meeting_date" not in state.known
    if said_so and reading.dates and not asked_day:
        return [Act(CHANGE, slot="meeting_date", readings=tuple(reading.dates)), *given(reading.values)]
    if said_so and (reading.vague or reading.has_been) and not asked_day and not new:
        return [Act(VAGUE, reading.has_been or "", slot="meeting_date", about=CHANGE)]
    return _with_other_values(new, message, state, reading) if new else _withdrawn(message, state, said_so)


def _is_about_something_else(message: Message, state: State, said_so: bool) -> bool:
    """Whether the label says that the message is about something else."""
    if message.confidence < SURE:
        return False
    if message.intent in _ELSEWHERE and not said_so:
        return True
    # 'Jeg vil sende et spørgsmål til Jura' is a wish and names no department of a meeting.
    another = message.intent.startswith("request_") and message.intent != f"request_{state.kind}"
    return another and (not said_so or message.cue(message.intent.replace("request_", "kind_")))


def _meant(new: dict[str, object], message: Message, state: State, said_so: bool) -> dict[str, object]:
    """Of the new values those that count where the message does not say that it corrects."""
    if any(cue(name).search(message.text) for name in ANOTHER):
        # Another meeting: 'jeg skal også bruge det fra et møde den 19.'
        new = {slot: value for slot, value in new.items() if slot not in MEETING}
    of_the_meeting = message.cue("the_meeting") or says_nothing_else(message)
    if new.get("meeting_department") == "unknown" and not of_the_meeting and _PLACE not in message.named_slots():
        # A person in passing, not a department: 'hans støttekontaktperson skal også høre den'.
        new = {slot: value for slot, value in new.items() if not slot.startswith(_PLACE)}
    if said_so:
        return new
    if state.asked != "review":
        # At the review nothing else is asked for, so that a different value is a correction.
        new = {slot: value for slot, value in new.items() if slot in EXPLICIT or _is_named(slot, message, state)}
    in_passing = message.words > DAY_WORDS and not of_the_meeting
    if in_passing and state.asked not in ("meeting_date", "review"):
        # 'Min datter ved først på mandag, om hun kan bytte sin vagt.'
        asks = message.is_question or message.cue("condition")
        passed = _IN_PASSING_OF_A_QUESTION if asks else _IN_PASSING
        new = {slot: value for slot, value in new.items() if slot not in passed}
    return new


def _with_other_values(new: dict[str, object], message: Message, state: State, reading: Reading) -> list[Act]:
    """CHANGE acts of the new values, and acts of other values for open slots."""
    more = {slot: value for slot, value in reading.values.items() if slot not in state.known}
    if state.asked in LOOSE and not message.values(state.asked, "support_person"):
        # A learnt answer in a correction does not answer the slot asked for.
        more.pop(state.asked, None)
    if "meeting_date" in new and "meeting_time" in reading.values:
        # A stated hour is not asked about, even if it is the same.
        more["meeting_time"] = reading.values["meeting_time"]
    if "applicant_phone" in new and message.cue("leaves_out_email"):
        new = {**new, "applicant_email": None}  # 'Ikke min mail, brug 22 33 44 55.'
    more = {slot: value for slot, value in more.items() if slot not in new}
    return [*changed(new), *all_of(Reading(more, set(reading.settled)))]


def _withdrawn(message: Message, state: State, said_so: bool) -> list[Act] | None:
    """Known values that are removed without a new one."""
    taken_back = "meeting_department" in message.named_slots() and message.cue("dont_know")
    said_so_or_learnt = said_so or learned_answers.steers(message, "correct")
    if taken_back and said_so_or_learnt and state.known.get("meeting_department") not in (None, "unknown"):
        return changed({"meeting_department": "unknown", "meeting_department_text": None})
    if message.is_question:
        return None
    both = set(CONTACTS) <= state.known.keys()
    if both and (gone := contacts_taken_out(message)):
        return changed(dict.fromkeys(gone))
    cancelled = said_so and message.cue("cancelled") and "meeting_date" in state.known
    if cancelled and learned_answers.values(message, "meeting_date", CHOSEN_ANEW):
        return changed({"meeting_date": None})
    # 'Datoen er forkert, der er ikke aftalt nogen dag endnu'
    unfixed = message.cue("no_date") and {"meeting_date", "meeting_time"} & {*message.named_slots()}
    corrects = said_so or state.asked == "review"
    taken = unfixed and corrects and state.known.get("meeting_date") and not message.values("date")
    return changed({"meeting_date": None}) if taken else None


def reopen(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """A correction without a value: which slot is asked for again, or none where it is not said."""
    if message.cue("confirms"):
        return [Act(YES, slot=state.asked or "")] if state.asked in BINDING else None
    named = message.named_slots()
    if {*named} & {*CONTACTS} and message.cue("wishes_an_answer") and not message.cue("correction"):
        # 'Svar kun på mail' changes nothing that is known.
        return [Act(SET, message.text.strip(" ."), slot=TOLD_BESIDE, words=message.text.strip(" ."))]
    names_one = state.asked == "review" and bool(named) and message.words <= CORRECTION_WORDS_BY_NAME
    asks = bool(named) and (message.cue("asks_to_correct") or learned_answers.steers(message, "correct"))
    if message.intent != "correct" and not message.cue("correction") and not names_one and not asks:
        return None
    if message.is_question and message.intent != "correct" and not asks:
        return None
    if message.cue("apologizes"):
        return [Act(SMALL_TALK, "apology")]
    if named == [state.asked]:
        return None  # 'Det var vilkårene, jeg mente': it is open anyway
    held = [slot for slot in named if slot in (*state.held, "meeting_time")] or denied_values(message, state.known)
    if held == ["meeting_time"] and (message.cue("dont_know") or message.cue("takes_out")):
        return changed({"meeting_time": None})  # 'Fjern klokkeslættet': the hour is optional
    if held and all(slot in reading.values and state.known.get(slot) == reading.values[slot] for slot in held):
        # 'Er mailen rettet? Den skal være li@eksempel.dk': confirmed
        return given({slot: state.known[slot] for slot in held}, AGAIN)
    if held == ["meeting_time"] and not {"meeting_date", "meeting_time"} & {*state.known, *state.settled}:
        held = []
    return reopened(held)


def _renamed_department(message: Message, state: State, reading: Reading) -> dict[str, object]:
    """The department by other words of the citizen."""
    own = str(reading.values.get("meeting_department_text") or "")
    before = str(state.known.get("meeting_department_text") or "")
    # Not another inflection of the same name: 'visitatoren', 'visitator'.
    if own and before and own.lower() != before.lower() and not _names_the_same(own, before):
        # One department for us, two for the citizen.
        return {"meeting_department": reading.values["meeting_department"], "meeting_department_text": own}
    return dict(unknown_department(None if own else message.part("department_anew")))


def _names_the_same(own: str, before: str) -> bool:
    said = word_beginnings(own)
    return bool(said) and said <= word_beginnings(before)


def _new_values(message: Message, state: State, reading: Reading) -> dict[str, object]:
    new = {}
    for slot, value in reading.values.items():
        before = state.known.get(slot)
        empty = slot in state.settled and slot in EXPLICIT and state.asked not in CONTACTS
        empty = empty or slot == "meeting_recurrence"  # 'det er hver anden torsdag', where the day is known
        # An hour told after the day is set belongs to that day.
        of_the_day = {"meeting_date", "meeting_recurrence"} & state.known.keys() and (
            state.asked == "review" or says_so(message)
        )
        empty = empty or (slot == "meeting_time" and bool(of_the_day) and state.asked != "meeting_date")
        if slot != state.asked and (before not in (None, [], "") or empty) and before != value:
            new[slot] = value
    if says_so(message) and "meeting_department" in state.known:
        new |= _renamed_department(message, state, reading)
    if email := corrected_email(message, state):
        new["applicant_email"] = email
    # A department and its words change together.
    if "meeting_department" not in new:
        new.pop("meeting_department_text", None)
    elif "meeting_department_text" in reading.values:
        new["meeting_department_text"] = reading.values["meeting_department_text"]
    before, own = (str(one.get("meeting_department_text") or "") for one in (state.known, new))
    if before and own and message.cue("another_department"):
        new |= both_departments(before, own)  # 'der er også en med fra visitationen'
    return new
