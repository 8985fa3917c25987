"""Replies to a message inside a request that was not understood: a plain one, then an example, then ways out."""

from actions.say import Say
from actions.turn.result import Kind, Result
from common.acts import ASKS, SMALL_TALK, Act
from common.request import State
from common.slots import may_skip

# Replies to what looks like an e-mail or a telephone number and is not valid.
_INVALID = {"email": "utter_invalid_email", "phone": "utter_invalid_phone"}


def unclear(state: State, act: Act | None = None) -> Result:
    """The reply to the first, second or later misunderstanding in a row (conversation.md, 7)."""
    failures = state.failures + 1
    if failures == 1:
        if act is not None and act.about == ASKS and state.asked:
            # What is asked is likely to be about our own question, so that is explained.
            return Result(Kind.UNCLEAR, says=[Say("utter_question_unclear"), Say(f"utter_explain_{state.asked}")])
        out_of_scope = act is not None and act.act == SMALL_TALK
        invalid = _INVALID.get(act.about) if act else None
        response = "utter_out_of_scope" if out_of_scope else invalid or "utter_unclear"
        return Result(Kind.UNCLEAR, says=[Say(response)])
    if failures == 2:
        return Result(Kind.UNCLEAR, says=[Say(f"utter_example_{state.asked or 'request_type'}")])
    # The slot is asked for again, so that a 'nej' answers it and not this.
    return Result(Kind.UNCLEAR, says=[ways_out(state)])


def ways_out(state: State) -> Say:
    """The telephone number, and a button to skip the slot if it may be skipped."""
    skip = (("Spring over", "/skip"),) if state.asked and may_skip(state.asked, state.known) else ()
    return Say("utter_stuck", buttons=skip)
