"""A message that is none to the form: a question in between, thanks, anger."""

from bot.nlu.acts.request.found import Reading, given
from bot.nlu.acts.request.limits import SURE
from bot.nlu.acts.request.message import Message
from common.acts import ASK, REPEAT, SIMPLIFY, SMALL_TALK, Act, named
from common.request import State
from common.slots import FREE_TEXT, WHO_WRITES

# What is answered inside a request beside the topics of the page; the labels' replies stand in actions/turn/page_answers.py.
_SAID = ("greet", "goodbye", "thank", "help", "bot_challenge", "human_handover", "frustration", "other_language")
_ANSWERED = (*_SAID, "check_status", "repeat", "simplify")
# Short messages that are never the text of a free-text slot.
GESTURES = {*_SAID, "repeat", "simplify", "restart", "cancel"}


def in_writing(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'I må ikke ringe, jeg er døv', wherever it is said; where a number is asked for, it is the answer."""
    of_text = state.asked in FREE_TEXT
    if of_text or state.asked in ("applicant_email", "applicant_phone") or not message.cue("only_in_writing"):
        return None
    answers = {slot: value for slot, value in reading.values.items() if slot == state.asked and slot not in WHO_WRITES}
    return [*given(answers), Act(SMALL_TALK, "in_writing", slot="in_writing")]


def talk(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """What is asked, or said beside the request; None where it is not understood."""
    if message.confidence < SURE or not (message.intent.startswith("faq_") or message.intent in _ANSWERED):
        return None
    act, value = named(message.intent)
    assert act in (ASK, SMALL_TALK, REPEAT, SIMPLIFY)
    return [Act(act, value, label=message.intent)]
