"""Applies the acts of a message inside a request, one by one, and merges what follows from them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from actions.request.wording import noted, value_text, whose_reason
from actions.say import Say
from actions.turn import corrections, questions, same_as_before
from actions.turn.meetings import told_of
from actions.turn.noted import say_noted
from actions.turn.repetition import avoid_repetition
from actions.turn.result import Kind, Result
from actions.turn.table import find
from actions.turn.unclear import unclear
from common import acts
from common.acts import Act
from common.request import State
from common.slots import BEHALF, BINDING, FREE_TEXT, OWN_REASON, SUPPORT_PERSON_TEXT, TOLD_BESIDE, is_settled, next_slot

# 'What have you noted?', 'how many questions are left?', what has no field: last, with what the other acts gave.
_OF_THE_WHOLE = ("noted", "progress", TOLD_BESIDE)
# Of the day: it is not known.
_LEAVES_OPEN = (acts.EMPTY, acts.SKIP, acts.UNSURE)


def applied(given: Sequence[Act], state: State) -> Result:
    """What follows from the acts of a message (conversation.md, A turn); without acts it is not understood."""
    result: Result | None = None
    if any(act.slot == "noted" for act in given):
        given = [act for act in given if not (_is_a_yes(act) and act.slot == "review")]  # the review is shown again
    given = [*given, *_words_of_the_day(given, state)]
    left = sorted(given, key=lambda act: (_is_a_yes(act), act.slot in _OF_THE_WHOLE, act.slot != acts.LAST_CHANGE))
    while left:
        act, *left = left
        with_it: list[Act] = []
        if act.act in (acts.START, acts.CHOOSE):
            with_it, left = [one for one in left if not _is_a_yes(one)], [one for one in left if _is_a_yes(one)]
        elif act.act == acts.REOPEN:
            with_it = list(takewhile(lambda one: one.act == acts.REOPEN, left))
            left = left[len(with_it) :]
        # What is added to a text stands behind what is left of it.
        adds = act.about == acts.ADDS or act.slot == TOLD_BESIDE
        so_far = result and (result.restores or adds or act.slot in _OF_THE_WHOLE)
        now = _state_after(result, state) if result and so_far else state
        of_act = _apply_one(act, with_it, now)
        result = _merged(result, of_act) if result else of_act
    result = result or unclear(state)
    _say_corrected(result, given, state)
    same_as_before.keep_day(result, state)
    same_as_before.ask_same_hour(result, given, state)
    corrections.say_new(result, state)
    if state.asked:
        say_noted(result, given, state)
    avoid_repetition(result, state)
    return result


def _words_of_the_day(given: Sequence[Act], state: State) -> list[Act]:
    """Keeps the words in which several days were told ('engang i næste uge'), where it stays open which one it is."""
    words = state.pending.get("words") if state.pending and state.pending["kind"] == "date" else None
    opened = any(act.act in _LEAVES_OPEN and act.slot == "meeting_date" for act in given)
    return [Act(acts.SET, words, slot=TOLD_BESIDE, words=words)] if words and opened else []


def _is_a_yes(act: Act) -> bool:
    """Whether an act is a yes that does not bind, which is asked for once more below all else."""
    return act.act == acts.YES and act.slot in BINDING and act.about != acts.BINDS


def _apply_one(act: Act, with_it: Sequence[Act], state: State) -> Result:
    slot = act.slot or (questions.asked_now(state) if act.act in (acts.YES, acts.NO) else "")
    name, row = find(act.act, slot)
    result = row(act, with_it, state)
    result.rows = (name,)
    if slot == (state.pending or {}).get("kind") and not result.pending:
        result.closes = slot
    return result


def _state_after(result: Result, state: State) -> State:
    """The state with a result's values and meetings in it."""
    known = {slot: value for slot, value in {**state.known, **result.values}.items() if slot not in result.asked_anew}
    settled = state.settled | result.settled
    meetings = [dict(one) for one in (result.restores["meetings"] if result.restores else state.meetings)]
    if meetings and not result.restores:
        meetings[state.about] = told_of(known, settled)
    for place, new in (*result.fills, *result.moves):
        meetings[place] |= new
    meetings = [one for place, one in enumerate([*meetings, *result.adds]) if place not in result.removes]
    asked = state.asked
    if asked and is_settled(asked, known, settled) and not is_settled(asked, state.known, state.settled):
        asked = next_slot(known, settled)
    return replace(state, asked=asked, known=known, settled=settled, meetings=tuple(meetings))


