"""A citizen's text never becomes bold, a link or a row of its own in the assistant's messages."""

import re
from typing import Any

import pytest

from actions.request.wording import SLOT_TITLES, noted
from actions.say import Say
from actions.turn.result import Kind, Result
from common.slots import ORDER
from legal.outbox import Outbox
from tests.spoken import pressed, said

BREAKS = {
    "blank line": "\n\n",
    "line": "\n",
    "old Mac line": "\r",
    "line separator": "\u2028",
    "paragraph separator": "\u2029",
    "next line": "\x85",
    "vertical tab": "\v",
    "form feed": "\f",
}
LINK, ROW, BOLD = "[gratis hjælp](https://evil.example)", "- **Navn:** Mette", "**fed**"
FORGED = f"a\n\n{LINK}\n{ROW}\n1. {BOLD}"
CONTACT = {"applicant_name": "Li Ng", "applicant_email": "li@eksempel.dk"}
MEETING = {"meeting_department": "jobcenter", "meeting_kind": "phone_call", "meeting_date": "2026-12-10"}
COMPLETE: dict[str, dict[str, Any]] = {
    "question": {"request_type": "question", "question_text": "Må jeg?", **CONTACT},
    "notes": {"request_type": "notes", "notes_wanted": "referatet", **MEETING, **CONTACT},
    "recording": {
        "request_type": "recording",
        "recording_medium": "audio",
        "recording_grounds": ["memory"],
        "recording_explanation": "jeg glemmer",
        "support_person_possible": "no",
        "recording_purpose": "private",
        "terms_accepted": True,
        **MEETING,
        **CONTACT,
    },
}
# Each free-text slot, and the row of the review that shows it.
OWN_WORDS = [
    ("question", "question_text", "question_text"),
    ("notes", "notes_wanted", "notes_wanted"),
    ("notes", "meeting_department_text", "meeting_department"),
    ("recording", "recording_explanation", "recording_explanation"),
    *((kind, slot, slot) for kind in COMPLETE for slot in ("applicant_name", "applicant_email", "applicant_phone")),
]
# What static/render.js renders as bold and links.
_BOLD, _LINK, _ITEM = r"\*\*([^*\n]+)\*\*", r"\[[^\]\n]+\]\([^()\s]+\)", r"^(?:-|\d+\.) "


def filled(kind: str, slot: str, value: str) -> dict[str, Any]:
    unknown = {"meeting_department": "unknown"} if slot == "meeting_department_text" else {}
    left_out = [] if slot == "applicant_phone" else ["applicant_phone"]
    return {**COMPLETE[kind], **unknown, slot: value, "request_settled": left_out}


def review(known: dict[str, Any]) -> dict[str, Any]:
    """The review, shown again because the citizen tried to skip it."""
    return next(one for one in pressed("/skip", known, "review") if one["name"] == "utter_review")


def labels(kind: str) -> list[str]:
    return [SLOT_TITLES[slot] for slot in ("request_type", *ORDER[kind]) if slot != "behalf_name"]


def as_shown(text: str) -> str:
    """A text as the widget shows it: escaped marks without their backslashes."""
    return re.sub(r"\\([\\*(])", r"\1", text)


def value_of(card: dict[str, Any], slot: str) -> str:
    return str(next(row["value"] for row in card["rows"] if row["slot"] == slot))


@pytest.mark.parametrize(("kind", "slot", "row"), OWN_WORDS)
def test_the_review_has_its_own_rows_and_no_others(kind: str, slot: str, row: str) -> None:
    message = review(filled(kind, slot, FORGED))
    text, expected = message["text"], labels(kind)
    assert re.findall(_BOLD, text) == [f"{label}:" for label in expected]
    assert [line.split(":")[0] for line in text.splitlines() if re.match(_ITEM, line)] == [f"- **{x}" for x in expected]
    assert len(text.splitlines()) == len(expected) + 4, "a value has lines of its own"
    assert not re.search(_LINK, text)
    assert [one["label"] for one in message["card"]["rows"]] == expected
    told = "a / [gratis hjælp](https://evil.example) / - **Navn:** Mette / 1. **fed**"
    assert value_of(message["card"], row) == told, "the card's rows are plain data, on one line"
    assert told in as_shown(text), "the text alone says it all"


