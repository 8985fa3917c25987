"""Actions room: a question in between, thanks, anger: answered, and the form goes on where it was."""

from actions.decision import Decision, Kind, Say, State
from actions.message import SURE, Message
from actions.values import Reading

TYPE_TITLES = {
    "recording": "en anmodning om at optage",
    "notes": "en anmodning om notater eller referat",
    "question": "et spørgsmål til Jura",
}
_ANSWERS = {
    "greet": "utter_hello_again",
    "thank": "utter_thank",
    "help": "utter_help_request",
    "bot_challenge": "utter_bot_challenge",
    "human_handover": "utter_human_handover",
    "frustration": "utter_frustration",
    "other_language": "utter_other_language",
    "check_status": "utter_status_after_request",
}
# Short messages that are never the text of a free-text slot.
GESTURES = {*_ANSWERS, "goodbye", "repeat", "simplify", "restart", "cancel"} - {"out_of_scope", "check_status"}


def answer_to(intent: str) -> Decision:
    """The page's answer to a question, or that it was not understood, with the number to ring; the form goes on."""
    if intent.startswith("faq_"):
        return Decision(Kind.QUESTION, says=[Say(f"utter_{intent}")])
    said = _ANSWERS.get(intent)
    return Decision(Kind.TALK, says=[Say(said)] if said else [Say("utter_unclear"), Say("utter_human_handover")])


def talk(message: Message, state: State, reading: Reading) -> Decision | None:
    """The answer to a message that is none to the form; None where it is not understood."""
    if message.confidence < SURE and not message.button:
        return None
    if message.intent.startswith("faq_"):
        return answer_to(message.intent)
    if message.intent == "goodbye":
        return Decision(Kind.TALK, says=[Say("utter_request_waits")], prompt=False)
    if message.intent == "repeat":
        return Decision(Kind.TALK, says=[Say(state.last_answer)] if state.last_answer else [])
    if message.intent == "simplify":
        if state.last_answer:
            return Decision(Kind.TALK, says=[Say(state.last_answer.replace("utter_faq_", "utter_simple_"))])
        return Decision(Kind.TALK, says=[Say(f"utter_example_{state.asked}")])
    if response := _ANSWERS.get(message.intent):
        return Decision(Kind.TALK, says=[Say(response)])
    return None
