"""Steering: stop, restart, wait, back, "why do you ask?", and what is noted so far."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.limits import (
    BACK_WORDS,
    CERTAIN,
    STEERING_WORDS,
    STEERS_BEYOND_DOUBT,
    STOP_WORDS,
    STOP_WORDS_BY_LABEL,
    STOP_WORDS_OF_A_QUESTION,
    SURE,
    TALK_WORDS,
    WHY_WORDS,
)
from bot.nlu.acts.request.message import Message, cues, slot_names
from bot.nlu.acts.request.people.who_writes import takes_out_who_writes
from bot.nlu.acts.request.slot_values import CONTACTS, Reading, given, reopened
from bot.nlu.certainty import UNDERSTOOD
from bot.nlu.clauses import clauses
from bot.nlu.intents.follow_ups import is_merely
from common.acts import (
    ACKNOWLEDGED,
    ASK,
    BACK,
    CHECK_NOTED,
    CHECK_STATUS,
    REFERENCE,
    RESTART,
    SIMPLIFY,
    SKIP,
    SMALL_TALK,
    STOP,
    WAIT,
    WHY,
    Act,
)
from common.request import State
from common.slots import BINDING, EXPLICIT, FREE_TEXT, LOOSE, ORDER, READ_FROM, may_skip, previous_slot

# What a question about what is noted may tell beside it.
_TOLD_ANEW = (*CONTACTS, "behalf_relation")
# Topics confused with "why do you ask?".
LIKE_WHY = ("faq_position", "faq_not_on_page", "faq_without_name")


def steer(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Acts of a message that steers."""
    if message.cue("removes_contact"):
        return None  # 'slet mit telefonnummer' deletes only the number
    if state.asked and state.asked in state.former and message.cue("removes_it") and may_skip(state.asked, state.known):
        return [Act(SKIP, slot=state.asked)]  # 'Slet det', where a slot is asked for again
    for rule in (_stop, _restart, _wait, _back_to_named, _back, _what_is, _why):
        if acts := rule(message, state, reading):
            return acts
    return None


