"""Actions room: a message that steers: stop, begin again, wait, back, and 'why do you ask?'. Pure."""

from actions import answering, corrections
from actions.decision import Decision, Kind, Say, State
from actions.message import CERTAIN, SURE, Message
from actions.slots import ORDER, previous_slot
from actions.values import LOOSE, Reading
from common.slots import FREE_TEXT

# Topics that 'why do you ask?' sounds like.
_LIKE_WHY = ("faq_position", "faq_not_on_page", "faq_without_name")
# A longer message steers only where its label is certain.
MOST_WORDS = 8
_MOST_WORDS_OF_A_STOP = 40
_MOST_WORDS_OF_A_PLAIN_STOP = 12
_FEW_WORDS = 5
_BEYOND_DOUBT = 0.9
_MOST_WORDS_OF_BACK = 15


def steering(message: Message, state: State, reading: Reading) -> Decision | None:
    """Stop, begin again, back, and 'why do you ask?'."""
    short = message.words <= MOST_WORDS
    free = state.asked not in FREE_TEXT or (message.confidence >= CERTAIN and message.words <= _MOST_WORDS_OF_A_STOP)
    certain = message.confidence >= CERTAIN and reading.values.keys() <= LOOSE
    by_intent = message.confidence >= SURE and (not reading.values or certain) and (short or free)
    # 'Jeg vil stoppe min sag, hvordan gør jeg?' is a question to Jura.
    says_stop = message.cue("stop") and message.words <= _MOST_WORDS_OF_A_PLAIN_STOP
    if message.cue("removes_contact"):
        return None  # 'slet mit telefonnummer' deletes no more than that
    # 'Mødet blev aflyst, og der er ikke fundet en ny dag' answers the question for the day.
    answers = state.asked in reading.settled and message.confidence < CERTAIN
    if (says_stop and not (message.is_question and message.words > _FEW_WORDS)) or (
        message.intent == "cancel" and by_intent and not message.is_question and not answers
    ):
        return stop(state)
    if message.intent == "restart" and by_intent and short and not answering.steers(message, "back"):
        return Decision(Kind.ASK_BACK, says=[Say("utter_confirm_restart")], pending={"kind": "restart"}, prompt=False)
    waits = (message.cue("wait") or answering.steers(message, "wait", state.asked)) and not (
        message.intent in ("correct", "cancel", "restart") and by_intent
    )
    if waits and short and not message.is_question and not reading.values:
        return Decision(Kind.TALK, says=[Say("utter_take_your_time")], prompt=False)
    asked_for = [slot for slot in ORDER.get(state.kind or "", ()) if slot in message.named_slots()]
    if message.cue("question_before"):
        asked_for = [slot for slot in asked_for if slot != "question_text"]
    if message.cue("back") and short and (given := [slot for slot in asked_for if slot in state.known]):
        return corrections.reopen(given, state)
    plainly = answering.learned(message, "steering", _BEYOND_DOUBT) == ["back"] and message.words <= _MOST_WORDS_OF_BACK
    learned = answering.steers(message, "back", state.asked) and not reading.values
    if (message.cue("back") and short) or (learned and (short or plainly)):
        before = previous_slot(state.asked, state.kind)
        if before == "request_type":
            return Decision(Kind.BACK, ask="request_type")
        if before:
            return Decision(Kind.BACK, reopened={before}, ask=before)
    # A question to Jura may well begin so.
    topic = message.intent.startswith("faq_") and message.intent not in _LIKE_WHY and message.confidence >= CERTAIN
    why = message.cue("why") or (answering.steers(message, "why", state.asked) and not reading.values and not topic)
    of_this = message.words <= _FEW_WORDS or "question_text" in message.named_slots()
    why = why and not (state.asked in reading.values and state.asked in corrections.EXPLICIT)
    if why and (state.asked != "question_text" or of_this):
        return Decision(Kind.WHY, says=[Say(f"utter_explain_{state.asked}")])
    return None


def stop(state: State) -> Decision:
    """Stops at once where nothing would be lost; otherwise asks once to be sure."""
    if state.has_given:
        return Decision(Kind.STOP, says=[Say("utter_confirm_stop")], pending={"kind": "stop"}, prompt=False)
    return Decision(Kind.STOPPED, says=[Say("utter_request_stopped")], prompt=False)
