"""Actions room: a citizen changes something already given, with or without the new value."""

from actions import answering
from actions.decision import Decision, Kind, Say, State
from actions.message import SURE, Message
from actions.slots import ORDER
from actions.taking import from_reading
from actions.values import LOOSE, Reading
from actions.wording import SLOT_TITLES, correct_payload, noted
from common import patterns
from common.slots import FREE_TEXT

# Values that nobody writes by chance: given anew, they are a correction also without a word for it.
EXPLICIT = {
    "meeting_date",
    "meeting_time",
    "meeting_department",
    "meeting_department_text",
    "applicant_email",
    "applicant_phone",
    "applicant_name",
}

_CERTAINLY = 0.8
_MOST_WORDS_OF_A_DAY = 6
_SAID_OTHERWISE = ("date", "time", "department", "email", "phone", "name")
# The new text stands behind a colon, or behind 'der skal stå', after the old one's name.
_TEXT_ANEW = patterns.compile(
    r"^(?:[^:]{0,60}\b(?:til|være|er|stå|sådan her)\s*:"
    r"|.{0,150}?\b(?:der skal|skal der) (?:(?:bare|i stedet) )?stå,?(?: at)?)\s*(?P<text>\S.{3,})$",
    patterns.IGNORECASE | patterns.DOTALL,
)
# Who says one of these speaks of something else, whatever day is named beside ('min bus er forsinket om fredagen').
_ELSEWHERE = ("out_of_scope", "frustration", "thank", "greet", "goodbye")
_IS_HELD = patterns.compile(r"\b(?:mødet|samtalen) (?:er|bliver|foregår|holdes|afholdes) ", patterns.IGNORECASE)
# Where one of them is asked for, the other one is an answer as well.
_CONTACTS = ("applicant_email", "applicant_phone")


def is_clear(message: Message, state: State, reading: Reading) -> bool:
    """Whether a message in a free-text slot corrects something else rather than being the text."""
    opens = message.cue("opens_correction") or (message.intent == "correct" and message.confidence >= SURE)
    if message.words > 20 or not says_so(message) or not opens:
        return bool(message.words <= 20 and _denied(message, state))
    return bool(_changed(state, reading) or (message.intent == "correct" and message.named_slots()))


def changes(message: Message, state: State, reading: Reading) -> bool:
    """Whether a message gives a new value for what it names, or for what nobody writes by chance."""
    return any(slot in EXPLICIT or _is_named(slot, message) for slot in _changed(state, reading))


def _chosen_anew(message: Message, state: State) -> dict[str, object]:
    """'Jeg kan godt have en bisidder med alligevel': a known choice is named, and another value was learnt from it."""
    for slot in message.named_slots():
        if slot in LOOSE and slot in state.known and slot not in answering.SEVERAL:
            anew = [value for value in answering.learned(message, slot) if value != state.known[slot]]
            if anew:
                return {slot: anew[0]}
    if any(slot in state.known and slot not in LOOSE for slot in message.named_slots()):
        return {}  # 'Ret telefonen' is of the number, and not of how they meet
    if any(found.entity in _SAID_OTHERWISE for found in message.found):
        return {}  # 'Mødet er ikke på jobcentret, men i borgerservice' is of the department
    told = {
        slot: value
        for slot in LOOSE & state.known.keys() - answering.SEVERAL - {state.asked}
        for value in answering.learned(message, slot, _CERTAINLY)
    }
    # 'En rettelse: optagelsen skal også ud på caféens hjemmeside' names no slot, and can mean but one.
    changed: dict[str, object] = {slot: value for slot, value in told.items() if value != state.known[slot]}
    return changed if len(changed) == 1 else {}


def _denied(message: Message, state: State) -> list[str]:
    """The choices that are known and of which the message says that they are not so."""
    denied = [
        found.entity
        for found in message.found
        if found.negated and found.entity in LOOSE and state.known.get(found.entity) == found.value
    ]
    if state.known.get("meeting_kind") == "video_call" and "recording_medium" not in state.known:
        # 'Nej vent, det er ikke på video': how it is held, as long as nobody has said how to record.
        for found in message.found:
            if found.negated and (found.entity, found.value) == ("recording_medium", "video"):
                denied.append("meeting_kind")
    return denied


def is_held(message: Message) -> bool:
    """'Mødet bliver forresten over telefonen': how it is held, and no way to reach the citizen."""
    return bool(message.values("meeting_kind") and _IS_HELD.search(message.text))


