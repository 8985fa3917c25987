"""Message processing with a time limit: a message that takes too long counts as not understood."""

from collections.abc import Callable

from rasa.shared.nlu.constants import ENTITIES, INTENT
from rasa.shared.nlu.training_data.message import Message

from common import patterns
from common.memo import one_message

# Keys of a Rasa message. OUT_OF_TIME and ACTS also stand in the parse result, for policies and actions.
OUT_OF_TIME, ACTS, REST, CLAUSES = "out_of_time", "acts", "rest", "clauses"
# By the text of a clause, its likeliest label and that label's probability.
LABEL_OF = "label_of"
_NOT_UNDERSTOOD = {"name": "nlu_fallback", "confidence": 1.0}


def read_each(messages: list[Message], read: Callable[[Message], None]) -> list[Message]:
    """Call `read` on each message within the time budget of common.patterns, and return the messages.

    A message that runs out of time gets `out_of_time`, the intent `nlu_fallback`, no acts and no entities, and later
    components skip it.
    """
    for message in messages:
        if message.get(OUT_OF_TIME):
            continue
        try:
            with one_message(), patterns.budget():
                read(message)
        except patterns.OutOfTime:
            message.set(OUT_OF_TIME, True, add_to_output=True)
            message.set(ENTITIES, [], add_to_output=True)
            message.set(INTENT, dict(_NOT_UNDERSTOOD), add_to_output=True)
            message.set("intent_ranking", [dict(_NOT_UNDERSTOOD)], add_to_output=True)
            message.set(ACTS, [], add_to_output=True)
            message.set(REST, None, add_to_output=True)
    return messages
