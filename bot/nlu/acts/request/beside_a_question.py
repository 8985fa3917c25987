"""What is told beside a question that is answered: which of it is for the form."""

from collections.abc import Sequence
from dataclasses import replace

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import Message as Said
from bot.nlu.clauses import clauses
from bot.past import Past
from common.acts import (
    ADD_MEETING,
    AGAIN,
    ASK,
    CHANGE,
    CHOOSE,
    EMPTY,
    REMOVE_MEETING,
    REOPEN,
    SET,
    START,
    STOP,
    UNREAD,
    WHICH_MEETING,
    YES,
    Act,
)
from common.slots import BINDING, READ_FROM

# Acts with values or corrections; none binds.
_TOLD = (SET, CHANGE, EMPTY, ADD_MEETING, REMOVE_MEETING, REOPEN, WHICH_MEETING, CHOOSE, ASK, STOP)
# Where a yes is acknowledged, by whether something else is told as well.
_YES_COUNTS = {False: BINDING, True: ("terms_accepted",)}
_REASONS = (*READ_FROM, *READ_FROM.values())


def for_the_form(acts: list[Act], said: Said, message: Message, past: Past, answered: Sequence[Act]) -> list[Act]:
    """Of the acts of what is told beside a question, those that are for the form."""
    # 'Undskyld, men det er svært. Kan nogen hjælpe mig?' corrects nothing.
    acts = [act for act in acts if (act.act, act.slot) != (REOPEN, "")]
    # 'Hvad er eget udstyr, er det den båndoptager, jeg har?' says nothing again.
    acts = [act for act in acts if act.about != AGAIN or not said.is_question]
    if past.asked in BINDING:
        return _where_it_binds(acts)
    if answered and past.asked in _REASONS and not _tells_a_reason(message, answered):
        return [act for act in acts if act.slot not in _REASONS or act.act not in (SET, CHANGE)]
    # 'Skal jeg give mit navn? Jeg er bange for, at de bliver sure'
    return [] if _only_explains(acts, said) else acts


def _where_it_binds(acts: list[Act]) -> list[Act]:
    """At what binds: values, corrections, questions, stopping, wishes with their values, a yes that does not bind."""
    if any(act.act == START for act in acts):
        return acts  # values after the wish are for the other request
    told = [act for act in acts if act.act in _TOLD and act.slot not in BINDING]
    # What is to be sent is shown again anyway.
    told += [replace(act, about="") for act in acts if act.act == YES and act.slot in _YES_COUNTS[bool(told)]]
    # Asked once more: 'ja, stop. Hvem får svaret?'
    stops = any((act.act, act.slot) == (YES, "confirm_stop") for act in acts)
    return [*told, Act(STOP)] if stops and Act(STOP) not in told else told


def _only_explains(acts: Sequence[Act], said: Said) -> bool:
    """Whether what is told holds no value and asks for nothing."""
    unread = all(act.act == UNREAD and not act.about for act in acts)
    return unread and not said.has_values and not said.cue("wants") and said.words >= FEW_WORDS


def _tells_a_reason(message: Message, answered: Sequence[Act]) -> bool:
    """Whether a clause outside the questions says why somebody wants to record."""
    text = str(message.get(TEXT) or "")
    whole = Said.of(message, whole=True)
    outside = [
        whole.within(start, end)
        for start, end in clauses(text)
        if not any(act.start < end and start < act.end for act in answered)
    ]
    return any(learned_answers.tells_a_reason(clause) for clause in outside)
