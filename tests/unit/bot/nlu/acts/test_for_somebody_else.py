"""A request for somebody else: relation, role and name are stored at any slot and not lost."""

from datetime import datetime
from typing import Any

import pytest

from actions.request.wording import noted, value_text
from actions.turn.applying import applied
from bot.nlu.acts.request.by_sentence.parts_apart import acts_of
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.values import find_values
from common.clock import COPENHAGEN
from common.request import State
from common.slots import BEHALF

_NOW = datetime(2026, 11, 24, 10, 20, tzinfo=COPENHAGEN)
_EMIL = {"behalf_relation": "other", "behalf_name": "Emil", "behalf_words": "på vegne af Emil"}
_SON = {
    "behalf_relation": "guardian",
    "behalf_name": "Emil",
    "behalf_who": "din søn",
    "behalf_words": "for min søn på 9",
}
_MOTHER = {"behalf_relation": "relative", "behalf_who": "din mor", "behalf_words": "for min mor"}
_HAS_BEEN = {
    "request_type": "recording",
    "meeting_department": "skole",
    "meeting_kind": "video_call",
    "meeting_date": "2026-12-11",
}


def _state(asked: str, known: dict[str, Any]) -> State:
    settled = frozenset({"behalf_name"} if asked == "review" else ())
    return State("recording", asked, _HAS_BEEN | known, settled, _NOW.date())


def _told(text: str, asked: str, known: dict[str, Any], intent: str = "inform") -> tuple[dict[str, Any], list[str]]:
    """The `behalf_*` slots after the message, and how the assistant confirms them."""
    found = (Found(one.entity, one.value, one.start, one.end, one.negated, one.rule) for one in find_values(text, _NOW))
    state = _state(asked, known)
    result = applied(acts_of(Message(text, intent, 0.9, tuple(found)), state), state)
    after = {slot: result.values.get(slot, known.get(slot)) for slot in BEHALF}
    return after, [say.fill["noted"] for say in result.says if say.response in ("utter_corrected", "utter_noted")]


@pytest.mark.parametrize(
    "asked", ["recording_medium", "recording_explanation", "recording_purpose", "applicant_name", "review"]
)
@pytest.mark.parametrize(
    "text", ["han er 9 og er min søn", "Emil er min søn på 9", "det er en sag om Emil, han er 9 år og min søn"]
)
def test_the_relation_is_stored_at_any_slot(asked: str, text: str) -> None:
    after, said = _told(text, asked, _EMIL)
    assert (after["behalf_relation"], after["behalf_who"], after["behalf_name"]) == ("guardian", "din søn", "Emil")
    assert said == ["På vegne af: Emil (din søn, du er værge eller forælder)"]


@pytest.mark.parametrize(
    "text", ["det er jo på vegne af Emil", "på vegne af Emil Lund", "det er for min søn", "jeg søger på vegne af emil"]
)
def test_repeating_for_whom_it_is_loses_no_detail(text: str) -> None:
    after, _ = _told(text, "applicant_email", _SON)
    assert (after["behalf_relation"], after["behalf_who"]) == ("guardian", "din søn")
    assert after["behalf_words"] == "for min søn på 9" and after["behalf_name"] in ("Emil", "Emil Lund")


def test_a_name_is_added_to_a_person_known_by_relation() -> None:
    after, said = _told("det er på vegne af Karen Holm", "applicant_name", _MOTHER)
    assert after == _MOTHER | {"behalf_name": "Karen Holm"} and said == ["På vegne af: Karen Holm (din mor)"]


def test_another_person_replaces_the_first() -> None:
    after, _ = _told("jeg skriver på vegne af Ole Juhl", "applicant_name", _SON)
    assert (after["behalf_relation"], after["behalf_who"], after["behalf_name"]) == ("other", None, "Ole Juhl")


@pytest.mark.parametrize(
    ("text", "relation"), [("jeg er hans værge", "guardian"), ("jeg er partsrepræsentant for Emil", "representative")]
)
def test_a_role_told_later_replaces_the_relation(text: str, relation: str) -> None:
    assert _told(text, "applicant_name", _EMIL)[0]["behalf_relation"] == relation


