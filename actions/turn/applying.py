"""The acts of a message inside a request, applied one by one, and what follows from all of them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from actions.request.wording import noted, value_text
from actions.say import Say
from actions.turn import between, corrections, same_time
from actions.turn.again import say_otherwise
from actions.turn.meetings import told_of
from actions.turn.result import Kind, Result
from actions.turn.table import find
from actions.turn.unclear import unclear
from common import acts
from common.acts import Act
from common.request import State
from common.slots import BEHALF, FREE_TEXT


def applied(told: Sequence[Act], state: State) -> Result:
    """What follows from the acts of a message; nothing understood, from none."""
    result: Result | None = None
    # What is noted is shown as it is after the others.
    left = sorted(told, key=lambda act: act.slot == "noted")
    while left:
        act, *left = left
        with_it: list[Act] = []
        if act.act in (acts.START, acts.CHOOSE):
            with_it, left = left, []
        elif act.act == acts.REOPEN:
            with_it = list(takewhile(lambda one: one.act == acts.REOPEN, left))
            left = left[len(with_it) :]
        after = _as_taken(result, state) if result and act.slot == "noted" else state
        one = _one(act, with_it, after)
        result = _joined(result, one) if result else one
    result = result or unclear(state)
    _say_corrected(result, told, state)
    same_time.ask_with(result, told, state)
    corrections.say_new(result, state)
    say_otherwise(result, state)
    return result


def _one(act: Act, with_it: Sequence[Act], state: State) -> Result:
    """What follows from one act, by its row."""
    slot = act.slot or (between.asked_now(state) if act.act in (acts.YES, acts.NO) else "")
    name, row = find(act.act, slot)
    result = row(act, with_it, state)
    result.rows = (name,)
    if slot == (state.pending or {}).get("kind") and not result.pending:
        result.closes = slot
    return result


def _as_taken(result: Result, state: State) -> State:
    """What is known with what follows so far."""
    known = {slot: value for slot, value in {**state.known, **result.values}.items() if slot not in result.reopened}
    settled = state.settled | result.settled
    meetings = [dict(one) for one in state.meetings]
    if meetings:
        meetings[state.about] = told_of(known, settled)
    for place, new in (*result.fills, *result.moves):
        meetings[place] |= new
    meetings = [one for place, one in enumerate([*meetings, *result.adds]) if place not in result.removes]
    return replace(state, known=known, settled=settled, meetings=tuple(meetings))


def _joined(first: Result, more: Result) -> Result:
    """What follows from two acts: beside an answer, a correction is one, and so is what was not understood."""
    order = (Kind.UNCLEAR, Kind.CORRECTION, Kind.QUESTION, Kind.TALK)
    kinds = (first.kind, more.kind)
    return Result(
        next((kind for kind in order if kind in kinds), first.kind),
        values={**first.values, **more.values},
        settled=first.settled | more.settled,
        reopened=first.reopened | more.reopened,
        says=[*first.says, *more.says],
        pending=first.pending or more.pending,
        closes=first.closes or more.closes,
        adds=[*first.adds, *more.adds],
        fills=[*first.fills, *more.fills],
        moves=[*first.moves, *more.moves],
        removes=[*first.removes, *more.removes],
        waiting=first.waiting or more.waiting,
        ask=first.ask or more.ask,
        prompt=first.prompt and more.prompt,
        rows=(*first.rows, *more.rows),
    )


def _say_corrected(result: Result, told: Sequence[Act], state: State) -> None:
    """Every value that changes is said with its new value; what is known already is said to be so."""
    changes = (act for act in told if act.act == acts.CHANGE and not act.readings and act.about != acts.ADDS)
    changes = (act for act in changes if act.slot != acts.MEETINGS)
    changed = {act.slot: act.value for act in changes} if result.kind is Kind.CORRECTION else {}
    changed |= _given_otherwise(result, told, state)
    changed = _for_whom(changed, result, state)
    again = {act.slot: act.value for act in told if act.act == acts.SET and act.about == acts.AGAIN}
    for say in reversed(corrections.said(changed, state)):
        result.says.insert(0, say)
    if again and result.kind is Kind.TALK:
        result.says.insert(0, Say("utter_already_so", {"noted": noted(again)}))


def _given_otherwise(result: Result, told: Sequence[Act], state: State) -> dict[str, Any]:
    """Answers, as to which day is meant, that make a value another one than the one that was known."""
    if any(say.response == "utter_corrected" for say in result.says):
        return {}
    slots = {act.slot for act in told if act.act == acts.SET} - set(FREE_TEXT)
    known = {slot: state.known[slot] for slot in slots & result.values.keys() if state.known.get(slot) is not None}
    return {slot: result.values[slot] for slot, value in known.items() if result.values[slot] not in (None, value)}


def _for_whom(changed: dict[str, Any], result: Result, state: State) -> dict[str, Any]:
    """The changes, with all that is known of the one for whom it is, where some of that is told anew."""
    before = {slot: state.known.get(slot) for slot in BEHALF}
    after = before | {slot: result.values[slot] for slot in BEHALF if slot in result.values}
    if not (before["behalf_relation"] and after["behalf_relation"]):
        return changed
    told = state.asked != "behalf_name" and value_text("behalf_name", before) != value_text("behalf_name", after)
    return changed | after if told or not changed.keys().isdisjoint(BEHALF) else changed
