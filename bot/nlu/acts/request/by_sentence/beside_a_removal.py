"""Sentences that take words out of a known text: their words are the text's, and are read for nothing else.

'Slet sætningen om den 11.' removes no meeting, and 'slet "jeg er jo med"' says nothing of who comes along.
"""

from dataclasses import replace

from bot.nlu.acts.request.clauses import Span, clauses_of, keep_spans
from bot.nlu.acts.request.meeting_text.parts import cue
from bot.nlu.acts.request.message import ANSWER, Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import Reading, changed, reopened
from bot.nlu.acts.request.texts.edits import REMOVE, REOPEN, edits_of, joined_spans, takes_out, words
from bot.nlu.acts.request.texts.put_back import put_back
from bot.nlu.acts.request.texts.remarks import without_words_of
from bot.nlu.acts.request.texts.removed_words import without_words
from bot.nlu.acts.request.texts.text_changes import behalf_words_left
from common import patterns
from common.acts import Act
from common.request import State
from common.slots import FREE_TEXT, TEXT_OF

_JOINT = patterns.compile(r"\s(?=(?:og|men|så) )", patterns.IGNORECASE)
# Values of a meeting that may be meant instead.
_OF_A_MEETING = ("date", "time", "department", "meeting_kind")


def split_off(message: Message, state: State) -> tuple[list[Act], Message | None] | None:
    """The change of the text, and the message that is left; None where no known text is shortened."""
    slot = TEXT_OF.get(state.kind or "", "")
    held = text = str(state.known.get(slot) or "")
    if state.pending or state.asked in FREE_TEXT or not takes_out(message.text):
        return None
    spans = sentence_spans(message.text, message.unbroken)
    asks = slot == "question_text"
    if any(one.operation not in (REMOVE, REOPEN) for one in edits_of(message.text, spans, asks=asks)):
        return None  # changed as a whole (text_changes.py)
    left, missing = list[Span](), False
    sentences = _with_their_object(message.text, list(joined_spans(message.text, spans)))
    for start, end in sentences if held else ():
        begin, stop, new = _removal(message, start, end, text)
        left += [span for span in ((start, begin), (stop, end)) if span[1] > span[0]]
        missing |= new == ""
        text = new or text
    if text == held and (remarks := _of_the_remarks(message, state, sentences)):
        return remarks
    # 'Det skal de ikke se' is of the remark that was just written down.
    if text == held and (not missing or put_back(message, state, Reading())):
        return None
    told = reopened([slot]) if missing else changed({slot: text} | behalf_words_left(state, held, text))
    return told, _rest(message, left)


def _of_the_remarks(message: Message, state: State, sentences: list[Span]) -> tuple[list[Act], Message | None] | None:
    """The remarks without the words that one of the sentences takes out; None where none does."""
    for span in sentences:
        said = message.text[slice(*span)]
        if takes_out(said) and (told := without_words_of(said, state)):
            return told, _rest(message, [other for other in sentences if other != span])
    return None


def _rest(message: Message, left: list[Span]) -> Message | None:
    """The message of these spans; None for none."""
    if not left:
        return None
    # What stands beside a removal is often a correction as well: it has the label of the whole.
    rest = replace(keep_spans(message, left, learned=True), intent=message.intent, confidence=message.confidence)
    return rest.within(0, max([len(rest.text.rstrip(" .,")), *(end for _, end in rest.unbroken)]))


def _with_their_object(text: str, spans: list[Span]) -> list[Span]:
    """The sentences; 'Det skal slettes.' is one with the sentence before it."""
    made: list[Span] = []
    for start, end in spans:
        if made and words().find("only_takes_out", text[start:end]):
            made[-1] = (made[-1][0], end)
        else:
            made.append((start, end))
    return made


def _without(message: Message, start: int, end: int, text: str) -> str | None:
    """The text without what a sentence takes out: '' where that is not found, None where it takes out nothing."""
    said = message.text[start:end].strip()
    if not takes_out(said) or (said.endswith("?") and not words().find("asks_for_it", said)):
        return None
    of_a_meeting = any(one.entity in _OF_A_MEETING for one in message.within(start, end).found)
    if not words().find("of_the_text", said) and (of_a_meeting or cue("a_meeting").search(said)):
        return None
    # 'Min mail skal ikke med' is of no text.
    kept_from = words().find("keeps_from", said) and not message.within(start, end).named_slots()
    of_the_text = words().find("of_the_text", said) or kept_from
    return without_words(said, text) or ("" if of_the_text else None)


def _removal(message: Message, start: int, end: int, text: str) -> tuple[int, int, str | None]:
    """The span of a sentence that takes something out, and the text that is left; an empty span for none.

    Clauses before it are read by themselves, and so are those behind it that tell a value which is not the text's.
    """
    clauses = clauses_of(message, start, end)
    stop = end
    for first, last in reversed(clauses[1:]):
        if stop != last or not _tells_a_value(message, first, last, text):
            break
        stop = first
    joints = (one.start() for one in _JOINT.finditer(message.text, start, stop))
    begins = sorted({*joints, *(begin for begin, _ in clauses if begin < stop)})
    tried = [(begin, _without(message, begin, stop, text)) for begin in begins]
    found = [(begin, new) for begin, new in tried if new]
    if found:
        return found[-1][0], stop, found[-1][1]
    missing = [begin for begin, new in tried if new == ""]
    return (missing[-1], stop, "") if missing else (end, end, None)


def _tells_a_value(message: Message, start: int, end: int, text: str) -> bool:
    said = message.within(start, end)
    values = [one for one in said.found if one.entity != ANSWER]
    own = [one for one in values if said.text[one.start : one.end].lower() not in text.lower()]
    return bool(own) and not words().find("quoted", said.text)
