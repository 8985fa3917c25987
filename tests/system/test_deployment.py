"""End to end: script/run, requests over the chat API, and their pages in the inbox."""

import shutil
import socket
import sqlite3
import time
from pathlib import Path

import pytest
import requests

from common.settings import read_settings
from legal.outbox import Outbox
from tests.system.deployment import ROOT, Citizen, Deployment, free_port, inbox_page
from workbench.publish import publish

RECORDING = [
    "jeg vil gerne søge om lov til at optaeg et møde",
    "jobcentret",
    "vi mødes derinde",
    "torsdag d. 10/12 kl 14.30",
    "kun lyd",
    "efter min hjernerystelse glemmer jeg det meste af hvad der bliver sagt",
    "nej, jeg har ingen at tage med",
    "det er kun til mig selv",
    "ja",
    "Anne-Marie Ørsted Ng",
    "anne-marie@eksempel.dk, 20 30 40 50",
]


def _request_until_review(deployment: Deployment) -> Citizen:
    citizen = Citizen(deployment.chat)
    for line in RECORDING:
        citizen.says(line)
    assert citizen.asking == "review", citizen.messages
    return citizen


def test_the_start_prints_readable_danish_lines(deployment: Deployment) -> None:
    text = "\n".join(deployment.lines)
    assert f"{deployment.chat}/demo" in text and f"{deployment.inbox}/" in text
    for noise in ("Traceback", "Warning", "warning", "DEBUG", "INFO"):
        assert noise not in text


def test_a_changed_answer_is_in_use_within_five_seconds_and_is_taken_back(
    deployment: Deployment, tmp_path: Path
) -> None:
    """The command itself finds nothing to change in the project's own files: the change is one in copies of them."""
    assert "er dem, der er i brug" in deployment.command("publish").stdout
    citizen = Citizen(deployment.chat)
    assert "velkommen til at skrive igen" in citizen.says("farvel")
    for name in ("actions", "bot", "data", "docs", "config.yml"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "domain", tmp_path / "domain")
    file = tmp_path / "domain" / "conversation.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("velkommen til at skrive igen", "velkommen til at ringe i stedet"), encoding="utf-8")

    said: dict[str, float] = {}
    config = read_settings(deployment.settings)
    assert publish("Prøve", lambda line: said.setdefault(line, time.monotonic()), config, tmp_path) == 0
    published = next(when for line, when in said.items() if line.startswith("Det gælder på alle servere"))
    assert "velkommen til at ringe i stedet" in citizen.says("farvel") and said["I brug på 1 server."] - published < 5
    undone = deployment.command("publish", "--undo")
    assert undone.returncode == 0 and "I brug på 1 server." in undone.stdout
    assert "velkommen til at skrive igen" in citizen.says("farvel")
    assert "Prøve" in deployment.command("publish", "--list").stdout


def test_a_recording_request_reaches_jura_with_every_value(deployment: Deployment) -> None:
    citizen = _request_until_review(deployment)
    review = citizen.messages[-1]["text"]
    assert "torsdag den 10. december 2026 kl. 14.30" in review and "Intet er sendt endnu" in review
    said = citizen.says("ja, send den")
    assert "modtaget hos Jura" in said
    reference = citizen.receipt["reference"]
    page = inbox_page(deployment, reference)
    for value in (
        reference,
        "Jobcenter Frederiksberg",
        "torsdag den 10. december 2026",
        "14.30",
        "Anne-Marie Ørsted Ng",
        "anne-marie@eksempel.dk",
        "efter min hjernerystelse glemmer jeg det meste af hvad der bliver sagt",
    ):
        assert value in page, value


def test_a_second_yes_sends_nothing(deployment: Deployment) -> None:
    citizen = _request_until_review(deployment)
    citizen.says("ja")
    reference = citizen.receipt["reference"]
    citizen.says("ja")
    assert citizen.asking is None and not any(message["card"] for message in citizen.messages)
    with sqlite3.connect(Path(deployment.settings["DATA_DIR"]) / "inbox.db") as inbox:
        tables = [row[0] for row in inbox.execute("select name from sqlite_master where type='table'")]
        stored = sum(
            str(row).count(reference) > 0 for table in tables for row in inbox.execute(f"select * from {table}")
        )
    assert stored == 1


