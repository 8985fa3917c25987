"""Has Rasa remember what it would find out anew for every stored event and every action's answer.

Nothing behaves otherwise: the classes of events and the schema of an action's answer are the same each time. Together
they are half of a turn's time.
"""

from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.utils import common


@lru_cache(maxsize=1)
def remember() -> None:
    """To be called once a process, when all components are imported."""
    common.all_subclasses = lru_cache(maxsize=None)(common.all_subclasses)
    answer = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        answer.validate(result)
        return True

    RemoteAction._validate_action_result = validate
