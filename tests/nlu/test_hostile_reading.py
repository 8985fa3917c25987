"""Hostile texts are masked, read and applied in bounded time, without errors, and with values that Jura accepts.

`--hostile-inputs` and `--hostile-seed` say how many there are, and which.
"""

import asyncio
import json
import time
import traceback
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from unittest import mock

import pytest
from deciding import decide
from hostile_texts import CPR, hostile_text, with_cpr
from slowest import Slowest

from actions.request.payload import draft
from actions.turn.applying import applied
from actions.turn.meetings import added, told_of
from actions.turn.result import Kind, Result
from bot.channel.rasa_input import rasa_input
from bot.channel.refusals import Refusal
from bot.nlu.acts.request.message import Message
from common import patterns
from common.request import State
from common.slots import MEETING, ORDER
from legal.schema import problems

TODAY = date(2026, 12, 1)
# In processor seconds, since a busy machine takes longer by the clock.
_SLOWEST_SECONDS = 0.5
_COMPONENTS = {"ValueExtractor", "DanishIntentClassifier", "ChoiceClassifier"}
_STATES_EACH = 3
_WARM = "Jeg hedder Bo Li, mødet er på torsdag kl. 14 i jobcentret"
_SENT = {
    "id": "01936f2e-7c00-7abc-8def-0123456789ab",
    "reference": "3RTE-MMJE",
    "submitted_at": "2026-12-01T10:00:00+01:00",
}
_KNOWN: dict[str, Any] = {
    "meeting_department": "jobcenter",
    "meeting_department_text": "jobcentret",
    "meeting_kind": "in_person",
    "meeting_date": "2026-12-03",
    "recording_medium": "audio",
    "recording_grounds": ["memory"],
    "recording_explanation": "Jeg glemmer meget.",
    "support_person_possible": "no",
    "recording_purpose": "private",
    "terms_accepted": True,
    "terms_accepted_at": "2026-12-01T09:59:00+01:00",
    "notes_wanted": "referatet",
    "question_text": "Kan jeg klage?",
    "behalf_name": "Else Marie Bruun",
    "behalf_relation": "relative",
    "behalf_who": "din mor",
    "behalf_words": "Jeg vil søge om lov til at optage min mors møde",
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
    "applicant_phone": "+4522334455",
}
_PENDING: tuple[dict[str, Any] | None, ...] = (
    None,
    None,
    None,
    {"kind": "stop"},
    {"kind": "restart"},
    {"kind": "date", "readings": ["2026-12-03", "2026-12-10"]},
    {"kind": "time", "readings": ["08:00", "20:00"]},
    {"kind": "which_slot"},
    {"kind": "terms"},
    {"kind": "question_or_value", "text": "Må jeg det?", "intent": "faq_may_i_record"},
    {"kind": "which_meeting", "of": [0, 1], "acts": [{"act": "change", "value": "12:00", "slot": "meeting_time"}]},
)
# Besides the meeting that is asked about.
_OTHER_MEETINGS: tuple[dict[str, Any], ...] = (
    {"meeting_department": "borgerservice", "meeting_date": "2026-12-10", "meeting_time": "13:00"},
    {"meeting_recurrence": "hver tirsdag", "meeting_date": None},
)
# Defaults for the slots before the review.
_ASKED_FOR = {"meeting_department": "unknown", "meeting_kind": "in_person"}
_PLACES = [
    (None, None),
    (None, "request_type"),
    *((k, slot) for k, slots in ORDER.items() for slot in (*slots, "review")),
]


