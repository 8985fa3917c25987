"""Tests, system: what the README says is true: its commands are there and run, its links lead somewhere."""

import re
import subprocess

import pytest

from tests.system.house import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
# These two are run whole elsewhere: script/run by tests/system/test_house.py, and script/test by whoever runs this.
RUN_ELSEWHERE = {"script/run", "script/test"}


def commands() -> set[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.S)
    inline = re.findall(r"`(script/[^`]+)`", README)
    return {line.strip() for block in blocks for line in block.splitlines() if line.strip()} | set(inline)


def test_the_two_commands_are_named() -> None:
    assert commands() >= RUN_ELSEWHERE


@pytest.mark.parametrize("command", sorted(commands() - RUN_ELSEWHERE - {"script/bot serve actions"}))
def test_every_other_command_runs(command: str) -> None:
    ran = subprocess.run(command.split(), cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
