"""What stands in a request: put back as it was, said once more, said with its new value, or added as it was written."""

from actions.corrections import buttons
from actions.decision import Decision, Kind, Say, State
from actions.message import SURE, Message
from actions.slots import BESIDE, TEXT_OF
from actions.values import Reading
from actions.wording import limit_text, noted
from common.slots import FREE_TEXT

_ANSWERS = (Kind.VALUE, Kind.SKIP, Kind.DONT_KNOW)
# In characters.
_MOST_QUOTED = 200


def kept(message: Message, state: State, reading: Reading) -> Decision | None:
    """'Behold det, som det er', where something was to be changed: it is put back as it was."""
    asked = "meeting_date" if state.pending and state.pending["kind"] == "date" else state.asked or ""
    held = state.former.get(asked)
    if held is None and state.known.get(asked) not in (None, [], ""):
        parts = (asked, *BESIDE.get(asked, ()))
        held = {"values": {slot: state.known[slot] for slot in parts if slot in state.known}, "settled": False}
    if held is None or message.button or not message.cue("keep"):
        return None
    if asked == "terms_accepted":
        # A yes that was taken back is a yes again by the word alone.
        return Decision(Kind.UNCLEAR, says=[Say("utter_example_terms_accepted")])
    says = [Say("utter_kept", {"noted": noted(held["values"] or {asked: None})})]
    settled = {asked} if held["settled"] else set()
    return Decision(Kind.CORRECTION, values=dict(held["values"]), settled=settled, says=says)


def say_new(decision: Decision, state: State) -> None:
    """Adds the new value where what was opened again is answered otherwise; a text is seen on the card."""
    asked = state.asked or ""
    held = state.former.get(asked, {}).get("values", {})
    if decision.kind not in _ANSWERS or asked not in held or asked in FREE_TEXT:
        return
    new = {slot: decision.values[slot] for slot in (asked, *BESIDE.get(asked, ())) if slot in decision.values}
    if asked in decision.settled:
        new = {asked: None}
    if asked in new and new[asked] != held[asked]:
        decision.says.insert(0, Say("utter_corrected", {"noted": noted(new)}))


def said_again(message: Message, state: State, reading: Reading) -> Decision | None:
    """What is known already, said once more, changes nothing: that is said, or that no correction was understood."""
    again = {slot: value for slot, value in reading.values.items() if state.known.get(slot) == value}
    if not again or len(again) != len(reading.values):
        return None
    if message.cue("contradicts"):
        return _not_understood(message, state)
    closes = "date" if "meeting_date" in again else None  # the day that stands is the one meant of two
    return Decision(Kind.TALK, says=[Say("utter_already_so", {"noted": noted(again)})], closes=closes)


def at_the_review(message: Message, state: State, reading: Reading) -> Decision | None:
    """'Det er hende, ikke mig': at the review what tells something, and changes nothing, is a correction."""
    between = state.pending is not None or message.button or message.is_question
    if state.asked != "review" or between or state.failures:
        return None
    tells = message.intent in ("inform", "correct") and message.confidence >= SURE
    return _not_understood(message, state) if tells or message.cue("contradicts") else None


def _not_understood(message: Message, state: State) -> Decision:
    """Which words were not understood, with a button for each value, and one that has them stand as they are."""
    offered = (*buttons(state), ("Skriv det i anmodningen", '/inform{"choice": "value"}'))
    return Decision(
        Kind.UNCLEAR,
        says=[Say("utter_correction_unclear", {"words": message.text[:_MOST_QUOTED]}, offered)],
        pending={"kind": "which_slot", "text": message.text},
        prompt=False,
    )


def added(text: str, state: State) -> Decision:
    """A sentence that no slot is asked for stands in the request as it was written."""
    slot = TEXT_OF[state.kind or "question"]
    whole = "\n".join([*([state.known[slot]] if state.known.get(slot) else []), text])
    if len(whole) > FREE_TEXT[slot]:
        return Decision(Kind.UNCLEAR, says=[Say("utter_too_long_value", {"limit": limit_text(slot)})])
    values = {slot: whole}
    return Decision(Kind.CORRECTION, values=values, says=[Say("utter_corrected", {"noted": noted(values)})])