@pytest.mark.timeout(24 * 3600)
def test_hostile_texts_are_read(agent: Any, slowest: Slowest, pytestconfig: pytest.Config) -> None:
    from rasa.engine.graph import GraphNode

    slowest.clock = time.thread_time
    call = GraphNode.__call__
    current: tuple[str, int] = "", 0

    def timed(node: Any, *args: Any) -> Any:
        name = str(node._node_name).rpartition(".")[2].rstrip("0123456789")
        if name not in _COMPONENTS:
            return call(node, *args)
        with slowest.lap(name, *current):
            return call(node, *args)

    first = pytestconfig.getoption("--hostile-first")
    with asyncio.Runner() as runner, mock.patch.object(GraphNode, "__call__", timed):
        # Warm-up: the first message loads word lists and models.
        warm = runner.run(agent.parse_message(_WARM))
        for kind, asked in _PLACES:
            _decided(Message.of({**warm, "text": _WARM}), _state(kind, asked, Random(0)), slowest)
        slowest.forget()
        for number in range(first, first + pytestconfig.getoption("--hostile-inputs")):
            text = with_cpr(hostile_text(slowest.seed, number), number)
            current = text, number
            try:
                with slowest.lap("mask", text, number):
                    said, _ = rasa_input([], text, None)
                if CPR in text and _figures(CPR) in _figures(said):
                    slowest.breaks("a CPR number is not masked", text, number)
                if not said:
                    continue
                parsed = runner.run(agent.parse_message(said))
                if wrong := _wrong(parsed, said):
                    slowest.breaks(wrong, text, number)
                slowest.counts["out of time"] += bool(parsed.get("out_of_time"))
                unread = bool(parsed.get("out_of_time"))
                read = None if unread else Message.of({**parsed, "text": said, "rest": None})
                _decide_everywhere(read, slowest, text, number)
            except Refusal as refusal:
                slowest.counts[f"refused, HTTP {refusal.status}"] += 1
            except Exception as error:
                frame = traceback.extract_tb(error.__traceback__)[-1]
                slowest.breaks(f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}", text, number)
    assert not slowest.broken, "\n".join(slowest.broken.values())
    assert slowest.worst() < _SLOWEST_SECONDS, str(slowest)


def _figures(text: str) -> str:
    return "".join(sign for sign in text if sign in "0123456789")


def _wrong(parsed: dict[str, Any], said: str) -> str | None:
    """What is wrong with the values read: not storable, not sendable, or not at their positions."""
    json.dumps(parsed, ensure_ascii=False, allow_nan=False).encode()
    places = ((one["entity"], one["start"], one["end"]) for one in parsed["entities"])
    return next(
        (f"the place of a value: {entity}" for entity, start, end in places if not 0 <= start <= end <= len(said)), None
    )


def _decide_everywhere(message: Message | None, slowest: Slowest, text: str, number: int) -> None:
    chance = Random(number)
    for kind, asked in chance.sample(_PLACES, _STATES_EACH):
        state = _state(kind, asked, chance)
        with slowest.lap(f"decide, {asked}", text, number):
            decision = _decided(message, state, slowest)
        if message is None and (decision.kind is not Kind.UNCLEAR or decision.values):
            slowest.breaks("a message that was not read was acted upon", text, number)
        for wrong in _unsendable(decision, state):
            slowest.breaks(f"at {asked}: {wrong}", text, number)


def _state(kind: str | None, asked: str | None, chance: Random) -> State:
    order = ORDER.get(kind or "", ())
    before = order[: order.index(asked)] if asked in order else order
    known = {"request_type": kind, **{slot: _KNOWN[slot] for slot in before}} if kind else {}
    pending = chance.choice(_PENDING) if asked else None
    state = State(kind, asked, known, frozenset(), TODAY, pending, chance.randrange(4), chance.random() < 0.8)
    if kind not in ("recording", "notes"):
        return state
    others = _OTHER_MEETINGS[: chance.randrange(3)]
    return replace(state, meetings=(told_of(known, ()), *(dict(one) for one in others)))


def _decided(message: Message | None, state: State, slowest: Slowest) -> Result:
    """The result of a message as the form applies it; None for a message that was not read in time."""
    if message is None:
        return applied((), state)
    try:
        with patterns.budget():
            return decide(message, state)
    except patterns.OutOfTime:
        slowest.counts["read out of time"] += 1
        return applied((), state)


def _unsendable(decision: Result, state: State) -> list[str]:
    """The schema's complaints about a request with the values of the message."""
    values = {slot: value for slot, value in decision.values.items() if value is not None}
    kind = values.get("request_type", state.kind)
    known = _KNOWN | dict(state.known) | values | {"request_type": kind}
    meetings = [told_of(known, ()), *(dict(one) for one in state.meetings[1:])]
    for place, told in decision.fills:
        meetings[place] = {**told, **meetings[place]}
    meetings, _ = added(meetings, decision.adds, 0)
    assert all(set(one) <= set(MEETING) for one in meetings)
    meetings = [{**_ASKED_FOR, **one} for one in meetings]
    takes = values or decision.fills or decision.adds
    return problems(draft(known, meetings, "c") | _SENT) if kind and takes else []
