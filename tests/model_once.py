"""Loads the trained model once in a process, for all tests that use it."""

from functools import cache, lru_cache


@cache
def load_models_once() -> None:
    """Makes Rasa keep the model that it has loaded in this process; call it before the first one is loaded.

    Loading takes seconds. A loaded model holds nothing of a conversation, so that assistants and agents can share it.
    """
    from rasa.core.processor import MessageProcessor

    MessageProcessor._load_model = staticmethod(lru_cache(maxsize=1)(MessageProcessor._load_model))
