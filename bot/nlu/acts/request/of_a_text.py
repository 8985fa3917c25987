"""What stands beside a reason or a wish in a sentence of its own: who writes, for whom, what is new of the meeting.

A reason keeps all of the citizen's words (conversation.md, 4); a wish is what is wanted, and no more.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.nlu.acts.request.limits import TALK_WORDS, WORDS_BESIDE_A_VALUE
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.one_by_one import as_said
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts import without_lead_in
from common import patterns
from common.acts import CHANGE, SET, Act
from common.request import State
from common.slots import BEHALF, FREE_TEXT, MEETING

Read = Callable[[Message, State], list[Act]]
_WISH = "notes_wanted"
_WHO = {"applicant_name", "applicant_email", "applicant_phone", *BEHALF}
_WORD = patterns.compile(r"\w+")


def told_beside(message: Message, state: State, told: Sequence[Act], read: Read) -> list[Act]:
    """The acts, with those of sentences that tell something else; of a wish, without their words."""
    of_text = next((act for act in told if act.slot == state.asked and act.act == SET), None)
    spans = sentence_spans(message.text, message.whole)
    if state.asked not in FREE_TEXT or state.asked == "question_text" or not of_text or len(spans) < 2:
        return list(told)
    left, more = list[str](), list[Act]()
    for start, end in spans:
        sentence = as_said(message, start, end)
        of_it = _told(sentence, state, read)
        known = {act.slot for act in (*told, *more)}
        more += [act for act in of_it if act.slot not in known]
        if not of_it and not _asks_what_is_noted(sentence):
            left.append(message.text[start:end])
    if state.asked != _WISH or not "".join(left).strip() or len(left) == len(spans):
        return [*told, *more]
    text = without_lead_in("".join(left).strip())
    return [*(replace(act, value=text) if act is of_text else act for act in told), *more]


def _told(sentence: Message, state: State, read: Read) -> list[Act]:
    """What a short sentence tells of who writes, for whom it is, or, where it is put right, of the meeting."""
    if sentence.is_question or sentence.words > TALK_WORDS or _words_beside(sentence) > WORDS_BESIDE_A_VALUE:
        return []
    who = read(sentence, replace(state, asked="applicant_name", pending=None))
    if who and all(act.act in (SET, CHANGE) and act.slot in _WHO for act in who):
        return who
    if not sentence.cue("is_of_the_meeting"):
        return []
    meeting = read(sentence, replace(state, asked="review", pending=None))
    of_it = all(act.act in (SET, CHANGE) and act.slot in MEETING for act in meeting)
    return meeting if of_it else []


def _words_beside(sentence: Message) -> int:
    """How many words there are beside the values; many, where there is no value."""
    values = [one for one in sentence.found if one.entity not in ("answer", "recording_grounds")]
    if not values:
        return TALK_WORDS
    words = [word.start() for word in _WORD.finditer(sentence.text)]
    return sum(not any(one.start <= place < one.end for one in values) for place in words)


def _asks_what_is_noted(sentence: Message) -> bool:
    return sentence.cue("noted") and sentence.words <= TALK_WORDS
