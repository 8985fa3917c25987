"""What is noted: said as it is taken, so that a wrong reading is seen before the review, and where it is asked for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.request.wording import NOTHING, SLOT_TITLES, TYPE_TITLES, answered_rows, noted, whose_reason
from actions.say import Say
from actions.turn.corrections import with_meeting_number
from actions.turn.result import Kind, Result
from common.acts import AGAIN, SET, Act
from common.markdown import Markdown, escaped
from common.request import State
from common.slots import (
    BEHALF,
    BESIDE,
    BINDING,
    FREE_TEXT,
    MEETING,
    ORDER,
    READ_FROM,
    TOLD_BESIDE,
    is_settled,
    next_slot,
)

_NOTED, _CORRECTED = "utter_noted", "utter_corrected"
# A day is read from words such as 'på torsdag', so that it is always said which day that is.
_ALWAYS = ("meeting_date",)
# The kind of request is said by its first question; for whom it is, with the corrections (applying.py); what has no
# field, by a reply of its own.
_SAID_ELSEWHERE = ("request_type", TOLD_BESIDE, *BEHALF)

# A slot that is shown under another: an hour with its day, a ground with the words it was read from.
_SHOWN_UNDER = {"meeting_time": "meeting_date", "recording_grounds": "recording_explanation"}


def say_noted(result: Result, given: Sequence[Act], state: State) -> None:
    """Adds 'Noteret: ...' for new values that were not asked for, or not read from a bare answer, of all meetings told.

    Nothing where the review follows, which shows every value.
    """
    if state.asked in BINDING or _review_follows(result, state):
        return
    values = _new_values(result, given, state)
    # Of 'tre møder', each is said where it is told; what is told more of one, and a meeting more, meetings.py says.
    empty = [place for place, one in enumerate(state.meetings) if not any(one.values())]
    others = [f"Møde {place + 1}: {noted(one)}" for place, one in result.fills if place in empty]
    # Whose reason it is may be said in the same message.
    now = replace(state, settled=state.settled | result.settled)
    line = "; ".join(filter(None, (with_meeting_number(values, now), *others)))
    if not line:
        return
    # What another line says with more is not said twice: a recurrence, and the same with its first day.
    result.says = [say for say in result.says if say.response != _NOTED or str(say.fill["noted"]) not in line]
    said = [say for say in result.says if say.response in (_NOTED, _CORRECTED)]
    place = result.says.index(said[-1]) + 1 if said else 0
    result.says.insert(place, Say(_NOTED, {"noted": line}))


def of_the_first_message(begun: Sequence[Act], earlier: dict[str, Any], result: Result, state: State) -> list[Say]:
    """What a request that begins has from the message that begins it, and from `earlier` messages."""
    # Whose meeting it is may be read from the way it is told, and the question be the one asked before.
    hidden = ("request_type", *(BEHALF if state.known.get("behalf_relation") else ()))
    values = {
        act.slot: result.values[act.slot] for act in begun if act.slot not in hidden and _is_new(act, result, state)
    }
    whose = whose_reason({**state.known, **result.values}, state.settled)
    parts = (("utter_told_before", earlier), (_NOTED, {s: v for s, v in values.items() if s not in earlier}))
    lines = {response: noted(_in_order(told), whose) for response, told in parts}
    if result.adds and not any(value for one in result.adds for value in one.values()):
        # 'Jeg har tre møder': that there are so many is seen before they are told.
        lines[_NOTED] = "; ".join(filter(None, (f"{len(result.adds) + 1} møder", lines[_NOTED])))
    return [Say(response, {"noted": line}) for response, line in lines.items() if line]


def _in_order(values: dict[str, Any]) -> dict[str, Any]:
    """The values in the order of the review, those that are shown under another last."""
    return {**{slot: values[slot] for slot in SLOT_TITLES if slot in values}, **values}


def _new_values(result: Result, given: Sequence[Act], state: State) -> dict[str, Any]:
    told = (act for act in given if act.slot not in _SAID_ELSEWHERE and _is_new(act, result, state))
    new = [act for act in told if _may_be_misread(act, state)]
    shown = {
        slot: result.values[slot]
        for act in new
        for slot in (act.slot, *BESIDE.get(act.slot, ()))
        if slot in result.values
    }
    return {slot: value for slot, value in shown.items() if value is not None}


def _is_new(act: Act, result: Result, state: State) -> bool:
    """Whether an act sets a value that was open and not reopened; what replaces another is said as a correction."""
    if act.act != SET or act.about == AGAIN or act.readings:
        return False
    value = result.values.get(act.slot)
    return value not in (None, "", []) and state.known.get(act.slot) is None and act.slot not in state.former


def _may_be_misread(act: Act, state: State) -> bool:
    asked = {part for slot in state.asks for part in (slot, *BESIDE.get(slot, ()))}
    if act.slot not in asked:
        return True
    return act.slot in _ALWAYS or (act.certainty < 1 and act.slot not in FREE_TEXT)


def _review_follows(result: Result, state: State) -> bool:
    known, settled = {**state.known, **result.values}, state.settled | result.settled
    return next_slot(known, settled) == "review" and is_settled(state.asked or "", known, settled)


def noted_so_far(act: Act, _: Sequence[Act], state: State) -> Result:
    """What is noted in the slot in `about`; without one, everything, with all meetings and the waiting request."""
    slot = _SHOWN_UNDER.get(act.about, act.about)
    if slot in ORDER.get(state.kind or "", ()) and not (slot in MEETING and len(state.meetings) > 1):
        return _noted_in(slot, state)
    if state.asked == "review":
        return Result(Kind.TALK, says=[Say("utter_noted_is_below")])
    rows = answered_rows(state.known, state.meetings, state.settled)
    lines = [f"- {row['label']}: {escaped(row['value'])}" for row in rows if row["value"] != NOTHING]
    if state.waiting:
        lines.append(f"- Bagefter: {TYPE_TITLES[state.waiting['kind']].indefinite}")
    says = [Say("utter_noted_so_far", {"lines": Markdown("\n".join(lines))})]
    return Result(Kind.TALK, says=says if lines else [])


def _noted_in(slot: str, state: State) -> Result:
    """What is noted in a slot with what is shown beside it, or that nothing is."""
    parts = (slot, *BESIDE.get(slot, ()), *filter(None, [READ_FROM.get(slot)]))
    values = {part: state.known[part] for part in parts if part in state.known}
    line = with_meeting_number(values, state)
    fill = {"noted": line} if line else {"title": SLOT_TITLES[slot]}
    return Result(Kind.TALK, says=[Say("utter_value_noted" if line else "utter_value_missing", fill)])
