"""Sentences of a message from which nothing was read yet: each is read by itself."""

from collections.abc import Iterable, Sequence

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.in_order import STEERS, Read
from bot.nlu.acts.request.clauses import as_message, with_own_wish
from bot.nlu.acts.request.dialogue.consent import leaves_all
from bot.nlu.acts.request.limits import FEW_WORDS, MOST_SENTENCES, STEERING_WORDS
from bot.nlu.acts.request.meeting_text.departments import PLACE
from bot.nlu.acts.request.meeting_text.parts import ENTITIES
from bot.nlu.acts.request.meetings.which_meeting import is_of
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import ENTITIES_OF, slots_of
from common import acts
from common.acts import Act
from common.request import State
from common.slots import EXPLICIT, FREE_TEXT

# Answers to the question asked; in few words only.
_ANSWERS = {acts.SET, acts.EMPTY, acts.UNSURE, acts.SKIP, acts.NO}
_CHANGES = {acts.CHANGE, acts.ADD_MEETING, acts.REMOVE_MEETING, acts.WHICH_MEETING}
_SAYS_SO = ("nothing_to_correct", "keep")
_OF_THE_FORM = ("noted", "progress")
_MARKS = " \n.,;!?"


def read_unread(message: Message, state: State, told: Sequence[Act], read: Read) -> list[Act]:
    """Acts of those sentences; `read`: reads a sentence. Nothing that binds, and no free text, is read here."""
    spans = sentence_spans(message.text, message.unbroken)
    if not 1 < len(spans) <= MOST_SENTENCES or state.asked in FREE_TEXT or any(act.act in STEERS for act in told):
        return []
    more: list[Act] = []
    left: list[str] = []
    for start, end in spans:
        if _is_read(message, start, end, told):
            continue
        sentence = with_own_wish(as_message(message, start, end, learned=True))
        known = [*told, *more]
        sentence_acts = read(sentence, state)
        news = [act for act in sentence_acts if _is_news(act, sentence, state, known)]
        # An act found before counts too: 'vil helst ikke sige mit navn, så får hun det at vide'.
        is_told = any((act.act, act.slot) == (one.act, one.slot) for act in sentence_acts for one in told if act.slot)
        if not news and not is_told and _wants_something(sentence, state, told):
            left.append(sentence.text)
        more += news
    if left and state.asked == "review" and all(act.act == acts.YES and act.about != acts.BINDS for act in told):
        # Corrected before sending: 'og efternavnet er Holm. Ja, send'.
        return [*more, Act(acts.UNREAD, about=acts.CORRECTS, words=left[0])]
    return [*more, *(Act(acts.UNREAD, about=acts.LEFT, words=one) for one in left)]


def _wants_something(sentence: Message, state: State, told: Sequence[Act]) -> bool:
    """Whether a sentence that gave no act must be named as not understood."""
    if sentence.words < FEW_WORDS or sentence.is_question or not told:
        return False  # questions are answered, or named, by themselves (bot/policies/plan.py)
    if any(map(sentence.cue, _SAYS_SO)) or learned_answers.is_said_to_us(sentence):
        return False
    of_a_meeting = [one for one in sentence.found if one.entity in ENTITIES and not one.negated]
    if of_a_meeting:
        # Values of a known meeting need no reply.
        return not any(all(is_of(one, meeting) for one in of_a_meeting) for meeting in state.meetings)
    sends = state.asked == "review" and all(act.act == acts.YES for act in told)
    return sentence.cue("wants") or (sends and not leaves_all(sentence, state, plainly=False))


def merged(told: Sequence[Act], more: Sequence[Act]) -> list[Act]:
    """All acts; where the whole message was not understood, only those of its sentences."""
    unread = all(act.act == acts.UNREAD for act in told)
    corrects = any((act.act, act.about) == (acts.UNREAD, acts.CORRECTS) for act in more)
    named = [act for act in more if not (unread and act.about == acts.LEFT)]
    return named if named and (unread or corrects) else [*told, *named]


def _is_read(message: Message, start: int, end: int, told: Iterable[Act]) -> bool:
    """Whether the part, or a value in it, is in one of the acts."""
    said = message.text[start:end].strip(_MARKS).lower()
    # A stored reason may be shorter than its sentence.
    texts = [str(act.value or "").lower() for act in told if act.slot in FREE_TEXT]
    stored = [text[slice(*span)].strip(_MARKS) for text in texts for span in sentence_spans(text)]
    if any(said in one or (one and one in said) for one in (*texts, *stored)):
        return True
    entities = {one for act in told for slot in slots_of(act) for one in ENTITIES_OF.get(slot, (slot,))}
    return any(one.entity in entities and start <= one.start < end for one in message.found)


def _is_news(act: Act, sentence: Message, state: State, told: Sequence[Act]) -> bool:
    """Whether a sentence may add this act to the others."""
    if any((act.act, act.value) == (other.act, other.value) or (act.slot and act.slot == other.slot) for other in told):
        return False
    if act.act == acts.SMALL_TALK:
        return act.slot in _OF_THE_FORM
    if act.slot in PLACE and not sentence.values("department"):
        return False  # 'Ja.' names no department
    if act.act == acts.START:
        return act.value != state.kind
    if act.act == acts.WHY:
        return True
    if act.act == acts.NO and state.asked == "terms_accepted" and any(one.act in _CHANGES for one in told):
        return False  # 'Nej, det er forkert. Møde 1 er ...': a no to the old value
    if act.act == acts.SET and act.slot in EXPLICIT and act.slot != state.asked:
        return act.slot not in state.known
    if act.act == acts.CHANGE:
        return act.slot in EXPLICIT or act.about == acts.ADDS
    answers = act.act in _ANSWERS and act.slot in ("", *state.asks)
    return answers and sentence.words <= STEERING_WORDS and not sentence.is_question