def test_an_age_told_later_makes_a_parent_a_guardian_but_not_a_child() -> None:
    child = _SON | {"behalf_relation": "relative"}
    assert _told("han er 9 år", "recording_medium", child)[0]["behalf_relation"] == "guardian"
    assert _told("hun er 9 år", "recording_medium", _MOTHER)[0]["behalf_relation"] == "relative"


def test_a_relation_told_in_the_explanation_is_used_when_the_person_is_named() -> None:
    reason = {"recording_explanation": "det er en stor sag med Emil, han er 9 og er min søn"}
    after, _ = _told("mette.lund@live.dk, det er jo på vegne af Emil", "applicant_email", reason)
    assert (after["behalf_relation"], after["behalf_who"], after["behalf_name"]) == ("guardian", "din søn", "Emil")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ja, det er min mor", "support_person_possible"),
        ("sagsbehandleren siger nej, hun er min nabo", "recording_explanation"),
        ("ja min søster kommer, hun er min ven", "support_person_possible"),
    ],
)
def test_a_third_persons_relation_is_not_stored(text: str, asked: str) -> None:
    assert _told(text, asked, _EMIL)[0] == _EMIL | {"behalf_who": None}


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("recording_medium", "lyd. min mor hedder Ingrid Bay"),
        ("recording_explanation", "hun glemmer alt. min mor hedder Ingrid Bay"),
        ("support_person_possible", "ja det er mig. min mor hedder Ingrid Bay"),
        ("recording_purpose", "kun til os selv. min mor hedder Ingrid Bay"),
        ("terms_accepted", "min mor hedder Ingrid Bay"),
        ("terms_accepted", "ja. min mor hedder Ingrid Bay"),
        ("applicant_name", "Lene Bay, og min mor hedder Ingrid Bay"),
        ("applicant_phone", "min mor hedder Ingrid Bay, 30 40 50 60"),
        ("review", "min mor hedder Ingrid Bay"),
    ],
)
def test_the_persons_name_is_stored_and_confirmed_at_any_slot(asked: str, text: str) -> None:
    after, said = _told(text, asked, _MOTHER)
    assert after["behalf_name"] == "Ingrid Bay" and said[0] == "På vegne af: Ingrid Bay (din mor)"


def test_a_caseworkers_name_is_not_stored_as_the_persons() -> None:
    for text in ("min sagsbehandler er der også, hun hedder Lone Vig", "min sagsbehandler er sød, hun er min nabo"):
        assert _told(text, "behalf_name", _MOTHER)[0] == _MOTHER | {"behalf_name": None}
    assert _told("hun hedder Else Bay", "behalf_name", _MOTHER)[0]["behalf_name"] == "Else Bay"


def test_the_citizens_and_the_persons_name_are_both_read() -> None:
    text = "jeg hedder Lene Bay og min mor hedder Ingrid Bay"
    found = tuple(Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in find_values(text, _NOW))
    told = {
        act.slot: act.value for act in acts_of(Message(text, "inform", 0.9, found), _state("applicant_name", _MOTHER))
    }
    assert (told["applicant_name"], told["behalf_name"]) == ("Lene Bay", "Ingrid Bay")


@pytest.mark.parametrize(
    ("known", "row"),
    [
        (_SON, "Emil (din søn, du er værge eller forælder)"),
        (_MOTHER, "din mor"),
        (_EMIL, "Emil (forholdet til dig er ikke oplyst)"),
        ({"behalf_relation": "guardian", "behalf_name": "Per Holm"}, "Per Holm (du er værge eller forælder)"),
        ({"behalf_relation": "representative", "behalf_name": "Anna Vig"}, "Anna Vig (du er repræsentant)"),
    ],
)
def test_the_review_shows_the_person_and_the_relation(known: dict[str, Any], row: str) -> None:
    assert value_text("behalf_name", known) == row
    assert noted(known) == f"På vegne af: {row}"
