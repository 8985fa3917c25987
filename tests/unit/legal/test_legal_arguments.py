"""Command lines of inbox and outbox: help and errors are Danish and name the typed command."""

import re
import subprocess
import sys
from typing import Any

import pytest

from common.settings import ROOT
from legal import outbox_commands
from legal.inbox import __main__ as inbox

ENGLISH = re.compile(
    r"\b(usage|options|optional|positional|arguments?|error|required|invalid|choose|unrecognized|expected|show)\b"
)


def _said(capsys: pytest.CaptureFixture[str], main: Any, *given: str) -> tuple[Any, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(given))
    said = capsys.readouterr()
    assert not ENGLISH.search(said.out + said.err), said
    return ended.value.code, said.out, said.err


@pytest.mark.parametrize(
    "given, first",
    [
        (["--help"], "Brug: script/bot outbox [-h] {list,retry,export,health} ..."),
        (["-h"], "Brug: script/bot outbox [-h] {list,retry,export,health} ..."),
        (["list", "--help"], "Brug: script/bot outbox list [-h] [--state {venter,leveret,afvist,trukket}]"),
        (["retry", "--help"], "Brug: script/bot outbox retry [-h] [REFERENCE ...]"),
        (["health", "--help"], "Brug: script/bot outbox health [-h]"),
    ],
)
def test_help_is_danish_and_names_the_command(
    given: list[str], first: str, monkeypatch: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    status, out, err = _said(capsys, outbox_commands.main, *given)
    assert (status, err) == (0, "") and out.splitlines()[0] == first
    assert "vis denne hjælp" in out and "valg:" in out


def test_help_lists_the_outbox_commands(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _said(capsys, outbox_commands.main, "-h")
    for words in ("kommandoer:", "vis anmodningerne, uden navne", "prøv alle afviste igen", "hvor mange der venter"):
        assert words in out


@pytest.mark.parametrize(
    "given, command, why",
    [
        ([], "", "Vælg en kommando: list, retry, export, health."),
        (["vis"], "", "'vis' kendes ikke. Vælg en af: list, retry, export, health."),
        (["--vis"], "", "'--vis' kendes ikke."),
        (
            ["list", "--state", "pending"],
            " list",
            "--state 'pending' kendes ikke. Vælg en af: venter, leveret, afvist, trukket.",
        ),
        (["export", "--format=xml"], " export", "--format 'xml' kendes ikke. Vælg en af: json, csv."),
        (["list", "--state"], " list", "Der mangler noget i kommandoen, eller der står for meget."),
        (["list", "--stat", "venter"], " list", "'--stat' kendes ikke."),
        (["health", "nu"], " health", "'nu' kendes ikke."),
    ],
)
def test_errors_are_danish_and_name_the_command(
    given: list[str], command: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = _said(capsys, outbox_commands.main, *given)
    assert (status, out) == (2, "") and err.splitlines()[-1] == f"FEJL: {why}"
    assert err.startswith(f"Brug: script/bot outbox{command} [-h]")


@pytest.mark.parametrize("given, status", [(["--help"], 0), (["delete-old", "--help"], 0), (["slet"], 2)])
def test_the_inboxs_help_names_its_module(given: list[str], status: int, capsys: pytest.CaptureFixture[str]) -> None:
    ended, out, err = _said(capsys, inbox.main, *given)
    assert ended == status and (out + err).startswith("Brug: python -m legal.inbox ")


@pytest.mark.parametrize("module", ["legal.outbox_commands", "legal.inbox"])
def test_a_module_run_directly_names_itself(module: str) -> None:
    ran = subprocess.run([sys.executable, "-m", module, "-h"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.startswith(f"Brug: python -m {module} [-h]")