@pytest.mark.parametrize(("kind", "slot", "row"), OWN_WORDS)
def test_the_receipt_shows_no_markup_of_the_citizens_either(kind: str, slot: str, row: str, box: Outbox) -> None:
    value = {
        "applicant_email": "li**x**y@eksempel.dk",
        "applicant_phone": "+4538214236",
        "applicant_name": f"Mette {LINK} {BOLD}",
    }.get(slot, FORGED)
    messages = pressed("/affirm", filled(kind, slot, value), "review", "utter_review")
    receipt = next(one for one in messages if one["name"].startswith("utter_receipt_"))
    assert not re.search(_LINK, receipt["text"]) and "Mette" not in receipt["text"]
    assert [one["label"] for one in receipt["card"]["rows"]] == labels(kind)
    assert all(len(one["value"].splitlines()) == 1 for one in receipt["card"]["rows"])
    (stored,) = box.entries()
    if slot in ("question_text", "notes_wanted", "recording_explanation"):
        assert FORGED in str(stored.payload.values()) or FORGED in [
            (stored.payload[part] or {}).get(name)
            for part, name in (("question", "text"), ("notes", "wanted"), ("recording", "explanation"))
        ], "Jura receives the words as they were written"


@pytest.mark.parametrize(("kind", "slot", "row"), OWN_WORDS)
def test_a_correction_repeats_words_as_plain_text(kind: str, slot: str, row: str) -> None:
    changed = {slot: FORGED} if slot == row else {row: "unknown", slot: FORGED}
    (message,) = said(Result(Kind.CORRECTION, says=[Say("utter_corrected", {"noted": noted(changed)})]))
    assert len(message["text"].splitlines()) == 1
    assert not re.search(_BOLD, message["text"]) and not re.search(_LINK, message["text"])
    assert as_shown(message["text"]).startswith(f"Rettet: {SLOT_TITLES[row]}: a / [gratis hjælp](https://evil.example)")


@pytest.mark.parametrize("response", ["utter_date_has_been", "utter_type_changed", "utter_already_sent"])
def test_whatever_fills_a_response_is_words(response: str) -> None:
    fill = dict.fromkeys(("title", "reference", "noted"), FORGED)
    (message,) = said(Result(Kind.TALK, says=[Say(response, {**fill, "date": "2026-12-10"})]))
    assert not re.search(_LINK, message["text"]) and "**Navn:**" not in message["text"]
    assert len(message["text"].splitlines()) == 1


def test_words_do_not_run_together_with_the_marks_of_a_response() -> None:
    fill = {"reference": "*x*", "title": "Dit spørgsmål"}
    (message,) = said(Result(Kind.TALK, says=[Say("utter_already_sent", fill)]))
    assert re.findall(r"(?<!\\)\*\*", message["text"]) == ["**", "**"] and "*x*" in as_shown(message["text"])


@pytest.mark.parametrize("sign", BREAKS.values(), ids=BREAKS)
def test_every_kind_of_line_break_is_shown_as_one(sign: str) -> None:
    message = review(filled("question", "question_text", f"Referatet{sign}Notatet"))
    assert value_of(message["card"], "question_text") == "Referatet. Notatet"
    assert "- **Spørgsmål:** Referatet. Notatet\n" in message["text"]


def test_runs_of_white_space_become_one_space() -> None:
    value = "  Må \t\u00a0\u3000 jeg \n \n  gerne \n"
    assert value_of(review(filled("question", "question_text", value))["card"], "question_text") == "Må jeg / gerne"


@pytest.mark.parametrize(
    "value",
    [
        "C:\\Users",
        "\\",
        "\\*",
        "\\**x**",
        "\\\\**x**",
        "***x***",
        "****",
        "2*3*4",
        "2 * 3",
        "[x]",
        "[x] (y)",
        "[x](y)",
        "[x]\\(y)",
        "[a](b)[c](d)",
        "[[a](b)](c)",
        "f(x)",
        "¯\\_(ツ)_/¯",
        "¯\\(ツ)/¯",
    ],
)
def test_words_with_markdown_signs_are_shown_as_written(value: str) -> None:
    text = review(filled("question", "question_text", value))["text"]
    assert f"- **Spørgsmål:** {value}\n" in as_shown(text)
    assert not re.search(_LINK, text) and re.findall(_BOLD, text) == [f"{label}:" for label in labels("question")]


@pytest.mark.parametrize(
    "value", ["O'Brien & Søn (ApS)", "Må jeg * optage [ja/nej]?", "50 % af 3.000 kr. - mindst", "_a_ #1 `x`"]
)
def test_ordinary_words_need_no_escaping(value: str) -> None:
    assert f"- **Spørgsmål:** {value}\n" in review(filled("question", "question_text", value))["text"]
