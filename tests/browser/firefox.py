"""Firefox, driven over WebDriver BiDi; of Playwright's browsers only its own build of Firefox can be driven by it."""

import contextlib
import itertools
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from typing import Any

from websockets.sync.client import ClientConnection, connect

_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
ENTER = "\ue007"


def find_firefox() -> str | None:
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """A window of Firefox."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._ids = itertools.count(1)
        self("session.new", capabilities={})
        self._context = self("browsingContext.getTree")["contexts"][0]["context"]

    def __call__(self, method: str, **params: Any) -> Any:
        number = next(self._ids)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv(timeout=30))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def before_each_page(self, script: str) -> None:
        self("script.addPreloadScript", functionDeclaration=f"() => {{ {script} }}")

    def opens(self, address: str, width: int, height: int) -> None:
        self("browsingContext.setViewport", context=self._context, viewport={"width": width, "height": height})
        self("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, script: str) -> Any:
        """The value of a script's promise, as JSON."""
        expression = f"Promise.resolve({script}).then((value) => JSON.stringify(value ?? null))"
        found = self(
            "script.evaluate", expression=expression, target={"context": self._context}, awaitPromise=True
        )  # fmt: skip
        assert found["type"] == "success", found
        return json.loads(found["result"]["value"])

    def waits_for(self, condition: str) -> None:
        """Waits up to 10 seconds for a condition."""
        self.evaluate(
            "new Promise((done, fail) => { const end = Date.now() + 10000; const look = () => "
            f"({condition}) ? done(true) : Date.now() > end ? fail(new Error({json.dumps(condition)})) "
            ": setTimeout(look, 50); look(); })"
        )

    def types(self, text: str) -> None:
        """Presses the keys of a text where the focus is."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self("input.performActions", context=self._context, actions=[{"type": "key", "id": "keys", "actions": keys}])


@contextlib.contextmanager
def running(path: str) -> Iterator[Firefox]:
    """Starts Firefox without a window on the screen."""
    with tempfile.TemporaryDirectory() as profile:
        command = [path, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        try:
            assert process.stderr
            found = next(found for line in process.stderr if (found := _LISTENS.search(line)))
            with connect(f"{found[1]}/session", max_size=None) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()
            process.wait(20)
