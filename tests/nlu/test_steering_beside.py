"""What steers, asks or corrects a choice does so beside an answer as well, and the answer is taken."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from parsing import acts_of
from recording_request import FILLED

from common.acts import ASK, ASK_MORE, BINDS, CHANGE, SET, UNREAD, Act
from common.slots import ORDER, TOLD_BESIDE
from common.yaml_files import read_yaml

_FILE = read_yaml(Path(__file__).parent / "beside" / "steering.yml")
_WAYS = ("{0}. {1}", "{0}, {1}", "{0}, men {1}", "{0} og {1}", "{1}. {0}")
_KNOWN = {**FILLED, "meeting_department_text": "jobcentret", "support_person_possible": "no"}
_LOST = set(_FILE["lost"])


def _read(agent: Any, texts: Sequence[str], asked: str) -> list[list[Act]]:
    before = (
        ORDER["recording"][: ORDER["recording"].index(asked)] if asked in ORDER["recording"] else ORDER["recording"]
    )
    known = {slot: value for slot, value in _KNOWN.items() if slot in before or slot[:18] in before}
    return acts_of(agent, texts, {"request_type": "recording", **known, "requested_slot": asked})


def _joined(answer: str, others: Sequence[str]) -> list[str]:
    return [_WAYS[number % len(_WAYS)].format(answer, other) for number, other in enumerate(others)]


def _is_taken(acts: Sequence[Act], slot: str) -> bool:
    return any(act.act == SET and act.slot == slot for act in acts)


@pytest.mark.parametrize(("asked", "answer"), _FILE["answers"].items())
@pytest.mark.parametrize("steers", _FILE["steering"])
def test_what_steers_does_so_beside_an_answer(agent: Any, asked: str, answer: str, steers: str) -> None:
    texts = [
        text for way in range(len(_WAYS)) for text in _joined(answer, [""] * way + _FILE["steering"][steers])[way:]
    ]
    read = dict(zip(texts, _read(agent, texts, asked), strict=True))
    lost = {f"{asked}: {text}" for text, acts in read.items() if steers not in {act.act for act in acts}}
    unanswered = {f"{asked}: {text}" for text, acts in read.items() if not _is_taken(acts, asked)}
    assert lost | unanswered <= _LOST


@pytest.mark.parametrize(("asked", "answer"), _FILE["answers"].items())
def test_a_question_without_a_mark_is_answered_or_named(agent: Any, asked: str, answer: str) -> None:
    texts = _joined(answer, _FILE["asked"])
    read = dict(zip(texts, _read(agent, texts, asked), strict=True))
    # 'Kan I også sende svaret til min bostøtte' is kept for Jura.
    kept = {text for text, acts in read.items() if any(act.slot == TOLD_BESIDE for act in acts)}
    silent = {text for text, acts in read.items() if not {act.act for act in acts} & {ASK, ASK_MORE, UNREAD}} - kept
    unanswered = {text for text, acts in read.items() if not _is_taken(acts, asked)}
    assert {f"{asked}: {text}" for text in silent | unanswered} <= _LOST


def test_what_leaves_out_its_first_word_is_no_question(agent: Any) -> None:
    for text, acts in zip(
        _FILE["told"], _read(agent, _joined("kun lyd", _FILE["told"]), "recording_medium"), strict=True
    ):
        assert UNREAD not in {act.act for act in acts}, text


@pytest.mark.parametrize("beside", ["", "kun til mig selv", "ja", "ja, send"])
@pytest.mark.parametrize("slot", _FILE["named"])
def test_a_named_choice_gets_its_value(agent: Any, slot: str, beside: str) -> None:
    asked = {"kun til mig selv": "recording_purpose", "ja": "terms_accepted"}.get(beside, "review")
    for value, said in _FILE["named"][slot].items():
        texts = _joined(beside, said) if beside else said
        for text, acts in zip(texts, _read(agent, texts, asked), strict=True):
            changed = {act.slot: act.value for act in acts if act.act == CHANGE}
            assert changed == {slot: value}, text
            assert not [act for act in acts if act.about == BINDS], text
