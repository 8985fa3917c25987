"""The runner's results: the first wrong step, with what was expected and what was said."""

from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.console import Console
from scripted import ScriptedCitizen, message

from workbench.dialogues import coverage, junit, report
from workbench.dialogues.citizen import Touched
from workbench.dialogues.format import read
from workbench.dialogues.runner import Verdict, run
from workbench.shared.receiver import Received
from workbench.shared.vocabulary import Vocabulary


def verdict(folder: Path, steps: str, *answers: list[dict[str, Any]], **more: Any) -> Verdict:
    lines = "\n".join(f"      {line}" for line in steps.strip("\n").splitlines())
    file = folder / "prøve.yml"
    file.write_text(f"test_cases:\n  - test_case: prøve\n    steps:\n{lines}\n", encoding="utf-8")
    citizen = ScriptedCitizen(*answers, **more)
    found = run(read(file)[0], lambda now, receiver: citizen)
    assert citizen.left
    return found


REVIEW = message("utter_review", "Se det igennem", "Ja, send", "Ret noget", card={"Navn": "Li", "Dato": "i dag"})
ASK = message("utter_prompt_meeting_kind", "Hvordan?", "Vi mødes")
PAYLOAD = {"type": "notes", "meetings": [{"date": None, "kind": "in_person"}], "applicant": {"phone": "+4522334455"}}


@pytest.mark.parametrize(
    "steps",
    [
        "- utter: utter_greet",
        "- user: a\n- utter: utter_review\n- utter: utter_prompt_meeting_kind",
        "- user: a\n- bot: Se det igennem",
        "- user: a\n- bot: |\n    Se det igennem",
        "- user: a\n- asking: review",
        "- user: a\n- card: {Navn: Li}",
        "- user: a\n- slot_was_set: [{meeting_date: 2026-12-03}, applicant_name, {recording_grounds: [other, memory]}]",
        "- user: a\n- slot_was_not_set: [applicant_email, {meeting_date: 2026-12-04}]",
        "- user: a\n  assertions:\n    - bot_uttered: {utter_name: utter_review, text_matches: igennem$}",
        "- user: a\n  assertions:\n    - bot_uttered: {buttons: [{title: Ret noget, payload: /Ret noget}]}",
        "- user: a\n  assertions:\n    - bot_did_not_utter: {text_matches: fejl}",
        "- user: a\n  assertions:\n    - action_executed: request_form",
        "- button: Hjælp",
    ],
)
def test_a_dialogue_as_expected_passes(tmp_path: Path, steps: str) -> None:
    slots = {"meeting_date": "2026-12-03", "applicant_name": "Li", "recording_grounds": ["memory", "other"]}
    found = verdict(tmp_path, steps, [REVIEW, ASK], asking="review", slots=slots)
    assert found.failure is None


@pytest.mark.parametrize(
    ("steps", "line", "expected", "actual"),
    [
        ("- utter: utter_help", 4, "utter_help", "utter_greet"),
        # Messages are checked in order.
        ("- user: a\n- utter: utter_prompt_meeting_kind\n- utter: utter_review", 6, "utter_review", "ingen besked"),
        ("- user: a\n- bot: Se det", 5, "'Se det'", "Se det igennem"),
        ("- user: a\n- asking: null", 5, "ingenting", "review"),
        ("- user: a\n- asking: meeting_kind", 5, "meeting_kind", "review"),
        ("- user: a\n- card: {Navn: Bo}", 5, "Navn: Bo", "Navn: Li"),
        ("- user: a\n- card: {Alder: 5}", 5, "Alder: 5", "ikke på kortet"),
        ("- user: a\n- slot_was_set: [{meeting_date: 2026-12-04}]", 5, "2026-12-04", "2026-12-03"),
        ("- user: a\n- slot_was_set: [applicant_email]", 5, "applicant_email har en værdi", "tomt"),
        ("- user: a\n- slot_was_not_set: [meeting_date]", 5, "tomt", "2026-12-03"),
        ("- user: a\n- slot_was_not_set: [{meeting_date: 2026-12-03}]", 5, "ikke '2026-12-03'", "2026-12-03"),
        ("- user: a\n  assertions:\n    - bot_uttered: {text_matches: ^noget}", 6, "/^noget/", "Se det igennem"),
        ("- user: a\n  assertions:\n    - bot_uttered: {buttons: [{title: Nej}]}", 6, "[Nej]", "[Ja, send]"),
        # One message must match all of it.
        (
            "- user: a\n  assertions:\n    - bot_uttered: {utter_name: utter_review, text_matches: Hvordan}",
            6,
            "utter_review med teksten /Hvordan/",
            "Se det igennem",
        ),
        ("- user: a\n  assertions:\n    - bot_did_not_utter: {utter_name: utter_review}", 6, "ingen besked", "igennem"),
        ("- user: a\n  assertions:\n    - action_executed: action_repeat", 6, "action_repeat", "request_form"),
        ("- button: Nej", 4, "gå videre", "[Nej]"),
        ("- user: a\n- received: 1", 5, "modtaget 1", "modtaget 0"),
        ("- user: a\n- received: {type: notes}", 5, "modtaget 1", "modtaget 0"),
    ],
)
def test_a_wrong_step_is_reported(tmp_path: Path, steps: str, line: int, expected: str, actual: str) -> None:
    found = verdict(tmp_path, steps, [REVIEW, ASK], asking="review", slots={"meeting_date": "2026-12-03"})
    assert found.failure
    assert found.failure.line == line
    assert expected in found.failure.expected
    assert actual in found.failure.actual


