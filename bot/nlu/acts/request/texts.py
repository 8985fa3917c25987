"""A citizen changes a text that is known: sentences are added, taken out, or stand anew."""

from dataclasses import replace

from bot.nlu.acts.request.found import Reading, changed, given, reopened
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import Message, cues
from common.acts import ADDS, CHANGE, Act
from common.request import State
from common.slots import EXPLICIT, FREE_TEXT, TEXT_OF

# What says how a text is to be changed is for the form, also where it has the form of a question.
_EDITS = ("text_added", "text_added_before", "text_anew", "text_removed", "text_removed_by_name")
_LEFT_BESIDE = " \n,.;"


def is_edit(text: str) -> bool:
    """Whether a message says how a text is to be changed: 'kan du skrive på, at ...'."""
    return any(cues()[name].search(text.lower()) for name in _EDITS)


def edits(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Skriv også, at ...', 'der mangler, at ...', 'forklaringen skal være: ...', 'slet "..."'."""
    told = {*state.known, *state.settled}
    of_request = TEXT_OF.get(state.kind or "")
    if not of_request or state.asked in FREE_TEXT:
        return None
    named = [slot for slot in message.named_slots() if slot in FREE_TEXT and slot in told]
    slot = named[0] if len(named) == 1 else of_request
    others = [one for one in message.named_slots() if one in EXPLICIT]
    # 'Der mangler, at de nægter. Kan du skrive det på?' has both.
    before = message.part("text_added_before")
    text = replace(message, text=before or message.text).part("text_added") or before
    if text is None or len(text.split()) < FEW_WORDS:
        if text := (message.part("text_removed") or message.part("text_removed_by_name")):
            return _without(text, slot, state)
        text = message.part("text_anew")
        anew = text and slot in told and (named or not others)
        return changed({slot: text}) if anew else None
    grounds = reading.values.get("recording_grounds")
    # 'Føj også til, at jeg husker dårligt': the ground is another one, and the words are kept beside it.
    also = changed({"recording_grounds": grounds}) if grounds and message.cue("adds") else []
    # 'Min e-mail er li@eksempel.dk. Skriv gerne, at ...': the answer is taken, too.
    answer = {one: value for one, value in reading.values.items() if one in EXPLICIT and one not in state.known}
    return [*given(answer if state.asked in answer else {}), *also, Act(CHANGE, text, ADDS, slot=slot)]


def _without(text: str, slot: str, state: State) -> list[Act] | None:
    """The text without those words; where they do not stand in it, or nothing else does, it is asked for anew."""
    held = str(state.known.get(slot) or "")
    place = held.lower().find(text.lower().strip(_LEFT_BESIDE))
    if not held:
        return None
    if place < 0:
        return reopened([slot])
    before, after = held[:place].rstrip(), held[place + len(text.strip(_LEFT_BESIDE)) :].lstrip(_LEFT_BESIDE)
    left = "\n".join(one for one in (before.rstrip(","), after) if one.strip(_LEFT_BESIDE))
    return changed({slot: left}) if left else reopened([slot])
