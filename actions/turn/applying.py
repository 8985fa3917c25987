"""The acts of a message inside a request, applied one by one, and what follows from all of them."""

from collections.abc import Sequence
from itertools import takewhile

from actions.turn import between, corrections, same_time
from actions.turn.again import say_otherwise
from actions.turn.result import Kind, Result, Say
from actions.turn.table import find
from actions.turn.unclear import unclear
from actions.wording import noted
from common import acts
from common.acts import Act
from common.request import State


def applied(told: Sequence[Act], state: State) -> Result:
    """What follows from the acts of a message; nothing understood, from none."""
    result: Result | None = None
    left = list(told)
    while left:
        act, *left = left
        with_it: list[Act] = []
        if act.act in (acts.START, acts.CHOOSE):
            with_it, left = left, []
        elif act.act == acts.REOPEN:
            with_it = list(takewhile(lambda one: one.act == acts.REOPEN, left))
            left = left[len(with_it) :]
        one = _one(act, with_it, state)
        result = _joined(result, one) if result else one
    result = result or unclear(state)
    _say_corrected(result, told)
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
        removes=[*first.removes, *more.removes],
        waiting=first.waiting or more.waiting,
        ask=first.ask or more.ask,
        prompt=first.prompt and more.prompt,
        rows=(*first.rows, *more.rows),
    )


def _say_corrected(result: Result, told: Sequence[Act]) -> None:
    """Every value that changes is said with its new value; what is known already is said to be so."""
    changes = (act for act in told if act.act == acts.CHANGE and not act.readings and act.about != acts.ADDS)
    changed = {act.slot: act.value for act in changes}
    again = {act.slot: act.value for act in told if act.act == acts.SET and act.about == acts.AGAIN}
    if changed and result.kind is Kind.CORRECTION:
        result.says.insert(0, Say("utter_corrected", {"noted": noted(changed)}))
    if again and result.kind is Kind.TALK:
        result.says.insert(0, Say("utter_already_so", {"noted": noted(again)}))
