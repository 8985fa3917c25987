"""A citizen changes a text that is known: sentences are added, taken out, or stand anew."""

from dataclasses import replace
from itertools import pairwise

from bot.nlu.acts.request.found import Reading, changed, given, reopened
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.meeting_parts import cue
from bot.nlu.acts.request.message import Message, cues
from bot.nlu.acts.request.places import beginnings
from bot.nlu.acts.request.sentences import sentence_spans
from common import patterns
from common.acts import ADDS, CHANGE, Act
from common.request import State
from common.slots import EXPLICIT, FREE_TEXT, TEXT_OF

# What says how a text is to be changed is for the form, also where it has the form of a question.
_EDITS = ("text_added", "text_added_before", "text_anew", "text_removed", "text_removed_by_name")
_LEFT_BESIDE = " \n,.;"
# What is told beside a text, in a sentence of its own, is none of it.
_OTHERS = ("support_person", "email", "phone", "name", "behalf", "recording_medium", "meeting_kind")
_SENTENCE = patterns.compile(r"[.!?;\n]\s+")


def is_edit(text: str) -> bool:
    """Whether a message says how a text is to be changed: 'kan du skrive på, at ...'."""
    return any(cues()[name].search(text.lower()) for name in _EDITS)


def edits(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Skriv også, at ...', 'der mangler, at ...', 'forklaringen skal være: ...', 'slet "..."'."""
    told = {*state.known, *state.settled}
    of_request = TEXT_OF.get(state.kind or "")
    if not of_request or state.asked in FREE_TEXT or cue("adds_a_meeting").search(message.text):
        return None
    named = [slot for slot in message.named_slots() if slot in FREE_TEXT and slot in told]
    slot = named[0] if len(named) == 1 else of_request
    others = [one for one in message.named_slots() if one in EXPLICIT]
    # 'Der mangler, at de nægter. Kan du skrive det på?' has both.
    before = message.part("text_added_before")
    text = replace(message, text=before or message.text).part("text_added") or before
    if text is None or len(text.split()) < FEW_WORDS:
        text = message.part("text_anew")
        if not text and (gone := (message.part("text_removed") or message.part("text_removed_by_name"))):
            return _without(gone, slot, state)
        if not text or slot not in told or (not named and others):
            return _missed(message, slot, state) if not others else None
        text = _up_to_other_values(message, text)
        if state.known.get(slot) and not message.cue("replaces"):
            return [Act(CHANGE, text, ADDS, slot=slot)]
        # What is told anew gives its own grounds; of a text that is too long nothing is taken.
        fits = len(text) <= FREE_TEXT[slot]
        return changed({slot: text} | {s: v for s, v in reading.values.items() if s == "recording_grounds" and fits})
    text = _up_to_other_values(message, text)
    grounds = reading.values.get("recording_grounds")
    # 'Føj også til, at jeg husker dårligt': the ground is another one, and the words are kept beside it.
    known = grounds == state.known.get("recording_grounds")
    also = changed({"recording_grounds": grounds}) if grounds and not known and message.cue("adds") else []
    # 'Min e-mail er li@eksempel.dk. Skriv gerne, at ...': the answer is taken, too.
    answer = {one: value for one, value in reading.values.items() if one in EXPLICIT and one not in state.known}
    return [*given(answer if state.asked in answer else {}), *also, Act(CHANGE, text, ADDS, slot=slot)]


def _missed(message: Message, slot: str, state: State) -> list[Act] | None:
    """'Der står jo ikke noget om høreapparatet': what stands there is shown, to be written as it should be."""
    told = any(one.entity != "answer" for one in message.found) and not message.values("recording_grounds")
    return reopened([slot]) if state.known.get(slot) and message.cue("misses") and not told else None


def _up_to_other_values(message: Message, text: str) -> str:
    """The text up to the sentence that tells something else: '..., at jeg er ordblind. Og min søn hedder Adil'."""
    start = message.text.find(text)
    sentences = [span for span in sentence_spans(message.text, message.whole) if span[0] > start >= 0]
    of_others = (
        begin
        for begin, end in sentences
        if message.cue_in("nothing_else", message.text[begin:end])
        or any(one.entity in _OTHERS and begin <= one.start < end for one in message.found)
    )
    end = next(of_others, None)
    return text if end is None else message.text[start:end].strip(" \n.")


def _without(text: str, slot: str, state: State) -> list[Act] | None:
    """The text without those words; where they do not stand in it, or nothing else does, it is asked for anew."""
    held = str(state.known.get(slot) or "")
    if not held:
        return None
    place, size = held.lower().find(text.lower().strip(_LEFT_BESIDE)), len(text.strip(_LEFT_BESIDE))
    if place < 0:
        place, size = _about(text, held)
    if place < 0:
        return reopened([slot])
    before, after = held[:place].rstrip(), held[place + size :].lstrip(_LEFT_BESIDE)
    left = "\n".join(one for one in (before.rstrip(","), after) if one.strip(_LEFT_BESIDE))
    return changed({slot: left}) if left else reopened([slot])


def _about(text: str, held: str) -> tuple[int, int]:
    """Where the one sentence stands that a few words are about ('det med kræften'), and its length; -1 for none."""
    of = beginnings(text)
    ends = [0, *(one.end() for one in _SENTENCE.finditer(held)), len(held)]
    spans = [(a, b) for a, b in pairwise(ends) if beginnings(held[a:b]) & of]
    return (spans[0][0], spans[0][1] - spans[0][0]) if len(spans) == 1 else (-1, 0)
