"""What the message before changed or wrote down, put back."""

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.acts.request.clauses import keep_spans
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import Reading
from bot.nlu.acts.request.texts.edits import words
from common.acts import ADDS, KEEP, LAST_CHANGE, Act
from common.request import State
from common.slots import FREE_TEXT, TOLD_BESIDE

_WRITTEN = "utter_told_beside"


def put_back(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """KEEP of what the message before changed, where this one objects; with ADDS, what it replaced stands as well.

    With TOLD_BESIDE, only the words written for Jura are taken out.
    """
    if not state.undo:
        return None
    if message.cue("keeps_both"):
        return [Act(KEEP, about=ADDS, slot=LAST_CHANGE)]
    if message.cue("puts_back") and not message.cue("changes_no_more"):
        return [Act(KEEP, slot=LAST_CHANGE)]
    # 'Det skal I ikke skrive', after 'Det skriver vi til Jura'
    objects = _WRITTEN in state.said and (message.cue("not_to_be_written") or words().find("keeps_from", message.text))
    return [Act(KEEP, about=TOLD_BESIDE, slot=LAST_CHANGE)] if objects else None


def split_put_back(message: Message, state: State) -> tuple[list[Act], Message] | None:
    """The acts of the sentences that object to the last change, and the message that is left; None for none of them.

    'Det med varmen skal I ikke skrive. Hele referatet vil jeg have.'
    """
    spans = sentence_spans(message.text, message.unbroken) if state.undo and state.asked in FREE_TEXT else ()
    objects = {span: acts for span in spans if (acts := put_back(message.within(*span), state, Reading()))}
    left = [span for span in spans if span not in objects]
    if not objects or not left or message.cue("keeps_both"):
        return None
    return next(iter(objects.values())), keep_spans(message, left, learned=True)


def as_put_back(state: State, acts: Sequence[Act]) -> State:
    """The state with the meeting that an act puts back: what stands beside it may be told of it."""
    back = state.undo["meetings"] if state.undo and any(act.slot == LAST_CHANGE for act in acts) else ()
    return replace(state, meetings=tuple(back)) if len(back) > len(state.meetings) else state
