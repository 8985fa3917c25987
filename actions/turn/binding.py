"""Handlers of what binds a citizen, or takes that back: sending, the terms, stopping, beginning anew."""

from collections.abc import Sequence

from actions.say import Say
from actions.turn.result import Kind, Result
from actions.turn.second_request import PLAINLY
from common import acts
from common.acts import Act
from common.request import State

_SEND_AFTER, _TERMS_PLAINLY = Say("utter_send_after_more"), Say("utter_terms_plainly")


def yes_to_sending(act: Act, _: Sequence[Act], state: State) -> Result:
    """A yes at the review: sends if it is one of the binding words or the button (conversation.md, Acts)."""
    if act.about == acts.BINDS and state.prompted:
        return Result(Kind.SEND)
    if act.about == acts.BINDS and state.pending and state.pending["kind"] in ("stop", "restart"):
        # The yes answers another question ('Vil du begynde forfra?'), so the review is shown again.
        return continues()
    # Understood, and asked for plainly; the review is shown again only if something else was said since
    # (conversation.md, Acts).
    return _once_more(PLAINLY if state.prompted else _SEND_AFTER, state)


def yes_to_the_terms(act: Act, _: Sequence[Act], state: State) -> Result:
    """A yes to the terms: accepts them if it is one of the binding words or the button (conversation.md, Acts)."""
    if act.about == acts.BINDS and state.prompted:
        return Result(Kind.VALUE, values={"terms_accepted": True})
    return _once_more(_TERMS_PLAINLY, state)


def _once_more(say: Say, state: State) -> Result:
    """Asks for a plain yes: a yes in other words is no misunderstanding."""
    return Result(Kind.TALK, says=[say], prompt=not state.prompted)


def no_to_the_terms(act: Act, _: Sequence[Act], state: State) -> Result:
    """A no to the terms: explains what that means; a second one asks whether to stop."""
    if state.pending and state.pending["kind"] == "terms":
        return stop(act, (), state)  # a second no
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
    """Asks whether to stop; stops at once if nothing would be lost."""
    if not state.has_given:
        return stopped()
    return Result(Kind.STOP, says=[Say("utter_confirm_stop")], pending={"kind": "stop"}, prompt=False)


def restart(*_: object) -> Result:
    """Asks whether to begin anew."""
    says = [Say("utter_confirm_restart")]
    return Result(Kind.ASK_BACK, says=says, pending={"kind": "restart"}, prompt=False)
