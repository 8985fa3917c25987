"""A yes to the terms or to sending in a message that says more: it binds nothing, and the rest is read by itself."""

from collections.abc import Sequence

from bot.nlu.acts.request.clauses import as_message, keep_spans
from bot.nlu.acts.request.dialogue.binding import WHERE, binds
from bot.nlu.acts.request.dialogue.consent import agrees_only
from bot.nlu.acts.request.message import Message
from bot.nlu.clauses import bare
from common.acts import CHANGE, CORRECTS, REOPEN, UNREAD, YES, Act
from common.request import State
from common.slots import BINDING


def split_off(message: Message, state: State) -> tuple[Act, Message] | None:
    """The yes, and the message that is left; None where no clause says yes, or where nothing else is said."""
    where = WHERE.get(state.asked or "")
    if where is None or state.pending or binds(message.text, where):
        return None
    spans = [(one.start, one.end) for one in message.clauses]
    clauses = [as_message(message, *span, learned=True) for span in spans]
    says = [_says_yes(clause, state) for clause in clauses]
    others = [(span, clause) for span, clause, yes in zip(spans, clauses, says, strict=True) if not yes]
    left = [span for span, clause in others if _says_more(clause, state)]
    if not (any(says) and left):
        return None
    return Act(YES, slot=str(state.asked), words=message.text), keep_spans(message, left, learned=True)


def joined(yes: Act, told: Sequence[Act], rest: Message) -> list[Act]:
    """The acts of a message: those of what is told beside the yes, and the yes where nothing changes by them.

    After a change the question is asked anew. What wants something and is not understood is named.
    """
    told = [act for act in told if act.slot not in BINDING]
    counts = [act for act in told if act.act != UNREAD or act.about]
    if not counts and rest.cue("wants") and not rest.is_question:
        counts = [Act(UNREAD, about=CORRECTS, words=rest.text)]
    asked_anew = any(act.act in (CHANGE, REOPEN) or act.about == CORRECTS for act in counts)
    return counts if asked_anew else [*counts, yes]


def _says_yes(clause: Message, state: State) -> bool:
    where = WHERE[str(state.asked)]
    sends = where == "review" and clause.cue("plain_send") and not clause.cue("denies_sending")
    return sends or binds(bare(clause.text), where)


def _says_more(clause: Message, state: State) -> bool:
    return bool(bare(clause.text).strip()) and not agrees_only(clause, state)
