"""Where a date is asked for: a day beside a question, another wish or a letter, and unknown days."""

from datetime import UTC, datetime
from typing import Any

import pytest
from deciding import decide

from actions.turn.result import Kind, Result
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.values import find_values
from common.request import State

NOW = datetime(2026, 12, 1, 10, tzinfo=UTC)  # a Tuesday


def _at_the_day(text: str, intent: str, kind: str = "recording", confidence: float = 0.95) -> Result:
    found = [one for one in find_values(text, NOW) if not one.aside]
    message = Message(
        text,
        intent,
        confidence,
        tuple(Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in found),
    )
    known: dict[str, Any] = {"request_type": kind, "meeting_department": "jobcenter", "meeting_kind": "in_person"}
    return decide(message, State(kind, "meeting_date", known, frozenset(), NOW.date()))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Det er på torsdag kl. 15, er det for sent at spørge?", "faq_timing"),
        ("Det er på torsdag kl. 15. Må min søn komme med?", "faq_support_person"),
    ],
)
def test_a_day_before_a_question_is_stored_and_the_question_answered(text: str, intent: str) -> None:
    decision = _at_the_day(text, intent)
    assert decision.kind is Kind.QUESTION and [say.response for say in decision.says] == [
        "utter_noted",
        f"utter_{intent}",
    ]
    assert decision.values == {"meeting_date": "2026-12-03", "meeting_time": "15:00"}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Må jeg optage på torsdag?", "faq_may_i_record"),
        ("Har I åbent på fredag, og hvad koster det?", "faq_opening_hours"),
    ],
)
def test_a_day_inside_a_question_is_not_stored(text: str, intent: str) -> None:
    assert not _at_the_day(text, intent).values


def test_a_day_in_a_sentence_that_sounds_like_another_request_changes_no_request() -> None:
    text = "i dag kommer papirerne, og på torsdag kl. 15 går vi dem igennem"
    decision = _at_the_day(text, "request_notes", confidence=0.81)
    assert decision.kind is not Kind.TYPE_CHANGE and "request_type" not in decision.values


def test_a_named_other_request_begins() -> None:
    asks = _at_the_day("jeg vil hellere have et referat af mødet", "request_notes")
    assert asks.pending and (asks.pending["kind"], asks.pending["wish"]["kind"]) == ("which_request", "notes")


@pytest.mark.parametrize(
    ("kind", "text", "stored"),
    [
        ("notes", "den 15. januar", "2026-01-15"),  # six weeks ahead, but notes are of what has been
        ("notes", "den 10. december", None),  # last year, or the meeting next week?
        ("recording", "den 20. november", None),  # a year ahead, or was it the other day?
        ("recording", "den 15. januar", "2027-01-15"),
    ],
)
def test_a_day_that_may_be_past_or_future_is_asked_about(kind: str, text: str, stored: str | None) -> None:
    decision = _at_the_day(text, "inform", kind)
    assert decision.values.get("meeting_date") == stored
    assert bool(decision.pending) == (stored is None)


def test_the_date_of_a_letter_is_not_stored_as_the_meetings() -> None:
    decision = _at_the_day("Brevet kom den 25. november, men der står bare, at jeg hører nærmere", "inform")
    assert "meeting_date" in decision.settled and not decision.values.get("meeting_date")


def test_notes_of_an_unknown_day_store_no_other_day() -> None:
    text = "jeg søgte aktindsigt 1. november, men dagen for selve mødet husker jeg simpelthen ikke"
    assert "meeting_date" not in _at_the_day(text, "inform", "notes").values
