"""Held-out messages with several questions, and follow-ups.

A row that is known to be misread has `missed`: what is missed or wrong. Any other misreading fails the test. A known
one may pass, since readings at a threshold differ between processors; if many pass, `missed` must be removed.
"""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from common.acts import Act
from common.yaml_files import read_yaml

Row = dict[str, Any]
Read = dict[str, list[Act]]
_HERE = Path(__file__).parent
# Measured on two machines: 2 of the 95 rows with `missed`.
HOLD_AGAIN = 0.1


def rows(folder: str) -> list[Row]:
    return [row for file in sorted((_HERE / folder).glob("*.yml")) for row in read_yaml(file)]


@pytest.fixture(scope="module")
def read(agent: Any) -> Any:
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.events import BotUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    def acts(text: str, after: str | None = None) -> list[Act]:
        message = UserMessage(text)
        events = [BotUttered(metadata={"utter_action": f"utter_{after}"})] if after else []
        tracker = DialogueStateTracker.from_events(message.sender_id, events)
        parsed = asyncio.run(agent.processor.parse_message(message, tracker))
        return [act for act in map(Act.of, parsed["acts"]) if not act.to]

    return acts


def missed(expected: list[str], acts: list[Act]) -> list[str]:
    """The expected acts that were not read, and the others that were (with a '+')."""
    left = [f"request_{act.value}" if act.act == "start" else act.value for act in acts if act.act in ("ask", "start")]
    used: list[str] = []
    wrong: list[str] = []
    for one in expected:
        fine = one.split("|")
        if hit := next((label for label in left if label in fine), None):
            left.remove(hit)
            used.append(hit)
        elif not set(fine) & set(used):
            wrong.append(one)
    return [*wrong, *(f"+{label}" for label in left)]


def test_each_question_of_a_message_is_read(read: Any) -> None:
    new = {row["say"]: missed(row["expect"], read(row["say"])) for row in rows("several")}
    known = {row["say"]: row.get("missed", []) for row in rows("several")}
    assert {say: found for say, found in new.items() if not set(found) <= set(known[say])} == {}
    assert_few([say for say, before in known.items() if before and not new[say]], known.values())


def test_a_follow_up_is_read_by_the_previous_answer(read: Any) -> None:
    worse, better = {}, []
    for row in rows("after"):
        (act, *more) = read(row["say"], row["after"])
        serves = act.act in ("ask_more", "yes", "no") or act.label in row["fine"] or bool(more)
        if not serves and not row.get("missed"):
            worse[row["after"], row["say"]] = act.label
        elif serves and row.get("missed"):
            better.append(row["say"])
    assert worse == {}
    assert_few(better, [row.get("missed") for row in rows("after")])


def assert_few(better: list[str], known: Iterable[Any]) -> None:
    """Checks that few of the rows with `missed` are read rightly."""
    assert len(better) <= HOLD_AGAIN * sum(map(bool, known)), better