def _is_named(slot: str, message: Message) -> bool:
    """'Formålet er ikke kun privat'. What else slots are called by are their values, too ('lyd', 'bisidder')."""
    if slot == "meeting_kind":
        return is_held(message)
    return slot in ("recording_purpose", "recording_grounds") and slot in message.named_slots()


def free_text(message: Message, state: State, reading: Reading) -> Decision | None:
    """'Ret forklaringen til: jeg er døv på højre øre': a text, also one left out, is replaced by what stands behind."""
    given = {*state.known, *state.settled}
    named = [slot for slot in message.named_slots() if slot in FREE_TEXT and slot in given]
    found = _TEXT_ANEW.search(message.text)
    if message.button or not found or len(named) != 1 or not says_so(message):
        return None
    changed = {named[0]: found["text"].strip()[: FREE_TEXT[named[0]]]}
    return Decision(Kind.CORRECTION, values=changed, says=[Say("utter_corrected", {"noted": noted(changed)})])


def says_so(message: Message) -> bool:
    """Whether a message says that something is to be changed."""
    return message.cue("correction") or (message.intent == "correct" and message.confidence >= SURE)


def correction(message: Message, state: State, reading: Reading) -> Decision | None:
    """New values for what is already known."""
    if message.button and (slot := _button(message)):
        return reopen([slot], state)
    if message.is_question and not (message.cue("correction") or message.intent == "correct"):
        return None
    changed = _changed(state, reading)
    said_so = says_so(message)
    denied = _denied(message, state)
    said_so = said_so or bool(denied) or message.cue("adds")
    if said_so and not changed and (anew := _chosen_anew(message, state)):
        changed = anew
    if not changed and denied:
        # 'Det var ikke et fysisk møde, de ringede til mig.'
        slot = denied[0]
        meant = [value for value in answering.learned(message, slot) if value != state.known[slot]]
        if not meant:
            return reopen([slot], state)
        changed = {slot: meant[0]}
    another = message.intent.startswith("request_") and message.intent != f"request_{state.kind}"
    names_another = another and message.cue(message.intent.replace("request_", "kind_"))
    if message.intent in _ELSEWHERE and message.confidence >= SURE and not said_so:
        return None
    if another and message.confidence >= SURE and (names_another or not said_so):
        # 'Jeg vil sende et spørgsmål til Jura' is a wish, and no news of where the meeting is.
        return None
    said_so = said_so or any(found.negated and found.entity in _SAID_OTHERWISE for found in message.found)
    in_passing = message.words > _MOST_WORDS_OF_A_DAY and not message.cue("the_meeting")
    if not said_so and in_passing and state.asked not in ("meeting_date", "review"):
        # 'Min datter ved først på mandag, om hun kan bytte sin vagt.'
        changed.pop("meeting_date", None)
        changed.pop("meeting_time", None)
    if not said_so and state.asked != "review":
        # At the review nothing else is asked for: what is said there and differs is a correction.
        changed = {slot: value for slot, value in changed.items() if slot in EXPLICIT or _is_named(slot, message)}
    changed.pop("request_type", None)
    asked_day = state.asked == "meeting_date" or "meeting_date" not in state.known
    if said_so and reading.dates and not asked_day:
        decision = from_reading(reading, Kind.CORRECTION, state)
        decision.values = {slot: value for slot, value in reading.values.items() if slot != "request_type"}
        return decision
    if said_so and reading.trouble and not asked_day and not changed:
        says = [Say(reading.trouble, {"date": reading.trouble_date or ""})]
        return Decision(Kind.CORRECTION, says=says, prompt=False, ask="meeting_date")
    if not changed:
        return _emptied(message, state, said_so)
    # What else the message says, for slots that are still open, is taken along.
    new = {slot: value for slot, value in reading.values.items() if slot not in state.known and slot != "request_type"}
    if state.asked in LOOSE and not message.values(state.asked, "support_person"):
        # What is only learnt from a correction is none of the answer asked for.
        new.pop(state.asked, None)
    decision = Decision(Kind.CORRECTION, values={**new, **changed}, settled=set(reading.settled))
    if "applicant_phone" in changed and message.cue("leaves_out_email"):
        # 'Ikke min mail, brug 22 33 44 55.'
        decision.values["applicant_email"] = None
    decision.says = [Say("utter_corrected", {"noted": noted(changed)})]
    return decision


