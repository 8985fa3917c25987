"""A message of several sentences, each read with what those before it told: 'kun lyd. Og møde 2 er på telefonen'."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.nlu.acts.request.by_sentence.state_after import after, differs
from bot.nlu.acts.request.clauses import as_said, clause_spans
from bot.nlu.acts.request.limits import MOST_SENTENCES, NOTHING_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import of_a_meeting, of_asked_meeting
from common import acts
from common.acts import Act
from common.request import State
from common.slots import BINDING, FREE_TEXT, LOOSE, MEETING

Read = Callable[[Message, State], list[Act]]
# A message of which a sentence steers, or asks for something else than it tells, is not taken apart.
STEERS = {
    *(acts.STOP, acts.RESTART, acts.BACK, acts.WAIT, acts.KEEP, acts.CHOOSE, acts.REOPEN, acts.START, acts.REPEAT),
    acts.REMOVE_MEETING,
}
# 'Det er mig, der er bisidder. Og mødet er kl. 12.': what is opened again stands beside what is told.
_ALONE = STEERS - {acts.REOPEN}
_PLACE = ("meeting_department", "meeting_department_text")
# What is told of a meeting, in whatever way; it is said anew of the request as it was before the message.
_TOLD = {acts.SET, acts.EMPTY, acts.CHANGE, acts.ADD_MEETING}
_DENIES = {acts.NO, acts.SKIP, acts.UNSURE}
_QUESTIONS = {acts.ASK, acts.WHY, acts.SIMPLIFY}


def one_by_one(message: Message, state: State, whole: Sequence[Act], read: Read) -> list[Act] | None:
    """The acts of the sentences, or else of the clauses; None where the message as a whole tells as much, or something
    else.

    `whole`: what was read from all of it; `read` reads a sentence as if it were all. Nothing that binds is read so.
    """
    between = (state.pending or {}).get("kind") not in (None, "which_slot")
    if state.asked in FREE_TEXT or between or any(act.act in _ALONE or act.about == acts.BINDS for act in whole):
        return None
    sentences = sentence_spans(message.text, message.whole)
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
    """The acts of the parts of a message, each read with what those before it told; None where they say no more.

    `may_differ`: they may also say otherwise than the whole, where each of them says something.
    """
    if not 1 < len(spans) <= MOST_SENTENCES:
        return None
    now, told, is_sure = state, list[Act](), True
    protests = False
    for place, (start, end) in enumerate(spans):
        sentence = as_said(message, start, end, learned=True)
        following = message.text[slice(*spans[place + 1])] if place + 1 < len(spans) else ""
        denies = sentence.words <= NOTHING_WORDS and sentence.cue("deny")
        # 'Nej, og møde 2 er på video' answers, and tells something else.
        protests |= denies and bool(following) and not message.cue_in("joined", following)
        said = [act for act in read(sentence, now) if may_add(act, sentence, state)]
        plain = as_said(message, start, end)
        said = _without_guesses(said, plain, state, read, beside=_is_beside(message, start, end))
        if any(act.act in _ALONE or (act.readings and act.act != acts.WHICH_MEETING) for act in said):
            return None
        earlier, now = now, after(now, said)
        if _is_taken_back(earlier, now, state):
            return None  # two meetings, or one that is told in two ways: nothing is sure
        is_sure &= bool(said) or not _tells(sentence)
        told += said
    if protests and any(act.act == acts.CHANGE for act in told):
        # 'Nej. Mødet er den 4.' denies what was noted, and not what is asked.
        told = [act for act in told if act.act not in _DENIES and (act.act, act.slot) != (acts.REOPEN, "")]
    told = _without_reopened(told)
    new, before = differs(state, told), differs(state, whole)
    more = new > before or (may_differ and is_sure and bool(new - before))
    return _of_the_whole(told, now, state) if more else None


def _is_beside(message: Message, start: int, end: int) -> bool:
    """Whether a clause stands behind a comma alone."""
    said = message.text[start:end]
    return said.startswith(",") and not message.cue_in("joined", said)


def _without_guesses(said: list[Act], sentence: Message, state: State, read: Read, *, beside: bool) -> list[Act]:
    """The acts without choices that are not what is asked for and are only learnt, or count only where they are asked.

    `sentence`: without what was learnt of it. 'Nej, jeg er på arbejde' is no choice of what comes next.
    """
    guesses = [act for act in said if act.act == acts.SET and act.slot in LOOSE and act.slot != state.asked]
    if not guesses:
        return said
    told = [(act.slot, act.value) for act in read(sentence, state) if act.slot in state.asks or not beside]
    return [act for act in said if act not in guesses or (act.slot, act.value) in told]


def _without_reopened(told: Sequence[Act]) -> list[Act]:
    """The acts; what is opened in one clause and told in another ('datoen er forkert, det er den 11.') is told."""
    new = {act.slot for act in told if act.act in _TOLD and act.slot}
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
    return not sentence.is_question and any(one.entity != "answer" for one in sentence.found)


def may_add(act: Act, sentence: Message, state: State) -> bool:
    """Whether an act is one that a sentence may add: no yes that binds, and no department in words like 'Ja.'."""
    if act.act == acts.YES:
        return act.slot not in BINDING and act.about != acts.BINDS
    if act.act in (acts.NO, acts.UNSURE, acts.SKIP, acts.EMPTY):
        return act.slot in state.asks
    if act.act == acts.SET and act.slot in _PLACE:
        return bool(sentence.values("department"))
    return act.act in _TOLD or act.act in _QUESTIONS or act.act == acts.WHICH_MEETING or act.act in STEERS


def _of_the_whole(told: Sequence[Act], now: State, state: State) -> list[Act]:
    """The acts, said of the request as it was before the message: of each meeting all that is new of it at once."""
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
            made += of_asked_meeting(new, known)
        elif new:
            made += of_a_meeting(new, place, state)
    return made
