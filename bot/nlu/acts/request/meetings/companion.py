"""Who comes along, told beside several meetings: to which of them, and which words tell of no meeting."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.meeting_text.parts import PLACES, Part, covered, cue, days_said, other_words, parts_of
from bot.nlu.acts.request.meetings.which_meeting import is_of
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.people.support_person import in_words, says_of_somebody
from bot.nlu.acts.request.sentences import sentence_around, sentence_spans
from bot.nlu.acts.request.slot_values import Reading, changed, given
from bot.nlu.acts.request.texts.said_to_us import own_words
from common.acts import Act
from common.request import State

_SLOT = "support_person_possible"


def one_meetings_companion(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Yes or perhaps, with the citizen's words, where the answer differs between meetings; None where it does not."""
    told = _SLOT in message.named_slots() or bool(message.values("support_person")) or says_of_somebody(message)
    corrects = _SLOT in state.known and told
    named = _meetings_named(message, state) if state.asked == _SLOT or corrects else []
    if state.asked != _SLOT:
        # 'Det første er et møde, hvor vi ses. Og Dorte er bisidder til mødet den 10.'
        about = [span for span in sentence_spans(message.text, message.unbroken) if _is_about_company(message, span)]
        named = [one for one in named if any(start <= one[0] < end for start, end in about)]
    if len(named) < 2 or message.is_question:
        return None
    between = message.text[named[0][1] : named[-1][0]]
    if not message.cue_in("told_apart", between) and not other_words(between):
        return None  # 'Både den 14. og den 18.'
    words = sentence_around(message.text, named[0][0], named[-1][1], message.unbroken)
    answer = "unsure" if learned_answers.values(message, _SLOT) == ["unsure"] else "yes"
    new = {_SLOT: answer} if state.known.get(_SLOT) != answer else {}
    return [*(changed(new) if corrects else given(new)), *in_words(own_words(words), state, instead=corrects)]


def text_of_meetings(message: Message) -> str:
    """The text with its values covered, without the parts that say who comes along; its length stays."""
    text = covered(message.text, message.found)
    for part in parts_of(message):
        if says_who_comes(part, message):
            text = text[: part.start] + " " * (part.end - part.start) + text[part.end :]
    return text


def says_who_comes(part: Part, message: Message) -> bool:
    """Whether a part tells no meeting, but who comes along: 'der sidder min mand ved siden af mig'."""
    said = message.text[part.start : part.end]
    comes = any(part.start <= one.start < part.end for one in message.values("support_person"))
    return not part.found and (comes or message.cue_in("brings", said))


def _is_about_company(message: Message, span: tuple[int, int]) -> bool:
    sentence = message.within(*span)
    return sentence.cue("brings") or bool(sentence.values("support_person"))


def _meetings_named(message: Message, state: State) -> list[tuple[int, int]]:
    """Where the message names one of the known meetings; a list of their days names the first and the last."""
    count = len(state.meetings)
    named = {found.span() for name in (*PLACES, "last") for found in cue(name).finditer(message.text) if count > 1}
    for one in message.found:
        if one.entity in ("date", "department", "meeting_kind"):
            of = sum(is_of(one, meeting) for meeting in state.meetings)
            listed = one.entity == "date" and 1 < of <= len(days_said(one))
            named |= {(one.start, one.start), (one.end, one.end)} if listed else set()
            named |= {(one.start, one.end)} if of and of < count and not listed else set()
    return sorted(named)