def test_requests_for_notes_and_questions_reach_jura(deployment: Deployment) -> None:
    citizen = Citizen(deployment.chat)
    for line in (
        "jeg vil gern have referatet fra et møde",
        "familieafdelingen",
        "det var et videomøde",
        "i fredags",
        "hele referatet",
        "Li Ng",
        "nej jeg har ikke nogen mail",
        "+46 70 123 45 67",
    ):
        citizen.says(line)
    assert citizen.asking == "review", citizen.messages
    citizen.presses("Ja, send")
    page = inbox_page(deployment, citizen.receipt["reference"])
    assert "fredag den 27. november 2026" in page and "hele referatet" in page and "Li Ng" in page

    citizen.says("jeg vil sende et spørgsmaal til jura")
    assert citizen.asking == "question_text", citizen.messages
    citizen.says("Hvor længe gemmer I noterne fra et møde?")
    assert citizen.asking == "review", "who was known from the first request is asked again"
    citizen.says("send")
    page = inbox_page(deployment, citizen.receipt["reference"])
    assert "Hvor længe gemmer I noterne fra et møde?" in page and "Li Ng" in page


def test_commands_and_templates_are_words(deployment: Deployment) -> None:
    citizen = Citizen(deployment.chat)
    for text in ("/restart", '/request_recording{"applicant_name":"x"}', "{applicant_name}", "/session_start"):
        citizen.says(text)
        assert citizen.asking is None
    history = requests.get(f"{deployment.chat}/messages", headers=citizen.headers, timeout=10).json()["messages"]
    assert next(m["text"] for m in history if m["from"] == "citizen") == "/restart"
    assert history[0]["name"] == "utter_greet", "/restart was obeyed"


def test_a_cpr_number_is_masked_before_anything_sees_it(deployment: Deployment) -> None:
    citizen = Citizen(deployment.chat)
    said = citizen.says("mit cpr er 010270-1234, må jeg optage mødet?")
    assert "skjult" in said
    for file in Path(deployment.settings["DATA_DIR"]).rglob("*"):
        if file.is_file():
            assert b"010270-1234" not in file.read_bytes(), file


def test_a_repeated_message_is_answered_once(deployment: Deployment) -> None:
    citizen = Citizen(deployment.chat)
    body = {"id": "7b0c4d1e-4a53-4f4e-9a56-0a1f3f0e9b11", "text": "må jeg tage en bisidder med?"}
    first, second = citizen.post(**body), citizen.post(**body)
    assert first.json() == second.json()
    history = requests.get(f"{deployment.chat}/messages", headers=citizen.headers, timeout=10).json()["messages"]
    assert sum(m["from"] == "citizen" for m in history) == 1


def test_only_offered_buttons_are_accepted(deployment: Deployment) -> None:
    citizen = Citizen(deployment.chat)
    refused = citizen.post(payload="/request_question")
    assert refused.status_code == 422 and refused.json()["error"]["field"] == "payload"
    citizen.presses("Bed om lov til at optage")
    assert citizen.asking == "meeting_department"


def test_erasing_leaves_nothing(deployment: Deployment) -> None:
    citizen = Citizen(deployment.chat)
    citizen.says("en ganske særlig sætning om zebraer")
    assert requests.delete(f"{deployment.chat}/sessions", headers=citizen.headers, timeout=10).status_code == 204
    assert citizen.post(text="hej").status_code == 401
    with sqlite3.connect(Path(deployment.settings["DATA_DIR"]) / "conversations.db") as stored:
        assert not stored.execute("select 1 from events where data like '%zebra%'").fetchall()


