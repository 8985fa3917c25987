"""What is answered beside a request: questions to the page, thanks, anger."""

from actions.say import Say
from actions.turn.result import Kind, Result

_ANSWERS = {
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
    """The page's answer to a question, or that it was not understood, with the number to ring; the form goes on."""
    if label.startswith("faq_"):
        return Result(Kind.QUESTION, says=[Say(f"utter_{label}")])
    if label == "goodbye":
        return Result(Kind.TALK, says=[Say("utter_request_waits")], prompt=False)
    said = _ANSWERS.get(label)
    return Result(Kind.TALK, says=[Say(said)] if said else [Say("utter_unclear"), Say("utter_human_handover")])
