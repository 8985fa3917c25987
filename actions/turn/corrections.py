"""What is known changes: with its new value, reopened to be asked for again, or put back as it was."""

from collections.abc import Mapping
from typing import Any

from actions.request.wording import SLOT_TITLES, correct_payload, limit_text, noted
from actions.say import Say
from actions.turn.result import Kind, Result
from common.request import State
from common.slots import BEHALF, BESIDE, FREE_TEXT, MEETING, TEXT_OF

_ANSWERS = (Kind.VALUE, Kind.SKIP, Kind.DONT_KNOW)


def reopened(slots: list[str], state: State) -> Result:
    """The slots are asked for again, the first at once; an hour beside its day, which is kept. Of none: which it is."""
    if not slots:
        return what(state)
    if slots[0] == "meeting_time" and state.known.get("meeting_date"):
        says = [Say("utter_prompt_meeting_time")]
        return Result(Kind.CORRECTION, reopened={"meeting_time"}, says=says, ask="meeting_date", prompt=False)
    slots = ["meeting_date" if slot == "meeting_time" else slot for slot in slots]
    text = state.known.get(slots[0]) if slots[0] in FREE_TEXT else None
    says = [Say("utter_text_stands", {"stands": text})] if text else []
    return Result(Kind.CORRECTION, reopened=set(slots), ask=slots[0], says=says, prompt=not text)


def what(state: State) -> Result:
    """Asks what is to be changed, with a button for each value given."""
    if not state.held:
        return Result(Kind.UNCLEAR, says=[Say("utter_unclear")])
    says = [Say("utter_what_to_correct", buttons=buttons(state))]
    return Result(Kind.ASK_BACK, says=says, pending={"kind": "which_slot"}, prompt=False)


def buttons(state: State) -> tuple[tuple[str, str], ...]:
    """A button for each value given, which asks for it anew."""
    return tuple((SLOT_TITLES[slot], correct_payload(slot)) for slot in state.held)


def kept(asked: str, state: State) -> Result:
    """What was to be changed is put back as it was."""
    if asked == "terms_accepted":
        # A yes that was taken back is a yes again by the word alone.
        return Result(Kind.UNCLEAR, says=[Say("utter_example_terms_accepted")])
    held = state.former.get(asked)
    if held is None:
        parts = (asked, *BESIDE.get(asked, ()))
        held = {"values": {slot: state.known[slot] for slot in parts if slot in state.known}, "settled": False}
    says = [Say("utter_kept", {"noted": noted(held["values"] or {asked: None})})]
    settled = {asked} if held["settled"] else set()
    return Result(Kind.CORRECTION, values=dict(held["values"]), settled=settled, says=says)


def said(changed: Mapping[str, Any], state: State) -> list[Say]:
    """That values are others than they were, or are noted where nothing was; of several meetings, of which."""
    parts: dict[str, dict[str, Any]] = {"utter_noted": {}, "utter_corrected": {}}
    for slot in _whole(changed):
        parts["utter_noted" if _was_open(slot, changed, state) else "utter_corrected"] |= _with_beside(slot, changed)
    shown = {response: of_which(values, state) for response, values in parts.items()}
    return [Say(response, {"noted": told}) for response, told in shown.items() if told]


def _whole(changed: Mapping[str, Any]) -> list[str]:
    """The slots that values are shown under: the words for a department under the department."""
    beside = {part: slot for slot, parts in BESIDE.items() for part in parts}
    return list(dict.fromkeys(beside.get(slot, slot) for slot in changed))


def _with_beside(slot: str, changed: Mapping[str, Any]) -> dict[str, Any]:
    return {part: changed[part] for part in (slot, *BESIDE.get(slot, ())) if part in changed}


def _was_open(slot: str, changed: Mapping[str, Any], state: State) -> bool:
    """Whether nothing was known of a slot, nor answered; of whom it is for, nothing of what is told now."""
    if slot == "behalf_name":
        new = (part for part in BEHALF if part in changed and changed[part] != state.known.get(part))
        return all(state.known.get(part) is None for part in new if part != "behalf_words")
    told = any(state.known.get(part) not in (None, "", []) for part in (slot, *BESIDE.get(slot, ())))
    return not told and slot not in state.settled and slot not in state.former


def of_which(values: Mapping[str, Any], state: State) -> str:
    """Values in one line; those of one of several meetings with its number."""
    others = noted({slot: value for slot, value in values.items() if slot not in MEETING})
    of_meeting = noted({slot: value for slot, value in values.items() if slot in MEETING})
    if of_meeting and len(state.meetings) > 1:
        of_meeting = f"Møde {state.about + 1}: {of_meeting}"
    return "; ".join(filter(None, (others, of_meeting)))


def say_new(result: Result, state: State) -> None:
    """Adds the new value where what was opened again is answered otherwise; a text is seen on the card."""
    asked = state.asked or ""
    held = state.former.get(asked, {}).get("values", {})
    if result.kind not in _ANSWERS or asked not in held or asked in FREE_TEXT:
        return
    new: dict[str, Any] = {s: result.values[s] for s in (asked, *BESIDE.get(asked, ())) if s in result.values}
    if asked in result.settled:
        new = {asked: None}
    if asked in new and new[asked] != held[asked]:
        result.says.insert(0, Say("utter_corrected", {"noted": of_which(new, state)}))


def added(text: str, state: State, slot: str = "", kind: Kind = Kind.CORRECTION) -> Result:
    """A sentence stands in the request's text as it was written, behind what stands there; said, if a correction."""
    slot = slot or TEXT_OF[state.kind or "question"]
    before = state.known.get(slot) or ""
    there = text.strip() in before
    whole = before if there else "\n".join(filter(None, [before, text]))
    if len(whole) > FREE_TEXT[slot]:
        return too_long(slot)
    values = {slot: whole}
    told = Say("utter_already_so" if there else "utter_corrected", {"noted": noted(values)})
    return Result(kind, values=values, says=[told] if kind is Kind.CORRECTION else [])


def too_long(slot: str) -> Result:
    """With a longer text than Jura takes, the request could not be sent."""
    return Result(Kind.UNCLEAR, says=[Say("utter_too_long_value", {"limit": limit_text(slot)})])
