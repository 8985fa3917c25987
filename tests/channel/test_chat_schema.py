"""The server conforms to openapi.yml: schemathesis sends hundreds of valid and invalid requests."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.channel.server import Server
from tests.system.deployment import ROOT

HERE = Path(__file__).parent
TOOL = ROOT / ".tools" / "schemathesis"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def schemathesis() -> Path:
    """The program schemathesis, installed from schemathesis.txt into its own environment under .tools."""
    wanted, installed = (HERE / "schemathesis.txt").read_text(), TOOL / "installed.txt"
    program = TOOL / "bin" / "schemathesis"
    if not (installed.exists() and installed.read_text() == wanted and program.exists()):
        local = ROOT / ".tools" / "bin" / "uv"
        uv = str(local) if local.exists() else shutil.which("uv")
        assert uv, "uv is missing: script/setup gets it"
        python = ROOT / ".venv" / "bin" / "python"
        for command in (
            [uv, "venv", "--quiet", "--clear", "--python", python, TOOL],
            [uv, "pip", "install", "--quiet", "--python", TOOL, "--require-hashes", "-r", HERE / "schemathesis.txt"],
        ):
            # Outside the project's folder, whose uv overrides are for Rasa.
            done = subprocess.run(command, cwd=HERE.anchor, capture_output=True, text=True, timeout=240, check=False)
            assert done.returncode == 0, f"schemathesis could not be fetched from the package registry: {done.stderr}"
        installed.write_text(wanted)
    return program


@pytest.fixture
def run(schemathesis: Path, server: Server, tmp_path: Path) -> Run:
    def held_to(document: str, *words: str) -> subprocess.CompletedProcess[str]:
        command = [schemathesis, "--config-file", HERE / "schemathesis.toml", "--no-color", "run", document, *words]
        command += ["--checks", "all", "--url", server.chat, "--report-json-path", tmp_path / "report.json"]
        hooks = {"SCHEMATHESIS_HOOKS": str(HERE / "schemathesis_hooks.py"), "PYTHONDONTWRITEBYTECODE": "1"}
        environment = {**os.environ, "CHAT_URL": server.chat, **hooks}
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=200, check=False
        )

    return held_to


def operations(document: dict[str, Any]) -> set[str]:
    return {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}


def openapi(server: Server) -> dict[str, Any]:
    return dict(requests.get(f"{server.chat}/openapi.json", timeout=10).json())


def test_openapi_names_every_path_of_the_contract(server: Server) -> None:
    answer = requests.get(f"{server.chat}/openapi.json", timeout=10)
    assert answer.headers["Content-Type"] == "application/json" and answer.headers["ETag"]
    contract = {
        "GET /", "POST /sessions", "DELETE /sessions", "POST /messages", "GET /messages", "POST /feedback",
        "GET /widget.js", "GET /demo",
    }  # fmt: skip
    assert contract <= operations(answer.json())


def test_the_server_conforms_to_openapi(
    run: Run, server: Server, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    examples = request.config.getoption("--chat-examples")
    # From a file: schemathesis does not test the URL that it reads the document from.
    document = tmp_path / "openapi.json"
    document.write_bytes(requests.get(f"{server.chat}/openapi.json", timeout=10).content)
    done = run(str(document), "-n", str(examples))
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    report = json.loads((tmp_path / "report.json").read_text())
    print(f"{report['test_cases']}")
    assert report["operations"]["tested"] == report["operations"]["total"] == len(operations(openapi(server)))
    assert report["test_cases"]["generated"] >= 300 and not report["errors"]
    # Turns were accepted.
    assert report["valid_rates"]["POST /messages"]["fuzzing"]["accepted"] >= examples / 3
    assert "Traceback" not in server.log()


@pytest.mark.parametrize(
    ("address", "promise", "complaint"),
    [
        (("/sessions", "post", "responses"), {"200": {"description": "Åben."}}, "Undocumented status code"),
        (
            ("/", "get", "responses", "200", "content", "application/json", "schema", "properties", "status"),
            {"const": "oppe"},
            "Response violates schema",
        ),
        (("/", "get", "responses", "200", "content"), {"text/plain": {}}, "Undocumented Content-Type"),
        (
            ("/messages", "get", "responses", "200", "headers"),
            {"X-Missing": {"required": True, "schema": {"type": "string"}}},
            "Missing required response headers",
        ),
        (("/", "get", "security"), [{"session": []}], "API accepts requests without authentication"),
    ],
)
def test_schemathesis_finds_a_server_that_breaks_the_document(
    run: Run, server: Server, tmp_path: Path, address: tuple[str, ...], promise: Any, complaint: str
) -> None:
    document = openapi(server)
    place = document["paths"]
    for key in address[:-1]:
        place = place[key]
    place[address[-1]] = promise
    changed = tmp_path / "openapi.json"
    changed.write_text(json.dumps(document))
    done = run(str(changed), "-n", "3", "--phases", "fuzzing", "--include-path", address[0])
    assert done.returncode == 1 and complaint in done.stdout, done.stdout[-3000:] + done.stderr[-2000:]
