"""What is put right before a wish for another request: 'mødet er kl. 10.30, og så vil jeg også have referatet'."""

from bot.nlu.acts.request.clauses import as_message, with_own_wish
from bot.nlu.acts.request.limits import CERTAIN
from bot.nlu.acts.request.message import TYPE_OF_INTENT, Message
from common.request import State
from common.slots import BINDING


def split_off(message: Message, state: State) -> tuple[Message, Message] | None:
    """What is said before the wish, where it tells values, and the wish; None where it tells none.

    None also where no binding question is asked: there, the answer to what is asked for stands before the wish
    (bot/nlu/acts/request/wishes.py).
    """
    if state.asked not in BINDING or state.pending or message.is_question:
        return None
    for one in message.clauses[1:]:
        wish = with_own_wish(as_message(message, one.start, one.end, learned=True))
        kind = TYPE_OF_INTENT.get(wish.intent)
        before = as_message(message, 0, one.start, learned=True)
        if not kind or kind == state.kind or wish.confidence < CERTAIN:
            continue
        if not before.has_values or before.yes or before.cue("correction"):
            return None
        rest = message.within(one.start, len(message.text))
        return before, rest
    return None
