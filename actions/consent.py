"""The two places where nothing but an explicit yes counts (actions/binding.py): the terms, and sending. Pure."""

from actions import answering, corrections, steering
from actions.binding import binds
from actions.decision import Decision, Kind, Say, State
from actions.message import SURE, Message
from actions.taking import from_reading
from actions.values import Reading

# A longer message says something else as well.
_MOST_WORDS_OF_A_YES = 15
_WHO = {"applicant_name", "applicant_email", "applicant_phone"}
_TO_BE_SURE = ("stop", "restart")
_REACHED = {"email": "applicant_email", "phone": "applicant_phone"}


def sending(message: Message, state: State, reading: Reading) -> Decision | None:
    """'I må gerne sende den nu', at the review, before it is heard as a wish to be sent something."""
    says_so = message.cue("send") or message.cue("plain_send") or binds(message.text, "review")
    return review(message, state, reading) if state.asked == "review" and says_so else None


def review(message: Message, state: State, reading: Reading) -> Decision | None:
    """Nothing is sent without an explicit yes to what was shown."""
    if state.asked != "review":
        return None
    changed = any(state.known.get(slot) != value for slot, value in reading.values.items())
    changed = changed or bool(reading.dates or reading.times)
    if _sends(message, changed):
        if state.prompted:
            return Decision(Kind.SEND)
        # To another question ('Vil du begynde forfra?', 'Hvad vil du rette?') it has it all shown once more.
        continues = state.pending is not None and state.pending["kind"] in _TO_BE_SURE
        return Decision(Kind.TALK, says=[Say("utter_request_continues")]) if continues else _ask_again("review")
    yes = message.cue("send") or message.cue("plain_send") or (message.intent == "affirm" and message.words <= 6)
    if (yes or (message.yes and message.words <= _MOST_WORDS_OF_A_YES)) and not changed and not _doubts(message):
        return _ask_again("review")
    no = message.intent == "deny" or message.cue("deny")
    if no and message.words <= 4 and not changed and not message.named_slots():
        return corrections.what(state)
    return None


def terms(message: Message, state: State, reading: Reading) -> Decision | None:
    """Terms are accepted by an explicit yes alone; a yes with a 'but', a question or another matter is not one."""
    if state.asked != "terms_accepted":
        return None
    no = message.cue("deny") or (message.intent == "deny" and message.confidence >= SURE)
    corrects = corrections.is_clear(message, state, reading) or corrections.changes(message, state, reading)
    if no and not message.is_question and not corrects:
        if state.pending and state.pending["kind"] == "terms":
            return steering.stop(state)  # a second no
        return Decision(Kind.VALUE, says=[Say("utter_terms_needed")], pending={"kind": "terms"}, prompt=False)
    if message.yes if message.button else binds(message.text, "terms", _own(message, reading)):
        if state.prompted and not corrects:
            decision = from_reading(reading, Kind.VALUE, state)
            decision.values["terms_accepted"] = True
            return decision
        return _ask_again("terms_accepted")
    likely = message.yes or answering.agrees(message) or (message.intent == "affirm" and message.confidence >= SURE)
    doubts = message.is_question or _takes_back(message) or message.cue("condition")
    # 'Ja, min søster kan godt' speaks of what was asked before, 'okay. jeg vil hellere filme' of something else.
    doubts = doubts or bool(reading.values.keys() & state.known.keys()) or bool(reading.values.keys() - _WHO)
    if likely and not doubts:
        return _ask_again("terms_accepted")
    return None


def _sends(message: Message, changed: bool) -> bool:
    """Whether a message is an explicit yes to sending."""
    if message.button:
        return message.yes
    return not changed and binds(message.text, "review")


def _own(message: Message, reading: Reading) -> list[str]:
    """The citizen's ways to be reached, as they stand in the message, where they are taken along with the yes."""
    taken = [entity for entity, slot in _REACHED.items() if slot in reading.values]
    return [message.text[one.start : one.end] for one in message.values(*taken)]


def _doubts(message: Message) -> bool:
    return message.cue("correction") or message.cue("reservation") or message.is_question or _takes_back(message)


def _takes_back(message: Message) -> bool:
    """'Ja. Stop', 'ja lad være': whatever else is said, a yes that is taken back binds nobody."""
    return message.cue("takes_back") or message.intent == "cancel"


def _ask_again(slot: str) -> Decision:
    """Something like a yes: the word that counts is named, and it is asked once more."""
    return Decision(Kind.UNCLEAR, says=[Say(f"utter_example_{slot}")])