def _merged(first: Result, more: Result) -> Result:
    """Two results as one. Of their kinds a misunderstanding or a correction wins over an answer."""
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
        restores=first.restores or more.restores,
        waiting=first.waiting or more.waiting,
        drops=first.drops or more.drops,
        ask=first.ask or more.ask,
        prompt=first.prompt and more.prompt,
        rows=(*first.rows, *more.rows),
    )


def _say_corrected(result: Result, given: Sequence[Act], state: State) -> None:
    """Adds 'Rettet: ...' for each value that changes (conversation.md, 1) and says which were known already."""
    changes = (act for act in given if act.act == acts.CHANGE and not act.readings and act.about != acts.ADDS)
    changes = (act for act in changes if act.slot != acts.MEETINGS)
    # Beside what was not understood a value changes all the same, and is said to.
    changed = {act.slot: act.value for act in changes if result.kind is Kind.CORRECTION or act.slot in result.values}
    # A text that is added to as well is said with what was added.
    added = {act.slot for act in given if act.about == acts.ADDS}
    changed = {slot: value for slot, value in changed.items() if slot not in added}
    changed |= _changed_by_answers(result, given, state)
    # What is asked for again is said by `corrections.say_new`, with what stands beside it.
    anew = corrections.parts_told_anew(result, state)
    changed = _with_behalf({slot: value for slot, value in changed.items() if slot not in anew}, result, state)
    again = {act.slot: act.value for act in given if act.act == acts.SET and act.about == acts.AGAIN}
    # A new reason is the other person's, unless it is said to be the citizen's own.
    own = (set() if "recording_explanation" in result.values else {OWN_REASON} & state.settled) | result.settled
    said_of = replace(state, settled=(state.settled - {OWN_REASON}) | ({OWN_REASON} & own))
    for say in reversed(corrections.say_changes(changed, said_of)):
        result.says.insert(0, say)
    if again and result.kind is Kind.TALK:
        result.says.insert(
            0, Say("utter_already_so", {"noted": noted(again, whose_reason(state.known, state.settled))})
        )


def _changed_by_answers(result: Result, given: Sequence[Act], state: State) -> dict[str, Any]:
    """Known values that answers replace, such as the answer to which of two days is meant."""
    if any(say.response == "utter_corrected" for say in result.says):
        return {}
    slots = {act.slot for act in given if act.act == acts.SET} - {*FREE_TEXT, SUPPORT_PERSON_TEXT, TOLD_BESIDE}
    known = {slot: state.known[slot] for slot in slots & result.values.keys() if state.known.get(slot) is not None}
    return {slot: result.values[slot] for slot, value in known.items() if result.values[slot] not in (None, value)}


def _with_behalf(changed: dict[str, Any], result: Result, state: State) -> dict[str, Any]:
    """The changes with all values about the other person, if one of those changes."""
    before = {slot: state.known.get(slot) for slot in BEHALF}
    after = before | {slot: result.values[slot] for slot in BEHALF if slot in result.values}
    # One who is new is said as well: whose meeting it is may be read from the way it is told. A request that begins
    # says it by itself (form.py).
    if not after["behalf_relation"] or (state.asked is None and not before["behalf_relation"]):
        return changed
    said = state.asked != "behalf_name" and value_text("behalf_name", before) != value_text("behalf_name", after)
    return changed | after if said or not changed.keys().isdisjoint(BEHALF) else changed
