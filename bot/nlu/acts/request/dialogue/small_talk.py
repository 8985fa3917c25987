"""Questions and small talk inside a request: topics, greetings, thanks, anger."""

from bot.nlu.acts.request.limits import SURE
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading
from bot.nlu.intents.follow_ups import particular
from common.acts import ASK, CHECK_STATUS, REFERENCE, REPEAT, SIMPLIFY, SMALL_TALK, WILL_ASK, Act, named
from common.request import State

# Labels answered inside a request in addition to topics; their replies are in actions/turn/page_answers.py.
SAID = (
    "greet",
    "goodbye",
    "thank",
    WILL_ASK,
    "help",
    "bot_challenge",
    "human_handover",
    "frustration",
    "other_language",
)
_ANSWERED = (*SAID, "check_status", "repeat", "simplify")
# Short messages that are never the text of a free-text slot.
GESTURES = {*SAID, "repeat", "simplify", "restart", "cancel"}


def ask_or_chat(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The act of a sure topic or small-talk label; None for others."""
    if message.confidence < SURE or not (message.intent.startswith("faq_") or message.intent in _ANSWERED):
        return None
    act, value = named(message.intent)
    assert act in (ASK, SMALL_TALK, REPEAT, SIMPLIFY)
    about = particular(value, message.text) if act == ASK else ""
    about = REFERENCE if value == CHECK_STATUS and message.values("reference") else about
    return [Act(act, value, about, label=message.intent)]
