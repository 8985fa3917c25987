"""What is told beside a question that is answered: which of it is for the form."""

from collections.abc import Sequence

from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.acts.request.limits import FEW_WORDS, LESS_LIKELY, SURE
from bot.nlu.acts.request.message import Message as Said
from bot.nlu.clauses import bare, clauses
from bot.nlu.reading import LABEL_OF
from bot.past import Past
from common.acts import (
    ADD_MEETING,
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
# Labels, besides topics, of clauses that tell no reason.
_NO_REASON = ("deny", "human_handover", "help", "will_ask", "request_question", "request_notes", "check_status")
_REASONS = (*READ_FROM, *READ_FROM.values())


def where_it_binds(acts: list[Act]) -> list[Act]:
    """Of the acts outside a question, where a yes binds: values, corrections, questions, stopping, wishes."""
    if any(act.act == START for act in acts):
        return acts  # values after the wish are for the other request
    told = [act for act in acts if act.act in _TOLD and act.slot not in BINDING]
    # Asked once more: 'ja, stop. Hvem får svaret?'
    stops = any((act.act, act.slot) == (YES, "confirm_stop") for act in acts)
    return [*told, Act(STOP)] if stops and Act(STOP) not in told else told


def without_vague_corrections(acts: list[Act]) -> list[Act]:
    """The acts, without a correction that names nothing: 'Undskyld, men det er svært. Kan nogen hjælpe mig?'."""
    return [act for act in acts if (act.act, act.slot) != (REOPEN, "")]


def tells_nothing(acts: Sequence[Act], said: Said, message: Message, past: Past, answered: Sequence[Act]) -> bool:
    """Whether what is told beside the answered questions is nothing for the form."""
    if past.asked in _REASONS:
        return not _tells_a_reason(message, answered)
    unread = all(act.act == UNREAD and not act.about for act in acts)
    return unread and not said.has_values and not said.cue("wants") and said.words >= FEW_WORDS


def _tells_a_reason(message: Message, answered: Sequence[Act]) -> bool:
    """Whether a clause outside the questions may be a reason: by its grounds, or by its label."""
    text = str(message.get(TEXT) or "")
    labels = message.get(LABEL_OF) or {}
    whole = Said.of(message, whole=True)
    for start, end in clauses(text):
        if any(act.start < end and start < act.end for act in answered):
            continue
        clause = whole.within(start, end)
        label, share = labels.get(bare(text[start:end]), ("", 0.0))
        elsewhere = (label.startswith("faq_") or label in _NO_REASON) and share >= SURE
        if clause.values("recording_grounds") or _likeliest_ground(clause) >= LESS_LIKELY or not elsewhere:
            return True
    return False


def _likeliest_ground(clause: Said) -> float:
    slot = READ_FROM["recording_explanation"]
    shares = [one["part"] for found in clause.clauses for one in found.value if one["slot"] == slot]
    return max(shares, default=0.0)
