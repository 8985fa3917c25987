"""Edits of a text as learnt from what citizens ask for (data/choices/text_edit.yml), and the words that are meant."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.edits import ADD, REMOVE, REOPEN, REPLACE, Edit, words
from bot.nlu.acts.request.texts.ground_mentions import said_of_grounds
from bot.nlu.parts import split

_OPERATIONS = {"add": ADD, "replace": REPLACE, "remove": REMOVE}
_TEXT = "text"


def learnt_edits(message: Message) -> list[Edit]:
    """The one edit that a message asks for; empty for none.

    A text that is not found is asked for: REOPEN, where the message names it.
    """
    operation = _OPERATIONS.get(learned_answers.edits_the_text(message) or "")
    # 'Der står svært ved at huske, men det er det ikke' denies a ground.
    denies = any(one.denied for one in said_of_grounds(message).mentions)
    if not operation or denies or message.words <= FEW_WORDS:
        return []
    if operation == REMOVE:
        return [Edit(REMOVE, _TEXT, 0, len(message.text), whole=True)]
    start, end = _text_meant(message)
    if len(message.text[start:end].split()) < FEW_WORDS:
        return [Edit(REOPEN, _TEXT)] if words().named(message.text) not in ("", _TEXT) else []
    return [Edit(operation, _TEXT, start, end, whole=True)]


def _text_meant(message: Message) -> tuple[int, int]:
    """The span of the words to be written; (0, 0) where they are not told.

    They stand behind a colon or 'at', in front of a last sentence that asks to write them, or behind the first.
    """
    text = message.text
    if found := words().find("text_behind", text):
        return _until_asked(text, found.end())
    sentences = sentence_spans(text, message.unbroken)
    if len(sentences) < 2:
        return 0, 0
    asks = split(text[slice(*sentences[-1])])[-1].asks
    start, end = (sentences[0][0], sentences[-2][1]) if asks else (sentences[1][0], sentences[-1][1])
    return start, start + len(text[start:end].rstrip())


def _until_asked(text: str, start: int) -> tuple[int, int]:
    """The span from `start` to the end, or to a sentence that asks; without the question mark of the asking."""
    start += len(text[start:]) - len(text[start:].lstrip())
    end = start
    for first, last in sentence_spans(text[start:]):
        said = text[start + first : start + last]
        if first and split(said)[-1].asks:
            break
        end = start + first + len(said.rstrip(" \n?"))
    return start, end
