"""Tests, NLU: what binds a citizen: nothing but a yes accepts the terms or sends, whatever else is said there."""

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from actions.decision import Decision, Kind, State
from actions.message import Message
from actions.understanding import decide
from bot.nlu.choice_files import read_answers
from bot.nlu.choices import FOLDER

UNSEEN = Path(__file__).parent / "choices"
_KNOWN: dict[str, Any] = {
    "request_type": "recording",
    "meeting_department": "jobcenter",
    "meeting_kind": "in_person",
    "meeting_date": "2026-12-10",
    "recording_medium": "audio",
    "recording_grounds": ["memory"],
    "recording_explanation": "jeg glemmer alt",
    "support_person_possible": "no",
    "recording_purpose": "private",
}
_WHO = {"terms_accepted": True, "applicant_name": "Li Ng", "applicant_email": "li@eksempel.dk"}
_YES = ("ja", "ja tak", "ok", "ja det er fint", "ja send den", "send")
_ENDS = (
    *("stop", "stop det hele", "vent lidt", "nej vent", "annuller", "annullér den", "glem det", "jeg har fortrudt"),
    *("jeg fortryder", "hold op", "afbryd", "drop det", "lad være", "jeg har ombestemt mig", "slet det hele"),
)
Said = Sequence[tuple[str, str, Decision, Decision]]


@pytest.fixture(scope="module")
def said(trained_model: str) -> Said:
    """Each line with what it means, and the decisions where the terms are asked for and at the review."""
    from rasa.core.agent import Agent

    agent = Agent.load(trained_model)
    terms = State("recording", "terms_accepted", _KNOWN, frozenset(), date(2026, 12, 1))
    review = State("recording", "review", {**_KNOWN, **_WHO}, frozenset({"applicant_phone"}), date(2026, 12, 1))

    lines = [
        (value, text)
        for folder in (UNSEEN, FOLDER)
        for value, texts in read_answers(folder)["agreement"].items()
        for text in texts
    ]
    for yes in _YES:
        for end in _ENDS:
            lines += [("stop", f"{yes}. {end}"), ("stop", f"{yes} {end}"), ("stop", f"{end}, {yes}")]

    async def all_of_them() -> Said:
        found = []
        for value, text in lines:
            message = Message.of({**await agent.parse_message(text), "text": text})
            found.append((value, text, decide(message, terms), decide(message, review)))
        return found

    return asyncio.run(all_of_them())


def test_what_is_no_yes_accepts_no_terms(said: Said) -> None:
    assert [text for value, text, at, _ in said if value != "yes" and at.values.get("terms_accepted")] == []


def test_what_is_no_yes_sends_nothing(said: Said) -> None:
    assert [text for value, text, _, at in said if value != "yes" and at.kind is Kind.SEND] == []


def test_most_that_is_a_yes_is_taken_for_one_somewhere(said: Said) -> None:
    # Half of the lines were written for the terms and half for sending; who is not understood is asked again.
    yes = [at.values.get("terms_accepted") or end.kind is Kind.SEND for value, _, at, end in said if value == "yes"]
    assert sum(map(bool, yes)) >= 0.5 * len(yes)
