"""Other words for a reply that was given in the turn before; a way out after repeated misunderstandings."""

from collections.abc import Container

from actions.say import Say
from actions.turn.limits import PATIENCE
from actions.turn.result import Kind, Result
from actions.turn.unclear import ways_out
from common.request import State

_OTHER_WORDING = {
    "utter_stuck": "utter_stuck_again",
    "utter_name_declined": "utter_name_declined_again",
    "utter_which_request": "utter_which_request_again",
    "utter_same_time": "utter_same_time_again",
    "utter_same_meeting": "utter_same_meeting_again",
    "utter_same_meetings": "utter_same_meeting_again",
    "utter_what_to_correct": "utter_what_to_correct_again",
    "utter_correction_unclear": "utter_correction_unclear_again",
    "utter_send_plainly": "utter_send_plainly_again",
    "utter_terms_plainly": "utter_terms_plainly_again",
}
# Responses that have the telephone number and digital post (conversation.md, 7).
_WAYS_OUT = {
    *("utter_stuck", "utter_stuck_again", "utter_name_declined", "utter_name_declined_again", "utter_cannot_skip"),
    *("utter_contact_needed", "utter_correction_unclear_again", "utter_what_to_correct_again"),
}


def in_other_words(say: Say, said: Container[str]) -> Say:
    """The response, or its other wording if it was in the turn before (`said`)."""
    other = _OTHER_WORDING.get(say.response)
    return Say(other, say.fill, say.buttons) if other and say.response in said else say


def avoid_repetition(result: Result, state: State) -> None:
    """Rewords what was said in the turn before; repeated misunderstandings get an example, then a way out."""
    result.says = [in_other_words(say, state.said) for say in result.says]
    if result.kind is not Kind.UNCLEAR:
        return
    response = result.says[0].response if result.says else None
    repeated = response in state.said
    out_of_patience = state.failures >= PATIENCE
    if not repeated and (response in _WAYS_OUT or not out_of_patience):
        return
    example = Say(f"utter_example_{state.asked}")
    helps = not out_of_patience and example.response not in state.said
    result.says = [example if helps else in_other_words(ways_out(state), state.said)]
    if response:
        # What is asked for is asked once more, and so is a question in between that stays open.
        result.prompt, result.pending = True, None
