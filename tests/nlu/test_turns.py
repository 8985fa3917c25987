"""Single turns inside a request, written by people who knew request.md only.

`turns/*.yml` has for each row the slots, the slot asked for, and the expected result. The pipeline reads the message,
the policy answers its questions, and the table of actions/turn applies the rest.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from actions.say import Say
from actions.turn.applying import applied
from actions.turn.heard import heard
from actions.turn.result import Kind, Result
from common.acts import Act
from common.request import State
from common.slots import ORDER
from common.yaml_files import read_yaml

TODAY = date(2026, 12, 1)
# Measured when set: 0.98 of 377.
RIGHT_AT_LEAST = 0.95
_UNKNOWN = ("unknown", "unsure")


@dataclass(frozen=True)
class Row:
    """A turn and its expected result."""

    kind: str
    asked: str
    known: dict[str, Any]
    empty: frozenset[str]
    text: str
    do: str
    values: dict[str, Any]
    target: str | None

    @property
    def state(self) -> State:
        return State(self.kind, self.asked, {"request_type": self.kind, **self.known}, self.empty, TODAY)


def _rows() -> list[Row]:
    rows: list[Row] = []
    for file in sorted((Path(__file__).parent / "turns").glob("*.yml")):
        for entry in read_yaml(file):
            known = {slot: _iso(value) for slot, value in (entry.get("known") or {}).items() if value is not None}
            order = ORDER[entry["type"]]
            before = order[: order.index(entry["asked"])] if entry["asked"] in order else order
            values = {slot: _iso(value) for slot, value in (entry.get("set") or {}).items()}
            target = entry.get("slot") or entry.get("to") or entry.get("intent")
            empty = frozenset(slot for slot in before if slot not in known)
            rows.append(
                Row(entry["type"], entry["asked"], known, empty, str(entry["text"]), entry["do"], values, target)
            )
    return rows


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


# What is kept in the citizen's words; test_told_beside.py judges what is.
_IN_WORDS = ("recording_explanation", "support_person_text", "told_beside")


def is_right(row: Row, decision: Result) -> bool:
    """Whether the result is the expected one, and changes nothing else."""
    new = {s: v for s, v in decision.values.items() if v is not None and row.known.get(s) != v}
    # The citizen's words are kept at any slot, a reason's (conversation.md, 4) and what has no field (1).
    known = str(row.known.get("recording_explanation"))
    words = {slot: str(new[slot]).removeprefix(f"{known}\n") for slot in _IN_WORDS if slot in new}
    kept = {slot for slot, said in words.items() if all(line in row.text for line in said.split("\n"))}
    more = {slot for slot in new if slot not in row.values and not slot.startswith("meeting_department")} - kept
    done = all(_is_set(slot, value, row, decision) for slot, value in row.values.items())
    says = {say.response for say in decision.says}
    left_out = decision.kind in (Kind.SKIP, Kind.DONT_KNOW) or row.asked in decision.settled
    verdicts = {
        "correct": done and not more,
        "value": done and not more,
        "reopen": row.target in decision.reopened or decision.ask == row.target,
        "why": decision.kind is Kind.WHY or f"utter_explain_{row.asked}" in says,
        "answer": decision.kind in (Kind.QUESTION, Kind.TALK) and not new and _answers(row.target, says),
        "ask_back": row.asked not in new and "meeting_date" not in new and bool(says or decision.pending),
        "skip": (left_out or decision.values.get(row.asked) in _UNKNOWN) and not more - {row.asked},
        "stop": decision.kind in (Kind.STOP, Kind.STOPPED),
        "change_type": _changes_type(row, decision),
        "none": not new and not decision.settled and decision.kind not in (Kind.SEND, Kind.STOPPED),
        "back": decision.kind is Kind.BACK,
        "send": decision.kind is Kind.SEND,
    }
    return verdicts[row.do]


def _changes_type(row: Row, decision: Result) -> bool:
    """Another request type: at once if nothing was given; else it is asked about and changes nothing yet."""
    if row.state.has_given:
        wish = (decision.pending or {}).get("wish")
        if not wish or decision.values or decision.settled or decision.reopened:
            return False
        decision = Result(decision.kind, {**wish["values"], "request_type": wish["kind"]}, set(wish["settled"]))
    done = all(_is_set(slot, value, row, decision) for slot, value in row.values.items())
    return decision.values.get("request_type") == row.target and done


def _is_set(slot: str, value: Any, row: Row, decision: Result) -> bool:
    got = decision.values.get(slot, row.known.get(slot))
    if isinstance(value, list) and isinstance(got, list):
        return sorted(value) == sorted(got)
    return str(got) == str(value) if value is not None else got is None or slot in decision.settled


def _answers(intent: str | None, says: set[str]) -> bool:
    return intent is None or f"utter_{intent}" in says


@pytest.fixture(scope="module")
def decided(agent: Any) -> Sequence[tuple[Row, Result]]:
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.events import ActiveLoop, BotUttered, SlotSet
    from rasa.shared.core.trackers import DialogueStateTracker

    async def decided(row: Row) -> tuple[Row, Result]:
        message = UserMessage(row.text)
        # The reading depends on the slots.
        slots = {"request_type": row.kind, **row.known, "request_settled": sorted(row.empty)}
        slots["requested_slot"] = row.asked
        events = [ActiveLoop("request_form"), *(SlotSet(slot, value) for slot, value in slots.items())]
        prompt = "utter_review" if row.asked == "review" else f"utter_prompt_{row.asked}"
        tracker = DialogueStateTracker.from_events(
            message.sender_id, [*events, BotUttered(metadata={"utter_action": prompt})], domain=agent.domain
        )
        parsed = await agent.processor.parse_message(message, tracker)
        told = heard({**parsed, "text": row.text}, row.state)
        decision = Result(Kind.TALK) if told is None else applied(told, row.state)
        before = [Act.of(act) for act in parsed["acts"] if not act["to"]]
        decision.says += [Say(f"utter_{act.value}") for act in before if act.act == "ask"]
        decision.says += [Say(f"utter_explain_{act.value}") for act in before if act.act == "why"]
        return row, decision

    async def all_of_them() -> list[tuple[Row, Result]]:
        return [await decided(row) for row in _rows()]

    return asyncio.run(all_of_them())


def test_turns_are_decided_as_expected(decided: Sequence[tuple[Row, Result]]) -> None:
    wrong = [f"{row.asked}: {row.text!r}: {row.do}, got {got}" for row, got in decided if not is_right(row, got)]
    assert len(wrong) <= (1 - RIGHT_AT_LEAST) * len(decided), "\n".join(wrong)


def test_nothing_is_sent_or_accepted_without_a_yes(decided: Sequence[tuple[Row, Result]]) -> None:
    bound = [row.text for row, got in decided if row.do != "send" and got.kind is Kind.SEND]
    bound += [r.text for r, got in decided if "terms_accepted" not in r.values and got.values.get("terms_accepted")]
    assert bound == []


def test_a_wrong_decision_is_noticed() -> None:
    row = Row("recording", "meeting_kind", {}, frozenset(), "over tlf", "value", {"meeting_kind": "phone_call"}, None)
    assert is_right(row, Result(Kind.VALUE, values={"meeting_kind": "phone_call"}))
    assert not is_right(row, Result(Kind.VALUE, values={"meeting_kind": "in_person"}))
    both = {"meeting_kind": "phone_call", "recording_purpose": "private"}
    assert not is_right(row, Result(Kind.VALUE, values=both))
