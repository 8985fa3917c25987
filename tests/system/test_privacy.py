"""What logs and databases hold after conversations in which everything is said and much goes wrong."""

import signal
import time
from pathlib import Path

import requests

from legal.outbox import Outbox
from tests.system.deployment import NOW, Citizen, Deployment

# Made-up words and numbers that occur nowhere else in the deployment.
NAME, EMAIL, PHONE = "Quirinus Zwickelberg", "quirinus.zw@eksempel.dk", "+4551627384"
PHONE_AS_TYPED, DIGITS = "51 62 73 84", "51627384"
WORDS = "hvad betyder mon blommetraesvinden"
CPR = "070761-4285"
CPR_AS_KEPT = ("0707614285", "070761-4285", "070761 4285")
PERSONAL = (NAME, "Zwickelberg", EMAIL, PHONE, PHONE_AS_TYPED, DIGITS, "blommetraesvinden", *CPR_AS_KEPT)


def _until_review(citizen: Citizen) -> None:
    for line in ("jeg vil gerne sende et spørgsmål til Jura", WORDS, NAME, EMAIL, PHONE_AS_TYPED):
        citizen.says(line)
    assert citizen.asking == "review", citizen.messages


def _full_run(deployment: Deployment) -> list[Citizen]:
    """Holds conversations that give every kind of value, and that provoke refusals and errors."""
    sender, leaver, unlucky = (Citizen(deployment.chat) for _ in range(3))
    _until_review(sender)
    assert "modtaget hos Jura" in sender.says("ja, send den")
    leaver.says(f"jeg hedder {NAME}, mit cpr er {CPR}, og jeg bor på {WORDS}")
    leaver.says(f"må jeg optage {WORDS}? skriv til {EMAIL}")
    # Refused and failing requests.
    assert unlucky.post(text=f"{WORDS} {CPR} " * 200).status_code == 413
    assert unlucky.post(payload=f'/inform{{"applicant_name": "{NAME}"}}').status_code >= 400
    assert unlucky.post(text=WORDS, id=f"ikke et id, men {EMAIL}").status_code == 422
    bad = requests.post(
        f"{deployment.chat}/messages", data=f"{{{WORDS} {CPR}".encode(), headers=unlucky.headers, timeout=30
    )
    assert bad.status_code in (400, 422)
    assert (
        requests.get(
            f"{deployment.chat}/messages", headers={"Authorization": f"Bearer {EMAIL}"}, timeout=30
        ).status_code
        == 401
    )
    _until_review(unlucky)
    for module in ("legal.inbox", "actions"):
        deployment.children()[module].terminate()
        time.sleep(1)
        unlucky.says("ja, send den")
    unlucky.says(f"{WORDS} {CPR}")
    return [sender, leaver, unlucky]


def _found(folder: Path, words: tuple[str, ...], pattern: str = "*") -> list[tuple[str, str]]:
    return [
        (file.name, word)
        for file in folder.rglob(pattern)
        if file.is_file()
        for word in words
        if word.encode() in file.read_bytes()
    ]


def test_no_log_holds_what_a_citizen_wrote_and_erasing_leaves_it_only_at_jura(deployment: Deployment) -> None:
    data = Path(deployment.settings["DATA_DIR"])
    citizens = _full_run(deployment)
    assert [line for line in deployment.lines if any(word in line for word in PERSONAL)] == []
    assert _found(data / "log", PERSONAL) == []
    assert _found(data, CPR_AS_KEPT) == [], "a CPR number is on the disk"
    assert _found(data, (NAME,)), "the run left nothing to look for"

    for citizen in citizens:
        assert requests.delete(f"{deployment.chat}/sessions", headers=citizen.headers, timeout=30).status_code == 204
    deployment.stop()
    with_requests = {file for file, _ in _found(data, PERSONAL)}
    assert {name.split(".")[0] for name in with_requests} <= {"outbox", "inbox"}, with_requests


def test_the_deployment_stops_in_time_and_of_an_old_delivered_request_the_outbox_keeps_only_the_reference(
    tmp_path: Path,
) -> None:
    """One test, which spares a start: of all processes none is left, and of the request only the reference."""
    deployment = Deployment(tmp_path, NOW=NOW)
    try:
        deployment.start()
        citizen = Citizen(deployment.chat)
        _until_review(citizen)
        citizen.says("ja, send den")
        reference = citizen.receipt["reference"]
        status, seconds, left = deployment.stop(signal.SIGINT)
        assert status == 0 and seconds < 15 and not left
    finally:
        deployment.kill()
    box = Outbox(f"sqlite:///{tmp_path / 'outbox.db'}")
    box.forget(delivered_content_days=-1)
    entry = box.find(reference)
    box.close()
    assert entry and entry.state == "delivered" and entry.payload == {}
    assert _found(tmp_path, PERSONAL, "outbox*") == []
