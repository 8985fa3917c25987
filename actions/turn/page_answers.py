"""Replies inside a request to questions about the page, and to thanks, anger and other small talk."""

from actions.say import Say
from actions.turn.result import Kind, Result
from common.acts import ACKNOWLEDGED, WILL_ASK

_RESPONSES = {
    "greet": "utter_hello_again",
    "thank": "utter_thank",
    "help": "utter_help_request",
    "bot_challenge": "utter_bot_challenge",
    "human_handover": "utter_human_handover",
    "frustration": "utter_frustration",
    "other_language": "utter_other_language",
    "check_status": "utter_status_after_request",
    "apology": "utter_no_offence",
}


def answer_to(label: str) -> Result:
    """The reply to a label (labels.md); an unknown one gets 'not understood' and the telephone number."""
    if label.startswith("faq_"):
        return Result(Kind.QUESTION, says=[Say(f"utter_{label}")])
    if label == "goodbye":
        return Result(Kind.TALK, says=[Say("utter_request_waits")], prompt=False)
    if label == WILL_ASK:
        return Result(Kind.TALK, says=[Say("utter_will_ask")], prompt=False)
    if label == ACKNOWLEDGED:
        return Result(Kind.TALK)
    response = _RESPONSES.get(label)
    return Result(Kind.TALK, says=[Say(response)] if response else [Say("utter_unclear"), Say("utter_human_handover")])
