"""A message inside a request that was not understood: said so, then an example, then ways out."""

from actions.say import Say
from actions.turn.result import Kind, Result
from common.acts import SMALL_TALK, Act
from common.request import State
from common.slots import may_skip

# What was meant as an e-mail or a telephone number, and is none.
_TROUBLE = {"email": "utter_invalid_email", "phone": "utter_invalid_phone"}


def unclear(state: State, act: Act | None = None) -> Result:
    """Not understood: said so, then with an example, then with ways out."""
    failures = state.failures + 1
    if failures == 1:
        elsewhere = act is not None and act.act == SMALL_TALK
        trouble = _TROUBLE.get(act.about) if act else None
        response = "utter_out_of_scope" if elsewhere else trouble or "utter_unclear"
        return Result(Kind.UNCLEAR, says=[Say(response)])
    if failures == 2:
        return Result(Kind.UNCLEAR, says=[Say(f"utter_example_{state.asked or 'request_type'}")])
    # And once more what is asked for: a 'nej' is then the answer to that.
    return Result(Kind.UNCLEAR, says=[stuck(state)])


def stuck(state: State) -> Say:
    """The ways out, with the telephone number."""
    skip = (("Spring over", "/skip"),) if state.asked and may_skip(state.asked, state.known) else ()
    return Say("utter_stuck", buttons=skip)
