"""Lets the models read a text that dialogues hold several times only once; results stay the same.

Of the messages of dialogues seven in ten were said before. A server must not do this, since it would keep what citizens
wrote.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from bot.nlu.choices.choice_model import ChoiceModel
from bot.nlu.intents.intent_model import IntentModel


@lru_cache(maxsize=1)
def read_once() -> None:
    """Remembers, for the rest of the process, what the models read."""
    for model, method in ((IntentModel, "read"), (ChoiceModel, "all_probabilities")):
        setattr(model, method, _remembering(getattr(model, method)))


def _remembering(read: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """The method of a model, with what it returned for the same arguments; kept with the model."""

    @wraps(read)
    def remembered(model: Any, *arguments: Any) -> list[Any]:
        known: dict[Any, list[Any]] = vars(model).setdefault("_remembered", {})
        asked = tuple(tuple(one) if isinstance(one, list) else one for one in arguments)
        if asked not in known:
            known[asked] = read(model, *arguments)
        return known[asked]

    return remembered
