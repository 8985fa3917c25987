"""Corrections: a new value, a slot reopened to be asked for again, a value put back."""

from collections.abc import Mapping
from typing import Any

from actions.request.wording import SLOT_TITLES, correct_payload, keep_button, limit_text, noted, whose_reason
from actions.say import Say
from actions.turn.result import Kind, Result
from common.request import State
from common.slots import BEHALF, BESIDE, FREE_TEXT, MEETING, OWN_REASON, SUPPORT_PERSON_TEXT, TEXT_OF
from common.texts import in_one_text

# A correction may answer as well: a new day, and with it a known hour that changes.
_MAY_ANSWER = (Kind.VALUE, Kind.SKIP, Kind.DONT_KNOW, Kind.CORRECTION)


def reopen(slots: list[str], state: State) -> Result:
    """Asks for the slots again, the first at once; without slots asks which.

    Of a known day and its hour only the hour is asked for.
    """
    if not slots:
        return ask_what(state)
    if slots[0] == "meeting_time" and state.known.get("meeting_date"):
        buttons = (keep_button("meeting_time", state.known),) if state.known.get("meeting_time") else ()
        says = [Say("utter_prompt_meeting_time", buttons=buttons)]
        return Result(Kind.CORRECTION, reopened={"meeting_time"}, says=says, ask="meeting_date", prompt=False)
    slots = ["meeting_date" if slot == "meeting_time" else slot for slot in slots]
    text = state.known.get(slots[0]) if slots[0] in FREE_TEXT else None
    says = [Say("utter_text_stands", {"stands": text}, (keep_button(slots[0], state.known),))] if text else []
    return Result(Kind.CORRECTION, reopened=set(slots), ask=slots[0], says=says, prompt=not text)


def ask_what(state: State) -> Result:
    """Asks what is to be changed, with a button for each given value."""
    if not state.held:
        return Result(Kind.UNCLEAR, says=[Say("utter_unclear")])
    says = [Say("utter_what_to_correct", buttons=buttons(state))]
    return Result(Kind.ASK_BACK, says=says, pending={"kind": "which_slot"}, prompt=False)


def buttons(state: State) -> tuple[tuple[str, str], ...]:
    """A button for each given value, which reopens its slot."""
    return tuple((SLOT_TITLES[slot], correct_payload(slot)) for slot in state.held)


def keep(asked: str, state: State) -> Result:
    """Puts a reopened slot back as it was (conversation.md, Acts: `keep`)."""
    if asked == "terms_accepted":
        # A yes that was taken back needs a binding word again.
        return Result(Kind.UNCLEAR, says=[Say("utter_example_terms_accepted")])
    former = state.former.get(asked)
    if former is None:
        parts = (asked, *BESIDE.get(asked, ()))
        former = {"values": {slot: state.known[slot] for slot in parts if slot in state.known}, "settled": False}
    says = [Say("utter_kept", {"noted": noted(former["values"] or {asked: None})})]
    settled = {asked} if former["settled"] else set()
    return Result(Kind.CORRECTION, values=dict(former["values"]), settled=settled, says=says)


def say_changes(changed: Mapping[str, Any], state: State) -> list[Say]:
    """The replies 'Noteret' and 'Rettet' for changed values; with the number of the meeting if there are several."""
    parts: dict[str, dict[str, Any]] = {"utter_noted": {}, "utter_corrected": {}}
    for slot in _main_slots(changed):
        group = {part: changed[part] for part in (slot, *BESIDE.get(slot, ())) if part in changed}
        parts["utter_noted" if _was_open(slot, changed, state) else "utter_corrected"] |= group
    lines = {response: with_meeting_number(values, state) for response, values in parts.items()}
    return [Say(response, {"noted": line}) for response, line in lines.items() if line]


def _main_slots(changed: Mapping[str, Any]) -> list[str]:
    """The slots that the values are shown under: a department's words under the department."""
    main = {part: slot for slot, parts in BESIDE.items() for part in parts}
    return list(dict.fromkeys(main.get(slot, slot) for slot in changed))


def _was_open(slot: str, changed: Mapping[str, Any], state: State) -> bool:
    """Whether a slot was neither known nor answered before."""
    if slot == "behalf_name":
        new = (part for part in BEHALF if part in changed and changed[part] != state.known.get(part))
        return all(state.known.get(part) is None for part in new if part != "behalf_words")
    known = any(state.known.get(part) not in (None, "", []) for part in (slot, *BESIDE.get(slot, ())))
    return not known and slot not in state.settled and slot not in state.former


def with_meeting_number(values: Mapping[str, Any], state: State) -> str:
    """Values in one line; a meeting's with its number if there are several."""
    whose = whose_reason(state.known, state.settled)
    if SUPPORT_PERSON_TEXT in values:
        values = {"support_person_possible": state.known.get("support_person_possible"), **values}
    others = noted({slot: value for slot, value in values.items() if slot not in MEETING}, whose)
    of_meeting = noted({slot: value for slot, value in values.items() if slot in MEETING})
    if of_meeting and len(state.meetings) > 1:
        of_meeting = f"Møde {state.about + 1}: {of_meeting}"
    return "; ".join(filter(None, (others, of_meeting)))


def say_new(result: Result, state: State) -> None:
    """Adds the new value of a reopened slot to the replies; a text is not repeated, the card shows it."""
    if new := parts_told_anew(result, state):
        result.says.insert(0, Say("utter_corrected", {"noted": with_meeting_number(new, state)}))


def parts_told_anew(result: Result, state: State) -> dict[str, Any]:
    """Of a reopened slot that got another value: that, and what was told beside it; empty where it is as it was."""
    asked = state.asked or ""
    former = state.former.get(asked, {}).get("values", {})
    if result.kind not in _MAY_ANSWER or asked not in former or asked in FREE_TEXT:
        return {}
    new: dict[str, Any] = {s: result.values[s] for s in (asked, *BESIDE.get(asked, ())) if s in result.values}
    if asked in result.settled:
        new = {asked: None}
    return new if asked in new and new[asked] != former[asked] else {}


def add_to_text(text: str, state: State, slot: str = "", kind: Kind = Kind.CORRECTION) -> Result:
    """Adds a sentence as it was written to the end of a free text; without `slot`, that of the kind of request.

    Whose reason it is stays as it was.
    """
    slot = slot or TEXT_OF[state.kind or "question"]
    before = state.known.get(slot) or ""
    known = text.strip() in before
    whole = before if known else in_one_text([before, text])
    if len(whole) > FREE_TEXT[slot]:
        return too_long(slot)
    values = {slot: whole}
    whose = whose_reason(state.known, state.settled)
    say = Say("utter_already_so" if known else "utter_corrected", {"noted": noted(values, whose)})
    settled = {OWN_REASON} & state.settled
    return Result(kind, values=values, settled=settled, says=[say] if kind is Kind.CORRECTION else [])


def too_long(slot: str) -> Result:
    """The reply to a text longer than the payload allows (legal/request.schema.json)."""
    return Result(Kind.UNCLEAR, says=[Say("utter_too_long_value", {"limit": limit_text(slot)})])
