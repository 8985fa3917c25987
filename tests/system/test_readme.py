"""The README's commands run and its links exist."""

import re
import subprocess

import pytest

from tests.system.deployment import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
# Run elsewhere: run, serve, stop and publish by tests/system/test_deployment.py, inspect by
# tests/browser/test_inspect.py; script/test runs this test.
RUN_ELSEWHERE = {
    *("script/run", "script/test", "script/bot serve actions", "script/bot stop actions", "script/bot inspect"),
    *("script/bot publish", "script/bot publish --undo"),
}


def commands() -> set[str]:
    blocks = re.findall(r"```sh\n(.*?)```", README, re.S)
    inline = re.findall(r"`(script/[^`]+)`", README)
    return {line.strip() for block in blocks for line in block.splitlines() if line.strip()} | set(inline)


def test_the_readme_names_the_two_commands_to_start() -> None:
    assert commands() >= {"script/run", "script/test"}


@pytest.mark.parametrize("command", sorted(commands() - RUN_ELSEWHERE))
def test_the_readmes_other_commands_run(command: str) -> None:
    ran = subprocess.run(command.split(), cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "Traceback" not in ran.stdout + ran.stderr


def test_the_readmes_links_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target
