"""Changes of the remarks: what the citizen told for which there is no other field (`told_beside`)."""

from bot.nlu.acts.request.message import Message, slot_names
from bot.nlu.acts.request.slot_values import changed
from bot.nlu.acts.request.texts.edits import words
from bot.nlu.acts.request.texts.removed_words import names_all, without_words
from common.acts import Act
from common.request import State
from common.slots import TOLD_BESIDE


def without_named(message: Message, state: State) -> list[Act]:
    """The remarks without what a message takes out of them by their name: 'slet det under andet'."""
    named = slot_names()[TOLD_BESIDE].search(message.text.lower()) and words().find("takes_out", message.text)
    if not named or not state.known.get(TOLD_BESIDE) or message.is_question:
        return []
    return without_words_of(message.text, state) or changed({TOLD_BESIDE: None})


def without_words_of(said: str, state: State) -> list[Act]:
    """The remarks without the words that a sentence takes out, None where these are all; no act for other words."""
    held = str(state.known.get(TOLD_BESIDE) or "")
    left = without_words(said, held) if held else None
    return changed({TOLD_BESIDE: left}) if left or (held and names_all(said, held)) else []
