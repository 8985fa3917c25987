"""What the README says is true: its commands are there and run, its links lead somewhere."""

import re
import subprocess

import pytest

from tests.system.deployment import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
# These are run whole elsewhere: script/run, serve and stop by tests/system/test_deployment.py, script/test by whoever
# runs this, and inspect, which serves until it is stopped, by tests/browser/test_inspect.py.
RUN_ELSEWHERE = {
    *("script/run", "script/test", "script/bot serve actions", "script/bot stop actions", "script/bot inspect"),
}


def commands() -> set[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.S)
    inline = re.findall(r"`(script/[^`]+)`", README)
    return {line.strip() for block in blocks for line in block.splitlines() if line.strip()} | set(inline)


def test_the_two_commands_are_named() -> None:
    assert commands() >= {"script/run", "script/test"}


@pytest.mark.parametrize("command", sorted(commands() - RUN_ELSEWHERE))
def test_every_other_command_runs(command: str) -> None:
    ran = subprocess.run(command.split(), cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr


def test_every_link_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
