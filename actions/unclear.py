"""Actions room: a message inside a request that was not understood: said so, then an example, then ways out."""

from actions.decision import Decision, Kind, Say, State
from actions.message import SURE, Message
from actions.slots import may_skip


def unclear(message: Message, state: State) -> Decision:
    """Not understood: said so, then with an example, then with ways out."""
    failures = state.failures + 1
    if message.intent == "out_of_scope" and message.confidence >= SURE and failures == 1:
        return Decision(Kind.UNCLEAR, says=[Say("utter_out_of_scope")])
    if state.asked in (None, "request_type") and failures == 1:
        return Decision(Kind.UNCLEAR, says=[Say("utter_unclear")])
    if failures == 1:
        return Decision(Kind.UNCLEAR, says=[_trouble_with(message, state) or Say("utter_unclear")])
    if failures == 2:
        return Decision(Kind.UNCLEAR, says=[Say(f"utter_example_{state.asked or 'request_type'}")])
    # And once more what is asked for: a 'nej' is then the answer to that.
    return Decision(Kind.UNCLEAR, says=[stuck(state)])


def stuck(state: State) -> Say:
    """The ways out, with the telephone number."""
    skip = (("Spring over", "/skip"),) if state.asked and may_skip(state.asked, state.known) else ()
    return Say("utter_stuck", buttons=skip)


def _trouble_with(message: Message, state: State) -> Say | None:
    """What is wrong with something that was meant as an e-mail or a telephone number."""
    digits = sum(character.isdigit() for character in message.text)
    if state.asked in ("applicant_email", "applicant_phone"):
        if "@" in message.text:
            return Say("utter_invalid_email")
        if digits >= 3:
            return Say("utter_invalid_phone")
    return None
