"""Reading messages in bounded time: what a component of the pipeline cannot finish counts as not understood."""

from collections.abc import Callable

from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

from common import patterns

# Kept in the parse result, where the policies and the actions see them.
OUT_OF_TIME, ACTS, REST, CLAUSES = "out_of_time", "acts", "rest", "clauses"
_NOT_UNDERSTOOD = {"name": "nlu_fallback", "confidence": 1.0}


def read_each(messages: list[Message], read: Callable[[Message], None]) -> list[Message]:
    """Reads each message with `read`. Where the time for one runs out, nothing that was read from it counts.

    Such a message is `nlu_fallback`, has no acts and no entities, `out_of_time` in its parse result, and is read by
    no later component.
    """
    for message in messages:
        if message.get(OUT_OF_TIME):
            continue
        try:
            with patterns.budget():
                read(message)
        except patterns.OutOfTime:
            message.set(OUT_OF_TIME, True, add_to_output=True)
            message.set(ENTITIES, [], add_to_output=True)
            message.set(INTENT, dict(_NOT_UNDERSTOOD), add_to_output=True)
            message.set("intent_ranking", [dict(_NOT_UNDERSTOOD)], add_to_output=True)
            message.set(ACTS, [], add_to_output=True)
            message.set(REST, None, add_to_output=True)
    return messages
