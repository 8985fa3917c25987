"""Grounds of a recording told, denied and left alone at the review, and reasons told before they are asked for."""

from typing import Any

import pytest
from parsing import TODAY, acts_of

from bot.nlu.acts.request.by_sentence.state_after import after
from common.request import State

_M, _C, _D = "memory", "communication_impairment", "documentation"
_SLOTS = {
    "request_type": "recording",
    "recording_explanation": "det har lægen sagt",
    "meeting_department": "jobcenter",
    "meeting_kind": "in_person",
    "meeting_date": "2026-12-10",
    "requested_slot": "review",
}


@pytest.mark.parametrize(
    ("known", "text", "left"),
    [
        ([_M, _C], "tag det med at jeg hører dårligt ud", [_M]),
        ([_M, _C], "min hørelse fejler ikke noget", [_M]),
        ([_M, _C], "der står at jeg har svært ved at høre. Det passer ikke.", [_M]),
        ([_M, _C], "svært ved at huske er rigtigt, men det andet skal væk", [_M]),
        ([_M, _C], "det er kun hukommelsen der er noget galt med", [_M]),
        ([_M, _C], "jeg glemmer ikke noget, jeg er bare tunghør", [_C]),
        ([_M], "det er ikke fordi jeg glemmer, jeg er ordblind", [_C]),
        ([_M], "tilføj svært ved at høre som grund", [_M, _C]),
        ([_C], "jeg glemte lige at skrive at mødet er kl. 14", [_C]),
        ([_C, _M], "min datter kan godt høre den med mig bagefter", [_C, _M]),
        ([_M], "tak, det ser rigtigt ud. så hører jeg fra jer", [_M]),
    ],
)
def test_grounds_change_only_where_they_are_named(agent: Any, known: list[str], text: str, left: list[str]) -> None:
    slots = {**_SLOTS, "recording_grounds": known}
    state = State.of(slots, ["utter_review"], TODAY)
    told = [act for act in acts_of(agent, [text], slots)[0] if act.to in ("", "form")]
    assert after(state, told).known["recording_grounds"] == left


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("min far er 88, han er tunghør og glemsom", "min far er 88, han er tunghør og glemsom"),
        ("Jeg er 67 og har en hjerneskade. Jeg skal til møde den 8. december.", "Jeg er 67 og har en hjerneskade."),
        ("min kone kan næsten ikke tale mere, hvad gør man", "min kone kan næsten ikke tale mere"),
        ("gælder det også, hvis man er døv?", None),
        ("læser I overhovedet, hvad jeg skriver", None),
        ("jeg vil søge om lov til at optage, så vi kan komme videre", None),
    ],
)
def test_a_reason_told_early_is_a_statement(agent: Any, text: str, reason: str | None) -> None:
    acts = acts_of(agent, [text])[0]
    told = [act.value for act in acts if act.to == "recording" and act.slot == "recording_explanation"]
    assert told == ([reason] if reason else [])
