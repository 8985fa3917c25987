"""Rasa's check of an action server's answer, with each event held against the schema of its own kind alone.

Rasa reads its schema anew for each answer and tries each event as every kind, which takes longer than all else that an
action does. There is no setting for it.
"""

from collections.abc import Callable
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction

Answer = dict[str, Any]


@cache
def check_by_kind() -> None:
    """Makes Rasa, in this process, use `answer_check`."""
    check = answer_check()

    def validate(self: RemoteAction, result: Answer) -> bool:
        check(result)
        return True

    RemoteAction._validate_action_result = validate


def answer_check() -> Callable[[Answer], None]:
    """A function that raises jsonschema's ValidationError for every answer that Rasa's own schema refuses."""
    schema = RemoteAction.action_response_format_spec()
    events = schema["properties"]["events"]
    kinds = {one["properties"]["event"]["const"]: Draft202012Validator(one) for one in events["items"]["oneOf"]}
    of_any_kind = {key: value for key, value in events["items"].items() if key != "oneOf"}
    known = {**of_any_kind["properties"]["event"], "enum": list(kinds)}
    of_any_kind["properties"] = {**of_any_kind["properties"], "event": known}
    whole = {**schema["properties"], "events": {**events, "items": of_any_kind}}
    of_all = Draft202012Validator({**schema, "properties": whole})

    def check(answer: Answer) -> None:
        of_all.validate(answer)
        for event in answer.get("events", ()):
            kinds[event["event"]].validate(event)

    return check
