"""The check of an action server's answer refuses what Rasa's own schema refuses, and nothing else."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from rasa.core.actions.action import RemoteAction

from bot.action_answers import answer_check

_SLOT = {"event": "slot", "timestamp": None, "name": "meeting_kind", "value": "phone_call"}
_ANSWERS: tuple[Any, ...] = (
    {"events": [], "responses": []},
    {},
    [],
    None,
    {"events": [_SLOT, {"event": "active_loop", "timestamp": None, "name": None}], "responses": [{"response": "x"}]},
    {"events": [{**_SLOT, "metadata": {"a": 1}, "more": True}]},
    {"events": [{"event": "slot", "name": "meeting_kind"}]},
    {"events": [{"event": "slot", "value": None}]},
    {"events": [_SLOT, {**_SLOT, "name": 1}]},
    {"events": [{**_SLOT, "timestamp": "now"}]},
    {"events": [{"event": "entities", "entities": [{"entity": "date"}]}]},
    {"events": [{"event": "entities", "entities": [{"entity": "date", "value": "x"}]}]},
    {"events": [{"event": "action", "name": "utter_greet", "hide_rule_turn": "no"}]},
    {"events": [{"event": "user", "parse_data": {"intent": {"name": 1}}}]},
    {"events": [{"event": "bot", "text": 1}]},
    {"events": [{"event": "an unknown one"}]},
    {"events": [{"name": "without a kind"}]},
    {"events": [None]},
    {"events": {}},
    {"responses": ["utter_greet"]},
    {"responses": {}},
)


def _refuses(check: Any, answer: Any) -> bool:
    try:
        check(answer)
    except ValidationError:
        return True
    return False


@pytest.mark.parametrize("answer", _ANSWERS, ids=str)
def test_the_verdict_is_that_of_rasas_schema(answer: Any) -> None:
    rasas = Draft202012Validator(RemoteAction.action_response_format_spec()).validate
    assert _refuses(answer_check(), answer) == _refuses(rasas, answer)
