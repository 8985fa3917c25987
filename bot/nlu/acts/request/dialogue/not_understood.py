"""The last reading of a message inside a request from which nothing was understood."""

from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.dialogue.binding import WHERE, binds
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from common.acts import ADDS, ASKS, CHANGE, CORRECTS, REOPEN, UNREAD, YES, Act
from common.request import State
from common.slots import TEXT_OF


def instead_of_nothing(acts: list[Act], message: Message, state: State, to_be_written: str) -> list[Act]:
    """The acts; where none was understood, a yes that one sentence gives, a question, or a correction not understood.

    The yes is asked for once more: the message says something else as well. At the review a statement is a correction
    (conversation.md, What every citizen can rely on, 1), as is one that corrects and does not say what.
    `to_be_written`: the words that it asks to write, which are written though they tell of a field.
    """
    corrects = [act for act in acts if (act.act, act.slot) == (REOPEN, "")]
    if state.pending or any(act not in corrects and (act.act != UNREAD or act.about) for act in acts):
        return acts
    sentences = [as_message(message, *span) for span in sentence_spans(message.text, message.unbroken)]
    if any(_says_yes(one, state.asked) for one in sentences):
        return [Act(YES, slot=state.asked or "", words=message.text)]
    states = any(not one.is_question for one in sentences) and message.words > (FEW_WORDS + len(corrects))
    if state.asked == "review" and states and to_be_written:
        return [Act(CHANGE, to_be_written, ADDS, slot=TEXT_OF[state.kind or "question"])]
    if state.asked == "review" and states:
        return [Act(UNREAD, about=CORRECTS, words=message.text)]
    if message.is_question and not corrects:
        return [Act(UNREAD, about=ASKS, words=message.text)]
    return acts or [Act(UNREAD, words=message.text)]


def _says_yes(sentence: Message, asked: str | None) -> bool:
    where = WHERE.get(asked or "")
    if where is None or sentence.is_question:
        return False
    sends = where == "review" and sentence.cue("plain_send") and not sentence.cue("denies_sending")
    return sends or binds(sentence.text, where)