def acknowledges(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """An 'okay' to an answer in between, where something is asked for that it is no answer to."""
    answers_it = state.asked in (*BINDING, "support_person_possible", "question_text")
    if answers_it or state.pending or not state.last_answer or not is_merely(message.text):
        return None
    return [Act(SMALL_TALK, ACKNOWLEDGED)]


def wants_no_more(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Stops a request that begins after one that was sent: 'nej tak, ikke en til'."""
    beginning = state.sent and (state.pending or {}).get("kind") != "stop"
    wants = beginning and message.words <= TALK_WORDS and message.cue("wants_no_more")
    return [Act(STOP)] if wants and not (message.is_question or reading.values) else None


def asked_why(text: str, asked: str | None) -> str:
    """The slot asked about with "why": the one of the form that is named, else the one asked for."""
    others = ("question_text", "notes_wanted", "applicant_phone")  # their names are used of much else
    slots = (slot for slot in slot_names() if slot not in others and any(slot in order for order in ORDER.values()))
    named = [slot for slot in slots if slot_names()[slot].search(text.lower())]
    return named[0] if len(named) == 1 and named[0] != READ_FROM.get(asked or "") else str(asked)


def _is_short(message: Message) -> bool:
    return message.words <= STEERING_WORDS


def _by_label(message: Message, state: State, reading: Reading) -> bool:
    """Whether the label may steer."""
    free = state.asked not in FREE_TEXT or (message.confidence >= CERTAIN and message.words <= STOP_WORDS_BY_LABEL)
    certain = message.confidence >= CERTAIN and reading.values.keys() <= LOOSE
    return message.confidence >= SURE and (not reading.values or certain) and (_is_short(message) or free)


def _stop(message: Message, state: State, reading: Reading) -> list[Act] | None:
    if message.cue("not_now"):
        return [Act(STOP)]  # 'Det er ikke det, jeg vil nu'
    if message.cue("denies_stopping") or (state.asked == "review" and asks_to_send(message)):
        return None
    if takes_out_who_writes(message):
        return None
    # 'Jeg vil stoppe min sag, hvordan gør jeg?' is a question to Jura.
    says_stop = message.cue("stop") and message.words <= STOP_WORDS
    # 'Mødet blev aflyst, og der er ikke fundet en ny dag' answers the question for the day.
    answers = state.asked in reading.settled and message.confidence < CERTAIN
    # A yes never stops: 'jeg vil ikke rette noget, jeg siger ja'.
    agrees = message.yes or message.cue("consents") or message.cue("plain_send")
    by_label = message.intent == "cancel" and _by_label(message, state, reading) and not agrees
    stops = (says_stop and not (message.is_question and message.words > STOP_WORDS_OF_A_QUESTION)) or (
        by_label and not message.is_question and not answers
    )
    if stops and message.values("reference"):
        # About a request already sent: 'træk min anmodning K7QF-3MX5 tilbage'.
        return [Act(ASK, CHECK_STATUS, REFERENCE)]
    return [Act(STOP)] if stops else None


def asks_to_send(message: Message) -> bool:
    """Whether a clause asks to send and nothing is taken back: 'ikke noget, du skal bare sende den'."""
    if message.cue("takes_back"):
        return False
    parts = [message.text[slice(*span)] for span in clauses(message.text)] or [message.text]
    return any(message.cue_in("says_send", one) and not message.cue_in("denies_sending", one) for one in parts)


def asks_what_it_is(text: str, asked: str | None) -> bool:
    """Whether the text asks what a word of the question means."""
    names = slot_names().get(asked or "")
    return bool(names and cues()["what_is"].search(text.lower()) and names.search(text.lower()))


def _what_is(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Asks for an explanation of the current or another question of the request."""
    if asks_what_it_is(message.text, state.asked):
        return [Act(SIMPLIFY, slot=str(state.asked))]
    topic = message.intent.startswith("faq_") and message.confidence >= SURE
    others = (slot for slot in ORDER.get(state.kind or "", ()) if asks_what_it_is(message.text, slot))
    other = None if topic or state.asked in FREE_TEXT else next(others, None)
    return [Act(SIMPLIFY, slot=other)] if other else None


def progress(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """How many questions are left, also next to an answer."""
    longest = STEERING_WORDS if state.asked in FREE_TEXT else TALK_WORDS
    if not message.cue("how_many_left") or message.words > longest:
        return None
    answers = {slot: value for slot, value in reading.values.items() if slot == state.asked}
    return [*given(answers), Act(SMALL_TALK, "progress", slot="progress")]


def noted(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """What is noted so far, also next to an answer; the values that the question names are not taken."""
    # 'Kan det komme med?' without a value before it: the noted values are shown. At the review it speaks of what
    # stands beside it.
    comes_along = message.cue("comes_along") and state.asked != "review"
    asks = message.intent == CHECK_NOTED and message.confidence >= UNDERSTOOD
    if not (asks or comes_along) or message.words > TALK_WORDS or state.asked in FREE_TEXT:
        return None
    if any(slot in reading.values and reading.values[slot] != state.known.get(slot) for slot in _TOLD_ANEW):
        return None  # 'Kan du rette mit nummer til 22 33 44 55', 'der står ikke noget om min mor'
    answers = {slot: value for slot, value in reading.values.items() if slot == state.asked}
    return [*given(answers), Act(SMALL_TALK, "noted", slot="noted")]


def _restart(message: Message, state: State, reading: Reading) -> list[Act] | None:
    by_label = message.intent == "restart" and _by_label(message, state, reading) and _is_short(message)
    return [Act(RESTART)] if by_label and not learned_answers.steers(message, "back") else None


def _wait(message: Message, state: State, reading: Reading) -> list[Act] | None:
    if not _is_short(message) or message.is_question or reading.values:
        return None
    if message.intent in ("correct", "cancel", "restart") and _by_label(message, state, reading):
        return None
    waits = message.cue("wait") or learned_answers.steers(message, "wait", state.asked)
    return [Act(WAIT)] if waits else None


def _back_to_named(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Reopens a known slot named with "back"."""
    if not _is_short(message) or not message.cue("back"):
        return None
    named = [slot for slot in ORDER.get(state.kind or "", ()) if slot in message.named_slots()]
    if message.cue("question_before"):
        named = [slot for slot in named if slot != "question_text"]
    held = [slot for slot in named if slot in state.known]
    return reopened(held) if held else None


def _back(message: Message, state: State, reading: Reading) -> list[Act] | None:
    short = _is_short(message)
    plainly = (
        learned_answers.values(message, "steering", STEERS_BEYOND_DOUBT) == ["back"] and message.words <= BACK_WORDS
    )
    by_answers = learned_answers.steers(message, "back", state.asked) and not reading.values and (short or plainly)
    before = previous_slot(state.asked, state.known)
    return [Act(BACK, slot=before)] if before and (by_answers or (message.cue("back") and short)) else None


def _why(message: Message, state: State, reading: Reading) -> list[Act] | None:
    # A question to Jura may start with the same words.
    topic = message.intent.startswith("faq_") and message.intent not in LIKE_WHY and message.confidence >= CERTAIN
    to_jura = state.asked == "question_text"  # 'Er det rigtigt?' is asked of Jura there
    why = message.cue("why") or (
        learned_answers.steers(message, "why", state.asked) and not (reading.values or topic or to_jura)
    )
    if not why or (state.asked in reading.values and state.asked in EXPLICIT):
        return None
    of_this = message.words <= WHY_WORDS or "question_text" in message.named_slots()
    return [Act(WHY, asked_why(message.text, state.asked))] if of_this or not to_jura else None
