"""A yes to the terms or to sending in a message that says more: it binds nothing, and the rest is read by itself."""

from collections.abc import Sequence
from itertools import dropwhile

from bot.nlu.acts.request.clauses import as_message, keep_spans
from bot.nlu.acts.request.dialogue.binding import WHERE, binds
from bot.nlu.acts.request.dialogue.consent import agrees_only, written_of_who_writes
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.reading import read
from bot.nlu.acts.request.wishes import asked_for_another, wish_after_yes
from bot.nlu.clauses import bare
from common.acts import ALSO, ASKS, CHANGE, CORRECTS, REOPEN, START, UNREAD, YES, Act
from common.request import State
from common.slots import BINDING


def split_off(message: Message, state: State) -> tuple[Act, Message] | None:
    """The yes, and the message that is left; None where no clause says yes, or where nothing else is said."""
    where = WHERE.get(state.asked or "")
    if where is None or state.pending:
        return None
    # 'Ja, og mit navn er Stine Overgaard' binds at the terms.
    reading = read(message, state.kind, state.asked, state.today, state.prompted)
    own = written_of_who_writes(message, reading) if where == "terms" else ()
    if binds(message.text, where, own) or wish_after_yes(message, state, reading):
        return None
    spans = [(one.start, one.end) for one in message.clauses]
    clauses = [as_message(message, *span, learned=True) for span in spans]
    says = [_says_yes(clause, state) for clause in clauses]
    others = [(span, clause) for span, clause, yes in zip(spans, clauses, says, strict=True) if not yes]
    # What follows goes on about it: 'I skal ikke ringe til mig, jeg kan ikke høre det'.
    left = list(dropwhile(lambda one: not _says_more(one[1], state), others))
    if not (any(says) and left):
        return None
    yes = Act(YES, slot=str(state.asked), words=message.text)
    return yes, keep_spans(message, [span for span, _ in left], learned=True)


def joined(yes: Act, told: Sequence[Act], rest: Message, kind: str) -> list[Act]:
    """The acts of a message: those of what is told beside the yes, and the yes where nothing changes by them.

    After a change the question is asked anew. What wants something and is not understood is named. `kind`: the
    request's.
    """
    told = [act for act in told if act.slot not in BINDING]
    counts = [act for act in told if act.act != UNREAD or act.about]
    if not counts and rest.is_question:
        other = asked_for_another(rest.text, kind)
        counts = [Act(START, other, ALSO) if other else Act(UNREAD, about=ASKS, words=rest.text)]
    elif not counts and rest.cue("wants"):
        counts = [Act(UNREAD, about=CORRECTS, words=rest.text)]
    # What is to be sent is shown again where it differs.
    asked_anew = yes.slot == "review" or any(act.act in (CHANGE, REOPEN) for act in counts)
    return counts if counts and asked_anew else [*counts, yes]


def _says_yes(clause: Message, state: State) -> bool:
    where = WHERE[str(state.asked)]
    sends = where == "review" and clause.cue("plain_send") and not clause.cue("denies_sending")
    return sends or binds(bare(clause.text), where)


def _says_more(clause: Message, state: State) -> bool:
    return bool(bare(clause.text).strip()) and not agrees_only(clause, state)
