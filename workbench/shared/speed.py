"""Caches what is computed anew for every stored event, answer of an action and message; results stay the same.

Patches Rasa, which has no setting for its two; they are half the time of a turn in dialogues. Of the messages of
dialogues seven in ten were said before: the models read each only once, which a server must not do, since it would keep
what citizens wrote.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from jsonschema import Draft202012Validator
from rasa.core.actions.action import RemoteAction
from rasa.shared.utils import common

from bot.nlu.choices.choice_model import ChoiceModel
from bot.nlu.intents.intent_model import IntentModel


@lru_cache(maxsize=1)
def speed_up() -> None:
    """Patches this process once; call it when all components are imported, so that all event classes are known."""
    common.all_subclasses = lru_cache(maxsize=None)(common.all_subclasses)
    answer = Draft202012Validator(RemoteAction.action_response_format_spec())

    def validate(self: RemoteAction, result: dict[str, Any]) -> bool:
        answer.validate(result)
        return True

    RemoteAction._validate_action_result = validate
    for model, method in ((IntentModel, "read"), (ChoiceModel, "all_probabilities")):
        setattr(model, method, _read_once(getattr(model, method)))


def _read_once(read: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """The method of a model, with what it returned for the same arguments; kept with the model."""

    @wraps(read)
    def remembered(model: Any, *arguments: Any) -> list[Any]:
        known: dict[Any, list[Any]] = vars(model).setdefault("_remembered", {})
        asked = tuple(tuple(one) if isinstance(one, list) else one for one in arguments)
        if asked not in known:
            known[asked] = read(model, *arguments)
        return known[asked]

    return remembered