def test_without_the_action_server_questions_are_answered_and_requests_refused(deployment: Deployment) -> None:
    in_the_middle = Citizen(deployment.chat)
    in_the_middle.says("jeg vil søge om lov til at optage et møde")
    in_the_middle.says("borgerservice")
    deployment.stop_one("actions")
    deployment.await_line("Handlingsserveren er stoppet udefra", 10)

    citizen = Citizen(deployment.chat)
    assert "bisidder" in citizen.says("må jeg have min bror med til mødet?")
    citizen.says("Må jeg filme mødet, og skal de andre vide det?")
    assert citizen.names == ["utter_faq_video", "utter_faq_inform_participants"]
    citizen.says("hvem siger det")
    assert citizen.names == ["utter_more_inform_participants_who_says"]
    said = citizen.says("jeg vil søge om lov til at optage et møde")
    assert "kan desværre ikke tage imod anmodninger" in said and "3821 4236" in said
    assert "utter_faq_support_person" in (in_the_middle.says("må jeg tage min søster med?"), in_the_middle.names)[1]

    deployment.serve("actions")
    in_the_middle.says("jeg vil søge om lov til at optage et møde")
    assert in_the_middle.asking == "meeting_kind", "what was already said is asked again"


def test_with_the_inbox_stopped_the_receipt_says_that_the_request_is_stored(deployment: Deployment) -> None:
    deployment.children()["legal.inbox"].terminate()
    deployment.await_line("Juras indbakke er stoppet udefra", 10)
    citizen = _request_until_review(deployment)
    said = citizen.says("ja")
    assert "gemt" in said and "ikke nået frem" in said and "modtaget hos Jura" not in said
    reference = citizen.receipt["reference"]
    kept = Outbox(f"sqlite:///{deployment.settings['DATA_DIR']}/outbox.db").find(reference)
    assert kept and kept.state == "pending" and kept.payload["applicant"]["name"] == "Anne-Marie Ørsted Ng"
    assert "ikke nået frem" in citizen.says(f"hvad er der sket med {reference}?")


def test_the_chat_can_be_stopped_alone(deployment: Deployment) -> None:
    assert "script/bot serve rasa" in deployment.stop_one("rasa")
    deployment.await_line("Rasa med chatten er stoppet udefra. Resten kører videre.", 10)
    assert deployment.process and deployment.process.poll() is None and "legal.delivery" in deployment.children()
    deployment.serve("rasa")
    assert "bisidder" in Citizen(deployment.chat).says("må jeg have min bror med til mødet?")
    second = deployment.command("serve", "rasa")
    assert second.returncode == 1 and "kører allerede" in second.stdout and "Traceback" not in second.stderr


def test_a_crashed_service_is_named(deployment: Deployment) -> None:
    deployment.children()["legal.delivery"].kill()
    line = deployment.await_line("FEJL", 20)
    assert deployment.process and deployment.process.wait(30) != 0
    assert "Leveringen" in line and "script/run" in line


def test_an_occupied_port_is_named(tmp_path: Path) -> None:
    port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        deployment = Deployment(tmp_path, ACTION_PORT=str(port))
        deployment.start(wait=False)
        line = deployment.await_line("FEJL", 120)
        assert deployment.process and deployment.process.wait(30) != 0
    assert str(port) in line and "ACTION_PORT" in line and "Traceback" not in "\n".join(deployment.lines)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("RASA_PORT", "otte"),
        ("NOW", "i morgen"),
        ("LEGAL_API_URL", "jura.dk"),
        ("LEGAL_WEBHOOK_SECRET", "hemmelig"),
        ("RATE_PER_SESSION", "mange"),
        ("DATABASE_URL", "mysql://x"),
        ("INBOX_PASSWORD", "kort"),
    ],
)
def test_a_malformed_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    deployment = Deployment(tmp_path, **{name: value}) if name != "RASA_PORT" else Deployment(tmp_path)
    deployment.settings[name] = value
    deployment.start(wait=False)
    line = deployment.await_line("FEJL", 60)
    assert deployment.process and deployment.process.wait(30) != 0
    assert name in line and "Traceback" not in "\n".join(deployment.lines)