def test_a_dialogue_stops_at_its_first_wrong_step(tmp_path: Path) -> None:
    found = verdict(tmp_path, "- user: a\n- utter: utter_help\n- user: b\n- utter: utter_greet", [REVIEW], [ASK])
    assert found.failure and found.failure.line == 5
    assert [spoken.text for spoken in found.spoken if spoken.who == "Borger"] == ["a"]


@pytest.mark.parametrize(
    ("steps", "holds"),
    [
        ("- user: a\n- received: 1", True),
        ("- user: a\n- received: {type: notes, meetings: [{kind: in_person}]}", True),
        ("- user: a\n- received: {meetings: [{date: null}], applicant: {phone: +4522334455}}", True),
        ("- user: a\n- received: {type: notes}\n- received: nothing", True),
        ("- user: a\n- received: nothing", False),
        ("- user: a\n- received: {type: recording}", False),
        ("- user: a\n- received: {meetings: [{date: 2026-12-03}]}", False),
        ("- user: a\n- received: {meetings: [{date: null}, {kind: in_person}]}", False),
        ("- user: a\n- received: [{type: notes}, {type: notes}]", False),
        # A request that no step expects.
        ("- user: a", False),
    ],
)
def test_the_received_request_must_match_the_dialogue(tmp_path: Path, steps: str, holds: bool) -> None:
    found = verdict(tmp_path, steps, [REVIEW], received=[Received(PAYLOAD, [])])
    assert (found.failure is None) is holds


def test_a_delivery_that_breaks_the_contract_fails_every_dialogue(tmp_path: Path) -> None:
    received = [Received(PAYLOAD, ["applicant.name: mangler."])]
    found = verdict(tmp_path, "- user: a\n- received: {type: notes}", [REVIEW], received=received)
    assert found.failure and "applicant.name" in found.failure.actual


def test_an_error_message_fails_a_dialogue_unless_expected(tmp_path: Path) -> None:
    broken = [message("utter_technical_error", "Der skete en fejl hos os.")]
    assert verdict(tmp_path, "- user: a", broken).failure
    assert verdict(tmp_path, "- user: a\n- utter: utter_technical_error", broken).failure is None


def test_pauses_clock_changes_and_outages_happen_in_order(tmp_path: Path) -> None:
    file = tmp_path / "prøve.yml"
    file.write_text(
        "test_cases:\n  - test_case: prøve\n    now: 2026-12-01T08:00:00+01:00\n    receiver: down\n    steps:\n"
        "      - user: a\n        twice: true\n      - silence_minutes: 31\n      - receiver: up\n      - user: b\n",
        encoding="utf-8",
    )
    citizen = ScriptedCitizen([ASK], [ASK])
    begun: list[tuple[datetime, str]] = []
    run(read(file)[0], lambda now, receiver: begun.append((now, receiver)) or citizen)
    assert [(now.hour, receiver) for now, receiver in begun] == [(8, "down")]
    assert citizen.heard == [("a", True), "venter 31", "Jura up", "b"]


def test_the_report_shows_the_conversation_with_the_wrong_step_marked(tmp_path: Path) -> None:
    found = verdict(tmp_path, '- user: "hej [bold]du[/bold]"\n- utter: utter_help', [REVIEW])
    console = Console(record=True, width=200, force_terminal=False)
    report.failure(found, console)
    text = console.export_text()
    assert "prøve.yml, linje 5: prøve" in text
    # Brackets in messages are not Rich's markup.
    assert text.index("Borger:    hej [bold]du[/bold]") < text.index("utter_review") < text.index("► linje 5, utter")
    assert "ventet: utter_help" in text and "[Ja, send]" in text


def test_the_results_are_written_as_junit_xml(tmp_path: Path) -> None:
    wrong = verdict(tmp_path, '- user: "\\u0001 <b>"\n- utter: utter_help', [REVIEW])
    right = Verdict(wrong.case)
    junit.write([wrong, right], tmp_path / "ud" / "junit.xml")
    root = ElementTree.parse(tmp_path / "ud" / "junit.xml").getroot()
    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    failures = root.findall("testsuite/testcase/failure")
    assert len(failures) == 1 and "<b>" in (failures[0].text or "")


def test_coverage_names_untried_answers() -> None:
    known = Vocabulary(frozenset({"greet", "thank"}), frozenset({"review"}), frozenset({"utter_a"}), frozenset())
    touched = [Touched(intents=frozenset({"greet"})), Touched(responses=frozenset({"utter_a"}))]
    assert coverage.untouched(touched, known) == {"Intentioner": ["thank"], "Felter": ["review"], "Svar": []}
