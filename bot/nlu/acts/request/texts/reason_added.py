"""More of a reason that is known or was reopened: 'og skriv, at jeg også ser dårligt'."""

from collections.abc import Sequence

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import changed
from bot.nlu.acts.request.texts.edits import ADD, REMOVE, REPLACE, edits_of
from bot.nlu.acts.request.texts.said_to_us import own_words
from bot.nlu.clauses import bare
from common.acts import ADDS, CHANGE, SET, Act
from common.request import State

_REASON, _GROUNDS = "recording_explanation", "recording_grounds"


def more_of_a_reopened_reason(message: Message, state: State) -> list[Act]:
    """The former reason with what is asked to be added: 'bare sæt på, at jeg også ser dårligt'."""
    held = state.former.get(_REASON, {}).get("values", {}).get(_REASON) if state.asked == _REASON else None
    edits = edits_of(message.text, sentence_spans(message.text, message.unbroken)) if held else []
    added = [own_words(message.text[one.start : one.end]) for one in edits if one.operation == ADD and one.end]
    return [Act(SET, "\n".join([str(held), *added]), slot=_REASON)] if added else []


def _takes_away(message: Message) -> bool:
    """Whether a message takes words or a ground out of the reason."""
    edits = edits_of(message.text, sentence_spans(message.text, message.unbroken))
    denied = any(one.negated for one in message.found if one.entity == _GROUNDS)
    return denied or any(one.operation in (REMOVE, REPLACE) for one in edits)


def added_reason(message: Message, clauses: Sequence[Message], state: State, acts: Sequence[Act]) -> list[Act]:
    """More of a known reason, with the grounds that it adds; empty where the acts hold a text."""
    known = str(state.known.get(_REASON) or "")
    changes = any(act.slot == _REASON or (act.slot == _GROUNDS and act.act == CHANGE) for act in acts)
    if not known or state.asked == _GROUNDS or changes or _takes_away(message):
        return []
    told = [one for one in clauses if learned_answers.adds_to_the_reason(one) and not one.is_question]
    texts = [text for text in map(_text, told) if text not in known]
    if not texts:
        return []
    grounds = list(state.known.get(_GROUNDS) or ())
    more = [ground for one in told for ground in learned_answers.grounds(one) if ground not in (*grounds, "other")]
    new = changed({_GROUNDS: list(dict.fromkeys([*grounds, *more]))} if more else {})
    return [Act(CHANGE, "\n".join(texts), ADDS, slot=_REASON), *new]


def _text(clause: Message) -> str:
    """The clause without the words that ask to add it."""
    made = [one for one in edits_of(clause.text, [(0, len(clause.text))]) if one.operation == ADD and one.end]
    return own_words(clause.text[made[0].start : made[0].end]) if made else bare(clause.text)
