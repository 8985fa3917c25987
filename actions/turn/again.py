"""Keeps a reply from being the same sentence as the one before; the third misunderstanding has the telephone number."""

from collections.abc import Container

from actions.say import Say
from actions.turn.policy import PATIENCE
from actions.turn.result import Kind, Result
from actions.turn.unclear import stuck
from common.request import State

# What is said in other words where it was just said.
_OTHERWISE = {
    "utter_stuck": "utter_stuck_again",
    "utter_name_declined": "utter_name_declined_again",
    "utter_which_request": "utter_which_request_again",
    "utter_same_time": "utter_same_time_again",
    "utter_same_meeting": "utter_same_meeting_again",
    "utter_same_meetings": "utter_same_meeting_again",
    "utter_what_to_correct": "utter_what_to_correct_again",
    "utter_correction_unclear": "utter_correction_unclear_again",
}
# Each of them has the telephone number, and digital post beside it.
_WAYS_OUT = {
    *("utter_stuck", "utter_stuck_again", "utter_name_declined", "utter_name_declined_again", "utter_cannot_skip"),
    *("utter_contact_needed", "utter_correction_unclear_again", "utter_what_to_correct_again"),
}


def in_other_words(say: Say, said: Container[str]) -> Say:
    """A response, or its other wording where it was said in the turn before."""
    otherwise = _OTHERWISE.get(say.response)
    return Say(otherwise, say.fill, say.buttons) if otherwise and say.response in said else say


def say_otherwise(result: Result, state: State) -> None:
    """Changes what a result says so that nothing is said that was said in the turn before, as far as words go."""
    result.says = [in_other_words(say, state.said) for say in result.says]
    if result.kind is not Kind.UNCLEAR:
        return
    response = result.says[0].response if result.says else None
    again = response in state.said
    lost = state.failures >= PATIENCE
    if not again and (response in _WAYS_OUT or not lost):
        return
    example = Say(f"utter_example_{state.asked}")
    helps = not lost and example.response not in state.said
    result.says = [example if helps else in_other_words(stuck(state), state.said)]
    if response:
        # What is asked for is asked once more; a question in between that stays open is, too.
        result.prompt, result.pending = True, None
