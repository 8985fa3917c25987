"""Rasa sends the action server's secret, in `script/run` and in Rasa's own commands."""

import asyncio
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, read_endpoint_config

from bot.action_server import ActionServer
from common.settings import ROOT, read_settings
from tests.unit.actions.action_server import SECRET, call
from tests.unit.actions.action_server import ActionServer as Process
from workbench import rasa_commands


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    running = Process(tmp_path_factory.mktemp("actions"))
    running.start()
    yield running
    running.close()


def _answers(endpoint: EndpointConfig, **how: Any) -> list[str]:
    answer = asyncio.run(endpoint.request(json=call({}, "action_affirm"), method="post", **how))
    return [said["response"] for said in answer["responses"]]


def test_the_chats_rasa_process_is_answered(process: Process) -> None:
    endpoint = ActionServer(f"{process.url}/webhook", SECRET)
    # COMPRESS_ACTION_SERVER_REQUEST in the environment makes Rasa compress its calls.
    assert _answers(endpoint) == _answers(endpoint, compress=True) == ["utter_affirm"]


def test_the_domain_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []

    async def take(*_: Any, json: dict[str, Any], **__: Any) -> dict[str, Any]:
        sent.append(json)
        return {}

    monkeypatch.setattr(EndpointConfig, "request", take)
    told = {"next_action": "validate_request_form", "domain": {"responses": {}}}
    asyncio.run(ActionServer("http://127.0.0.1:1/webhook", SECRET).request(json=told, method="post"))
    assert sent == [{"next_action": "validate_request_form"}] and "domain" in told


@pytest.mark.parametrize(
    ("failures", "tries", "answered"),
    [
        ([aiohttp.ServerDisconnectedError()], 2, True),
        ([ClientResponseError(503, "away", "")], 2, True),
        ([aiohttp.ServerDisconnectedError(), ConnectionResetError()], 2, False),
        # A refusal stays one, and nobody waits twice for the whole timeout.
        ([ClientResponseError(401, "who", "")], 1, False),
        ([TimeoutError()], 1, False),
    ],
)
def test_a_failed_call_is_tried_once_more_before_the_citizen_is_told(
    failures: list[Exception], tries: int, answered: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[dict[str, Any]] = []

    async def take(*_: Any, json: dict[str, Any], **__: Any) -> dict[str, Any]:
        calls.append(json)
        if failures:
            raise failures.pop(0)
        return {"responses": [{"response": "utter_affirm"}]}

    monkeypatch.setattr(EndpointConfig, "request", take)
    told = {"next_action": "action_inform"}
    answer = asyncio.run(ActionServer("http://127.0.0.1:1/webhook", SECRET).request(json=told, method="post"))
    assert calls == [told] * tries
    assert answer["responses"] == [{"response": "utter_affirm" if answered else "utter_inform_nothing"}]


def test_another_secret_is_named_in_the_log_and_not_shown(process: Process, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("sanic.root").propagate = True
    wrong = "x" * 40
    answer = asyncio.run(ActionServer(f"{process.url}/webhook", wrong).request(json=call({}), method="post"))
    assert answer["responses"] == [{"response": "utter_actions_down"}]
    assert "validate_request_form: HTTP 401; is ACTION_SECRET the same for both?" in caplog.text
    assert wrong not in caplog.text and SECRET not in caplog.text


def test_rasas_own_commands_are_answered(process: Process, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # Set here so that monkeypatch restores what the commands set.
    for name, value in (("ACTION_URL", ""), ("ACTION_SECRET", ""), ("COMPRESS_ACTION_SERVER_REQUEST", "true")):
        monkeypatch.setenv(name, value)
    rasa_commands.fill_endpoints(read_settings({**process.settings, "DATA_DIR": str(tmp_path)}))
    endpoint = read_endpoint_config(str(ROOT / "endpoints.yml"), "action_endpoint")
    assert endpoint is not None and SECRET not in str(endpoint.url) and not endpoint.params and not endpoint.token
    assert _answers(endpoint) == ["utter_affirm"]
    monkeypatch.setenv("ACTION_SECRET", "x" * 40)
    endpoint = read_endpoint_config(str(ROOT / "endpoints.yml"), "action_endpoint")
    assert endpoint is not None
    with pytest.raises(ClientResponseError):
        _answers(endpoint)


def test_rasa_run_actions_starts_our_server_with_the_secret(tmp_path: Path) -> None:
    started = Process(tmp_path)
    try:
        started.start(
            "import sys; sys.argv = ['rasa', 'run', 'actions']; from workbench.rasa_commands import main; main()"
        )
        assert started.run(call({}, "action_affirm"), None).status_code == 401
        assert started.run(call({}, "action_affirm")).status_code == 200
    finally:
        started.close()
