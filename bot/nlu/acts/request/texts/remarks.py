"""Changes of the remarks: what the citizen told for which there is no other field (`told_beside`)."""

from collections.abc import Sequence

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import MORE_OF_A_REASON
from bot.nlu.acts.request.message import Message, slot_names
from bot.nlu.acts.request.slot_values import changed
from bot.nlu.acts.request.texts.edits import ADD, REPLACE, Edit, words
from bot.nlu.acts.request.texts.removed_words import names_all, without_words
from common.acts import ADDS, CHANGE, Act
from common.request import State
from common.slots import TOLD_BESIDE
from common.texts import in_one_text

# Words that a remark has in common with another that stands instead: 'min søn Jens'.
_IN_COMMON = 2


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


def written_beside(made: Sequence[Edit], message: Message, state: State) -> list[Act]:
    """The remarks with what is to be written in no text that is named, and gives no reason; no act otherwise.

    'Der skal hellere stå, at min søn Jens kommer med': it takes the place of a remark about the same, and never of
    the reason.
    """
    unnamed = all(one.operation in (ADD, REPLACE) and one.end and one.slot in ("", "text") for one in made)
    if state.kind != "recording" or not unnamed or any(_gives_a_reason(one, message) for one in made):
        return []
    told = [message.text[one.start : one.end].removeprefix("at ").strip() for one in made]
    held = str(state.known.get(TOLD_BESIDE) or "")
    instead = [text for text, one in zip(told, made, strict=True) if one.operation == REPLACE]
    left = [line for line in held.split("\n") if line and not any(_is_about_the_same(line, text) for text in instead)]
    if "\n".join(left) == held:
        return [Act(CHANGE, in_one_text(told), ADDS, slot=TOLD_BESIDE)]
    return changed({TOLD_BESIDE: in_one_text([*left, *told])})


def _gives_a_reason(edit: Edit, message: Message) -> bool:
    told = as_message(message, edit.start, edit.end, learned=True) if message.clauses else message
    return learned_answers.tells_a_reason(told, MORE_OF_A_REASON)


def _is_about_the_same(line: str, text: str) -> bool:
    said, new = ({*one.lower().split()} - words().small_words for one in (line, text))
    return len(said & new) >= _IN_COMMON
