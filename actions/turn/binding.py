"""The rows of what binds a citizen, and what takes it back: sending, the terms, stopping and beginning anew."""

from collections.abc import Sequence

from actions.say import Say
from actions.turn.result import Kind, Result
from actions.turn.rows import example, example_alone
from actions.turn.which_request import PLAINLY
from common import acts
from common.acts import Act
from common.request import State


def yes_to_sending(act: Act, _: Sequence[Act], state: State) -> Result:
    """A yes at the review: the listed words or the button send, where they answer what was shown."""
    if act.about == acts.BINDS and state.prompted:
        return Result(Kind.SEND)
    if act.about == acts.BINDS and state.pending and state.pending["kind"] in ("stop", "restart"):
        # To another question ('Vil du begynde forfra?') it has it all shown once more.
        return continues()
    # It stands just above, unless something else was said since: then it is shown once more (conversation.md).
    return Result(Kind.UNCLEAR, says=[PLAINLY], prompt=False) if state.prompted else example(act, (), state)


def yes_to_the_terms(act: Act, _: Sequence[Act], state: State) -> Result:
    """A yes to the terms: the listed words or the button accept them, where they were asked about."""
    if act.about == acts.BINDS and state.prompted:
        return Result(Kind.VALUE, values={"terms_accepted": True})
    return example_alone(act, (), state) if state.prompted else example(act, (), state)


def no_to_the_terms(_act: Act, _: Sequence[Act], state: State) -> Result:
    """A no to the terms: what that means; a second one asks whether to stop."""
    if state.pending and state.pending["kind"] == "terms":
        return stop(_act, (), state)  # a second no
    return Result(Kind.VALUE, says=[Say("utter_terms_needed")], pending={"kind": "terms"}, prompt=False)


def continues(*_: object) -> Result:
    """The request goes on."""
    return Result(Kind.TALK, says=[Say("utter_request_continues")])


def stopped(*_: object) -> Result:
    """The request is stopped."""
    return Result(Kind.STOPPED, says=[Say("utter_request_stopped")], prompt=False)


def restarted(*_: object) -> Result:
    """The request begins anew."""
    return Result(Kind.RESTARTED)


def stop(_act: Act, _: Sequence[Act], state: State) -> Result:
    """Stops at once where nothing would be lost; otherwise asks once to be sure."""
    if not state.has_given:
        return stopped()
    return Result(Kind.STOP, says=[Say("utter_confirm_stop")], pending={"kind": "stop"}, prompt=False)


def restart(*_: object) -> Result:
    """Begins anew, once that is sure."""
    says = [Say("utter_confirm_restart")]
    return Result(Kind.ASK_BACK, says=says, pending={"kind": "restart"}, prompt=False)
