"""Only a listed yes accepts the terms or sends, whatever else is said there."""

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from deciding import decide

from actions.turn.result import Kind, Result
from bot.nlu.acts.request.dialogue.binding import binds
from bot.nlu.acts.request.message import Message
from bot.nlu.choices.component import FOLDER
from bot.nlu.choices.files import read_answers
from common import patterns
from common.memo import one_message
from common.request import State
from common.settings import ROOT
from common.yaml_files import read_yaml

UNSEEN = Path(__file__).parent / "choices"
REPLIES = Path(__file__).parent / "binding" / "replies.yml"
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
Said = Sequence[tuple[str, str, Result, Result]]


TERMS = State("recording", "terms_accepted", _KNOWN, frozenset(), date(2026, 12, 1))
REVIEW = State("recording", "review", {**_KNOWN, **_WHO}, frozenset({"applicant_phone"}), date(2026, 12, 1))


@pytest.fixture(scope="module")
def said(agent: Any, every_row: bool) -> Said:
    """Each line with its meaning, and the results at the terms and at the review.

    Of the trained lines that are no yes every third, and each yes with each end in one of three ways; with
    `--every-row` all.
    """

    lines = [
        (value, text)
        for folder in (UNSEEN, FOLDER)
        for value, texts in read_answers(folder)["agreement"].items()
        for text in (texts if every_row or folder != FOLDER or value == "yes" else texts[::3])
    ]
    for i, yes in enumerate(_YES):
        for j, end in enumerate(_ENDS):
            ways = (f"{yes}. {end}", f"{yes} {end}", f"{end}, {yes}")
            lines += [("stop", text) for text in (ways if every_row else (ways[(i + j) % len(ways)],))]

    async def all_of_them() -> Said:
        found = []
        for value, text in lines:
            message = Message.of({**await agent.parse_message(text), "text": text})
            # What is matched at the one is not matched again at the other.
            with one_message(), patterns.budget():
                found.append((value, text, decide(message, TERMS), decide(message, REVIEW)))
        return found

    return asyncio.run(all_of_them())


def test_messages_that_are_no_yes_do_not_accept_the_terms(said: Said) -> None:
    assert [text for value, text, at, _ in said if value != "yes" and at.values.get("terms_accepted")] == []


def test_messages_that_are_no_yes_do_not_send(said: Said) -> None:
    assert [text for value, text, _, at in said if value != "yes" and at.kind is Kind.SEND] == []


def test_only_listed_words_bind(said: Said) -> None:
    bound = [text for _, text, at, end in said if at.values.get("terms_accepted") or end.kind is Kind.SEND]
    assert [text for text in bound if not (binds(text, "terms") or binds(text, "review"))] == []
    assert {"ja", "ja tak", "ok", "send"} <= {text.lower() for text in bound}


@pytest.fixture(scope="module")
def replies(agent: Any) -> Sequence[tuple[str, bool, bool, Result]]:
    """Replies at the terms and the review: the text, whether it is a yes, whether it binds, and the result."""

    async def all_of_them() -> Sequence[tuple[str, bool, bool, Result]]:
        found = []
        for row in read_yaml(REPLIES):
            message = Message.of({**await agent.parse_message(row["text"]), "text": row["text"]})
            decision = decide(message, TERMS if row["at"] == "terms" else REVIEW)
            bound = decision.kind is Kind.SEND or bool(decision.values.get("terms_accepted"))
            found.append((row["text"], row["yes"], bound, decision))
        return found

    return asyncio.run(all_of_them())


def test_replies_that_resemble_a_yes_do_not_bind(replies: Sequence[tuple[str, bool, bool, Result]]) -> None:
    assert [text for text, yes, bound, _ in replies if bound and not yes] == []


def test_an_unlisted_yes_is_asked_for_once_more(replies: Sequence[tuple[str, bool, bool, Result]]) -> None:
    # The answer names the word that counts.
    others = [(text, at) for text, yes, bound, at in replies if yes and not bound]
    asked = [
        any(say.response.startswith(("utter_terms_plainly", "utter_send_plainly")) for say in at.says)
        for _, at in others
    ]
    assert sum(asked) >= 0.8 * len(asked), [text for (text, _), one in zip(others, asked, strict=True) if not one]
    # None of them changes a value.
    assert [text for text, at in others if at.values.keys() & _KNOWN.keys()] == []


def test_every_message_of_listed_words_binds(agent: Any) -> None:
    # Whatever their order and the marks between them: 'Ja, send den bare, tak.' (conversation.md, Acts).
    lists, chance = read_yaml(ROOT / "data" / "values" / "binding.yml"), Random(1)

    async def bound(state: State, core: Sequence[str]) -> list[str]:
        missed = []
        for _ in range(40):
            words = [*chance.sample(lists["beside"], chance.randint(0, 5)), chance.choice(core)]
            chance.shuffle(words)
            text = "".join(f"{word}{chance.choice([' ', ' ', ', ', '. '])}" for word in words).strip().capitalize()
            decision = decide(Message.of({**await agent.parse_message(text), "text": text}), state)
            if not (decision.kind is Kind.SEND or decision.values.get("terms_accepted")):
                missed.append(text)
        return missed

    assert asyncio.run(bound(REVIEW, [*lists["core"], *lists["review"]])) == []
    assert asyncio.run(bound(TERMS, [*lists["core"], *lists["terms"]])) == []
