"""A text that was to be changed stays, and the message says more: 'behold det. Hvad med min søster?'."""

from dataclasses import replace

from bot.nlu.acts.request.by_sentence.beside_an_answer import clause_spans
from bot.nlu.acts.request.clauses import as_message, keep_spans
from bot.nlu.acts.request.dialogue import consent
from bot.nlu.acts.request.limits import STEERING_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.clauses import bare
from common.acts import KEEP, Act
from common.request import State
from common.slots import FREE_TEXT


def split_off(message: Message, state: State) -> tuple[Act, Message, State] | None:
    """The KEEP, the message that is left, and the state in which it is read: at the review, where nothing is open.

    None where the message does not begin so, or says nothing else.
    """
    asked = state.asked or ""
    spans = clause_spans(message)
    held = asked in state.former or state.known.get(asked)
    if asked not in FREE_TEXT or not held or state.pending or not spans:
        return None
    first = as_message(message, *spans[0])
    if not first.cue("keep") or first.has_values or first.is_question or first.words > STEERING_WORDS:
        return None
    rest = keep_spans(message, spans[1:], learned=True)
    if not bare(rest.text) or consent.leaves_all(rest, state, plainly=False):
        return None
    before = state.former.get(asked, {}).get("values", {})
    former = {slot: held for slot, held in state.former.items() if slot != asked}
    now = replace(state, asked="review", known={**state.known, **before}, former=former, together=())
    return Act(KEEP, slot=asked), rest, now
