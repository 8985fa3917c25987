"""Rasa's own commands (shell, interactive, test core) work with this project."""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import model
from tests.system.deployment import ROOT, free_port

_SECONDS = 120
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][AB0]|[\r\x07]")


class Terminal:
    """A command in a pseudo-terminal: types, and reads what is shown."""

    def __init__(self, *command: str) -> None:
        self._screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 60, 200, 0, 0))
        environment = {**os.environ, "TERM": "xterm"}
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=inside, stdout=inside, stderr=inside, env=environment, start_new_session=True
        )
        os.close(inside)
        self.shown = ""
        self._read = 0

    def await_text(self, text: str) -> None:
        deadline = time.monotonic() + _SECONDS
        while text not in self.shown[self._read :]:
            assert time.monotonic() < deadline, f"{text!r} was not shown:\n{self.shown[-3000:]}"
            ready, _, _ = select.select([self._screen], [], [], 0.5)
            if not ready:
                continue
            try:
                got = os.read(self._screen, 65536).decode("utf-8", "replace")
            except OSError:
                pytest.fail(f"the command ended before {text!r} was shown:\n{self.shown[-3000:]}")
            # prompt_toolkit asks for the cursor's position.
            if "\x1b[6n" in got:
                os.write(self._screen, b"\x1b[1;1R")
            self.shown += _ESCAPES.sub("", got)
        self._read = self.shown.index(text, self._read) + len(text)

    def type(self, text: str) -> None:
        os.write(self._screen, f"{text}\r".encode())

    def close(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._screen)


@pytest.fixture
def terminal(request: pytest.FixtureRequest) -> Iterator[Terminal]:
    opened = Terminal("script/rasa", *request.param, "--model", str(model.current()), "--port", str(free_port()))
    yield opened
    opened.close()


@pytest.mark.parametrize("terminal", [["shell"]], indirect=True, ids=["shell"])
def test_rasa_shell_answers(terminal: Terminal) -> None:
    terminal.await_text("Bot loaded")
    time.sleep(1)
    terminal.type("Må jeg tage min søster med til mødet?")
    terminal.await_text("bisidder")
    assert "Traceback" not in terminal.shown
    assert "Warning" not in terminal.shown


@pytest.mark.parametrize("terminal", [["interactive", "--skip-visualization"]], indirect=True, ids=["interactive"])
def test_rasa_interactive_asks_whether_the_intent_is_right(terminal: Terminal) -> None:
    terminal.await_text("Bot loaded")
    time.sleep(1)
    terminal.type("Må jeg optage mødet?")
    terminal.await_text("faq_may_i_record")
    terminal.type("y")
    terminal.await_text("The bot wants to run 'utter_faq_may_i_record'")
    assert "Traceback" not in terminal.shown


def test_rasa_test_core_passes_with_the_trained_model(tmp_path: Path) -> None:
    words = ("test", "core", "--stories", "tests", "--model", str(model.current()), "--out", str(tmp_path))
    command = ["script/rasa", *words]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    failed = (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8")
    assert failed.startswith("# None of the test stories failed"), failed
    # Of the stories, and of the actions in them.
    found = re.findall(r"Correct:\s+(\d+) / (\d+)", ran.stdout + ran.stderr)
    assert [right == all_of_them for right, all_of_them in found] == [True, True]
    assert [int(all_of_them) for _, all_of_them in found] == [4, 22]
