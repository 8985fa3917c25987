"""Small results of evaluate and dialogues, in their stored format."""

from pathlib import Path
from typing import Any

from workbench.shared.results import keep

Lines = list[tuple[str, str, str]]
WAS: Lines = [
    ("må jeg optage", "faq_may_i_record", "faq_may_i_record"),
    ("er det lovligt at optage", "faq_may_i_record", "faq_position"),
    ("hvornår har I åbent", "faq_opening_hours", "faq_opening_hours"),
    ("hvad er telefontiden", "faq_opening_hours", "faq_opening_hours"),
    ("hvor skal jeg parkere", "out_of_scope", "out_of_scope"),
]
IS: Lines = [
    ("må jeg optage", "faq_may_i_record", "faq_may_i_record"),
    ("er det lovligt at optage", "faq_may_i_record", "faq_may_i_record"),
    ("hvornår har I åbent", "faq_opening_hours", "faq_contact"),
    ("hvad er telefontiden", "faq_opening_hours", "faq_opening_hours"),
    ("hvor skal jeg parkere", "out_of_scope", "out_of_scope"),
]


def evaluated(lines: Lines) -> dict[str, Any]:
    return {
        "trained_on": 100,
        "lines": [
            {"text": text, "label": label, "understood": understood, "confidence": 0.9, "asks_back": False}
            for text, label, understood in lines
        ],
        "timing": {"training_seconds": 9, "megabytes": 400, "milliseconds_p95": 21.5},
    }


def dialogue(name: str, holds: bool = True) -> dict[str, Any]:
    told: dict[str, Any] = {"name": name, "file": "tests/dialogues/happy_path/x.yml", "failure": None}
    if not holds:
        told["failure"] = {"line": 7, "step": "utter", "expected": "utter_faq_notes", "actual": "utter_<script>"}
        told["spoken"] = [
            {"who": "Borger", "text": "kan jeg få <b>notater</b>?", "name": None, "buttons": []},
            {"who": "Assistent", "text": "Mente du?", "name": "utter_did_you_mean", "buttons": ["Notater"]},
        ]
    return told


def held(*dialogues: dict[str, Any], untried: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "dialogues": list(dialogues),
        "untried": {"Svar": list(untried)},
        "known": {"Svar": 10},
        "timing": {"seconds": 3},
    }


def two_runs(folder: Path) -> None:
    """Stores two runs of each command, with different outcomes."""
    keep("evaluate", evaluated(WAS), folder)
    keep("evaluate", evaluated(IS), folder)
    keep("dialogues", held(dialogue("notater"), dialogue("afbud", holds=False)), folder)
    keep("dialogues", held(dialogue("notater", holds=False), dialogue("afbud"), untried=("utter_nej",)), folder)
