"""Actions room: the citizen wants another kind of request than the one under way; what was said is kept. Pure."""

from actions import which_request
from actions.decision import Decision, Kind, Say, State
from actions.message import CERTAIN, SURE, Message
from actions.reading import read
from actions.slots import ORDER
from actions.taking import from_reading
from actions.values import Reading
from common.slots import FREE_TEXT

TYPE_OF_INTENT = {"request_recording": "recording", "request_notes": "notes", "request_question": "question"}
_MOST_WORDS = 40
# In a text a longer wish may be part of what is told.
MOST_WORDS_IN_A_TEXT = 12


def beyond_doubt(message: Message, state: State, reading: Reading) -> Decision | None:
    """Another kind of request, said beyond doubt: 'jeg dropper det med at optage og beder om et referat i stedet'."""
    if state.kind is None or message.button or state.asked == "request_type" or message.words > _MOST_WORDS:
        return None
    if _sends(message, state):
        return None
    if state.asked == "question_text" and "?" in message.text and not message.cue("instead"):
        return None
    wished = TYPE_OF_INTENT.get(message.intent)
    long_text = state.asked in FREE_TEXT and message.words > MOST_WORDS_IN_A_TEXT
    if wished == state.kind or wished is None or message.confidence < CERTAIN or long_text:
        steers = message.intent in ("cancel", "correct", *TYPE_OF_INTENT) and message.confidence >= SURE
        wished = None
        wishes = message.intent in TYPE_OF_INTENT and steers
        asks = message.is_question and not wishes
        if message.cue("instead") and (steers or state.asked not in FREE_TEXT) and not asks:
            named = [kind for kind in ORDER if kind != state.kind and message.cue(f"kind_{kind}")]
            wished = named[0] if len(named) == 1 else None
    return _changed_to(wished, message, state) if wished else None


def type_change(message: Message, state: State, reading: Reading) -> Decision | None:
    """The citizen wants another kind of request; what was said is kept."""
    named = _named_kind(message) if state.asked == "request_type" else None
    new = reading.values.get("request_type") or TYPE_OF_INTENT.get(message.intent) or named
    if named:
        return Decision(Kind.VALUE, values={"request_type": new})
    if new is None or (message.confidence < 0.5 and not message.button):
        return None
    if state.kind is None or state.asked == "request_type":
        decision = from_reading(read(message, new, state.asked, state.today), Kind.VALUE)
        decision.values["request_type"] = new
        return decision
    if _sends(message, state):
        return None
    if new == state.kind and message.button:
        # 'Bed om lov til at optage', pressed while that goes on.
        return Decision(Kind.TALK, says=[Say("utter_request_continues")])
    answers = reading.values.keys() & {state.asked} and not _wishes(new, message)
    if new == state.kind or answers:
        return None
    dated = state.asked == "meeting_date" and (reading.dates or "meeting_date" in reading.settled)
    if dated and not message.button and not message.cue(f"kind_{new}"):
        return None  # 'I dag får jeg tilsendt papirerne, og på torsdag går vi dem igennem' answers the question
    return _changed_to(new, message, state)


def _sends(message: Message, state: State) -> bool:
    """'Ja, jeg ønsker, at den sendes til Jura nu', at the review, is no wish for another request."""
    return state.asked == "review" and message.yes and not message.cue("instead")


def _wishes(new: str, message: Message) -> bool:
    """'Jeg vil også have referatet fra 3. september' is a wish, also where a day is asked for."""
    return not message.button and not message.is_question and message.cue(f"wish_{new}")


def _changed_to(new: str, message: Message, state: State) -> Decision:
    """The request becomes one of another kind; where something was given for it, that is asked first."""
    if state.has_given:
        return which_request.ask(new, message, state)
    return which_request.at_once(new, message, state)


def _named_kind(message: Message) -> str | None:
    """The kind of request that one or two words name."""
    if message.button or message.words > 2 or message.is_question:
        return None
    return next((kind for kind in TYPE_OF_INTENT.values() if message.cue(f"kind_{kind}")), None)
