"""Messages of several sentences: each is read with what those before it told."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.nlu.acts.request.by_sentence.state_after import after, differs
from bot.nlu.acts.request.clauses import as_message, clause_spans
from bot.nlu.acts.request.limits import MOST_SENTENCES, NOTHING_WORDS
from bot.nlu.acts.request.meeting_text.departments import PLACE
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import asked_meeting_acts, meeting_acts_at
from common import acts
from common.acts import Act
from common.request import State
from common.slots import BINDING, FREE_TEXT, LOOSE, MEETING

Read = Callable[[Message, State], list[Act]]
# With one of these acts a message is not split.
STEERS = {
    *(acts.STOP, acts.RESTART, acts.BACK, acts.WAIT, acts.KEEP, acts.CHOOSE, acts.REOPEN, acts.START, acts.REPEAT),
    acts.REMOVE_MEETING,
}
# A REOPEN may stand next to values: 'det er mig, der er bisidder. Og mødet er kl. 12.'
_ALONE = STEERS - {acts.REOPEN}
# Acts with values of a meeting; they are built again relative to the request before the message.
_TOLD = {acts.SET, acts.EMPTY, acts.CHANGE, acts.ADD_MEETING}
_DENIES = {acts.NO, acts.SKIP, acts.UNSURE}
_QUESTIONS = {acts.ASK, acts.WHY, acts.SIMPLIFY}


def read_in_order(message: Message, state: State, whole: Sequence[Act], read: Read) -> list[Act] | None:
    """Acts of the sentences, else of the clauses; None where the whole message tells as much or steers.

    `whole`: acts of the whole message; `read`: reads a sentence. Nothing that binds is read here.
    """
    between = (state.pending or {}).get("kind") not in (None, "which_slot")
    if state.asked in FREE_TEXT or between or any(act.act in _ALONE or act.about == acts.BINDS for act in whole):
        return None
    sentences = sentence_spans(message.text, message.unbroken)
    clauses = clause_spans(message)
    if told := _each(message, sentences, state, whole, read, may_differ=len(state.meetings) > 1):
        return told
    return _each(message, clauses, state, whole, read) if len(clauses) > len(sentences) else None


def _each(
    message: Message,
    spans: Sequence[tuple[int, int]],
    state: State,
    whole: Sequence[Act],
    read: Read,
    *,
    may_differ: bool = False,
) -> list[Act] | None:
    """Acts of the parts; None where they tell no more than `whole`.

    `may_differ`: they may contradict `whole`, where each part gives an act.
    """
    if not 1 < len(spans) <= MOST_SENTENCES:
        return None
    now, told, is_sure = state, list[Act](), True
    protests = False
    for place, (start, end) in enumerate(spans):
        sentence = as_message(message, start, end, learned=True)
        following = message.text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
        denies = sentence.words <= NOTHING_WORDS and sentence.cue("deny")
        # With a conjunction the no is an answer: 'nej, og møde 2 er på video'.
        protests |= denies and bool(following) and not message.cue_in("joined", following)
        said = [act for act in read(sentence, now) if may_add(act, sentence, state)]
        plain = as_message(message, start, end)
        said = _without_guesses(said, plain, state, read, beside=_follows_bare_comma(message, start, end))
        if any(act.act in _ALONE or (act.readings and act.act != acts.WHICH_MEETING) for act in said):
            return None
        earlier, now = now, after(now, said)
        if _is_taken_back(earlier, now, state):
            return None  # two meetings, or one told in two ways
        is_sure &= bool(said) or not _tells(sentence)
        told += said
    if protests and any(act.act == acts.CHANGE for act in told):
        # The no is to a noted value, not to the question: 'nej. Mødet er den 4.'
        told = [act for act in told if act.act not in _DENIES and (act.act, act.slot) != (acts.REOPEN, "")]
    told = _without_reopened(told)
    new, before = differs(state, told), differs(state, whole)
    more = new > before or (may_differ and is_sure and bool(new - before))
    return _relative_to_request(told, now, state) if more else None


def _follows_bare_comma(message: Message, start: int, end: int) -> bool:
    """Whether a clause follows a comma without a conjunction."""
    said = message.text[start:end]
    return said.startswith(",") and not message.cue_in("joined", said)


def _without_guesses(said: list[Act], sentence: Message, state: State, read: Read, *, beside: bool) -> list[Act]:
    """The acts without learnt choices for other slots than the one asked for.

    `sentence`: without its learnt answers.
    """
    guesses = [act for act in said if act.act == acts.SET and act.slot in LOOSE and act.slot != state.asked]
    if not guesses:
        return said
    told = [(act.slot, act.value) for act in read(sentence, state) if act.slot in state.asks or not beside]
    return [act for act in said if act not in guesses or (act.slot, act.value) in told]


def _without_reopened(told: Sequence[Act]) -> list[Act]:
    """The acts without REOPEN of slots that another clause gives."""
    given = [act for act in told if act.act in _TOLD]
    new = {slot for act in given for slot in (act.value if act.slot == acts.MEETINGS else (act.slot,)) if slot}
    return [act for act in told if act.act != acts.REOPEN or act.slot not in new]


def _is_taken_back(before: State, now: State, state: State) -> bool:
    """Whether a sentence changes what an earlier one told of a meeting."""
    for place, told in enumerate(before.meetings[: len(now.meetings)]):
        first: Mapping[str, Any] = state.meetings[place] if place < len(state.meetings) else {}
        new = now.meetings[place]
        if any(first.get(slot, "") != told[slot] != new.get(slot, told[slot]) for slot in told):
            return True
    return False


def _tells(sentence: Message) -> bool:
    return not sentence.is_question and sentence.has_values


def may_add(act: Act, sentence: Message, state: State) -> bool:
    """Whether a sentence may add this act: nothing that binds."""
    if act.act == acts.YES:
        return act.slot not in BINDING and act.about != acts.BINDS
    if act.act in (acts.NO, acts.UNSURE, acts.SKIP, acts.EMPTY):
        return act.slot in state.asks
    if act.act == acts.SET and act.slot in PLACE:
        return bool(sentence.values("department"))
    return act.act in _TOLD or act.act in _QUESTIONS or act.act == acts.WHICH_MEETING or act.act in STEERS


def _relative_to_request(told: Sequence[Act], now: State, state: State) -> list[Act]:
    """The acts relative to the request before the message: all news of a meeting in one act."""
    made: list[Act] = []
    for act in told:
        if act.act in _TOLD and (act.slot in (*MEETING, acts.MEETINGS) or act.act == acts.ADD_MEETING):
            continue
        if not any((act.act, act.slot, act.value) == (one.act, one.slot, one.value) for one in made):
            made.append(act)
    for place, meeting in enumerate(now.meetings):
        known: Mapping[str, Any] = state.meetings[place] if place < len(state.meetings) else {}
        new = {slot: value for slot, value in meeting.items() if slot not in known or known[slot] != value}
        if place == state.about and state.meetings:
            made += asked_meeting_acts(new, known)
        elif new:
            made += meeting_acts_at(new, place, state)
    return made