def _emptied(message: Message, state: State, said_so: bool) -> Decision | None:
    """What is known is taken back: 'fjern min mail igen', 'mødet er aflyst, der er ingen ny dato'."""
    gone: set[str] = set()
    learned = answering.steers(message, "correct")
    taken_back = "meeting_department" in message.named_slots() and message.cue("dont_know")
    if taken_back and (said_so or learned) and state.known.get("meeting_department") not in (None, "unknown"):
        # 'Afdelingen er forkert. Jeg ved faktisk ikke, hvilken det er.'
        unknown = {"meeting_department": "unknown", "meeting_department_text": None}
        return Decision(Kind.CORRECTION, values=unknown, says=[Say("utter_corrected", {"noted": noted(unknown)})])
    if message.cue("leaves_out_email") and {"applicant_email", "applicant_phone"} <= state.known.keys():
        gone = {"applicant_email"}
    elif message.cue("removes_phone") and {"applicant_email", "applicant_phone"} <= state.known.keys():
        gone = {"applicant_phone"}
    elif (
        said_so
        and message.cue("cancelled")
        and "meeting_date" in state.known
        and answering.learned(message, "meeting_date", _CERTAINLY)
    ):
        gone = {"meeting_date"}
    if not gone or message.is_question:
        return None
    changed = dict.fromkeys(gone)
    return Decision(
        Kind.CORRECTION, values=changed, settled=gone, says=[Say("utter_corrected", {"noted": noted(changed)})]
    )


def without_value(message: Message, state: State, reading: Reading) -> Decision | None:
    """'Ret datoen', 'det var forkert': the slot is asked for again, or which one it is."""
    names_one = state.asked == "review" and message.named_slots() and message.words <= 4
    asks = message.cue("asks_to_correct") and message.named_slots()
    asks = asks or (answering.steers(message, "correct") and message.named_slots())
    if message.intent != "correct" and not message.cue("correction") and not names_one and not asks:
        return None
    if message.is_question and message.intent != "correct" and not asks:
        return None
    if message.cue("apologizes"):
        return Decision(Kind.TALK, says=[Say("utter_no_offence")])
    given = [slot for slot in message.named_slots() if slot in (*_given(state), "meeting_time")]
    if given and all(slot in reading.values and state.known.get(slot) == reading.values[slot] for slot in given):
        # 'Er mailen rettet? Den skal være li@eksempel.dk': it is
        return Decision(Kind.TALK, says=[Say("utter_already_so", {"noted": noted({s: state.known[s] for s in given})})])
    if given == ["meeting_time"] and not {"meeting_date", "meeting_time"} & {*state.known, *state.settled}:
        given = []
    return reopen(given, state) if given else what(state)


def reopen(slots: list[str], state: State) -> Decision:
    """The slots are asked for again, the first at once; an hour beside its day, which is kept."""
    if slots[0] == "meeting_time" and state.known.get("meeting_date"):
        says = [Say("utter_prompt_meeting_time")]
        return Decision(Kind.CORRECTION, reopened={"meeting_time"}, says=says, ask="meeting_date", prompt=False)
    slots = ["meeting_date" if slot == "meeting_time" else slot for slot in slots]
    return Decision(Kind.CORRECTION, reopened=set(slots), ask=slots[0])


def what(state: State) -> Decision:
    """Asks what is to be changed, with a button for each value given."""
    given = _given(state)
    if not given:
        return Decision(Kind.UNCLEAR, says=[Say("utter_unclear")])
    return Decision(
        Kind.ASK_BACK,
        says=[Say("utter_what_to_correct", buttons=buttons(state))],
        pending={"kind": "which_slot"},
        prompt=False,
    )


def buttons(state: State) -> tuple[tuple[str, str], ...]:
    """A button for each value given, which asks for it anew."""
    return tuple((SLOT_TITLES[slot], correct_payload(slot)) for slot in _given(state))


def _given(state: State) -> list[str]:
    order = ORDER.get(state.kind or "", ())
    given = [slot for slot in order if state.known.get(slot) not in (None, [], "") or slot in state.settled]
    return [slot for slot in given if slot != state.asked]


def _changed(state: State, reading: Reading) -> dict[str, object]:
    changed = {}
    for slot, value in reading.values.items():
        before = state.known.get(slot)
        settled_empty = slot in state.settled and slot in EXPLICIT and state.asked not in _CONTACTS
        if slot != state.asked and (before not in (None, [], "") or settled_empty) and before != value:
            changed[slot] = value
    # The citizen's own words for a department follow it.
    if "meeting_department" not in changed:
        changed.pop("meeting_department_text", None)
    elif "meeting_department_text" in reading.values:
        changed["meeting_department_text"] = reading.values["meeting_department_text"]
    return changed


def _button(message: Message) -> str | None:
    return next((str(found.value) for found in message.values("slot") if found.value in SLOT_TITLES), None)
