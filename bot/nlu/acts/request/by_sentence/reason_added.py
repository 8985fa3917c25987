"""More of a reason that is known or was reopened: 'og skriv, at jeg også ser dårligt'."""

from collections.abc import Iterator, Sequence

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.told_clauses import told_spans
from bot.nlu.acts.request.clauses import Span, as_message
from bot.nlu.acts.request.limits import CERTAIN, PLAIN, SURE, TOLD_OF
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import changed
from bot.nlu.acts.request.texts.edits import ADD, REMOVE, REPLACE, edits_of
from bot.nlu.acts.request.texts.grounds import calls_by_name
from bot.nlu.acts.request.texts.reason_spans import shares_its_subject
from bot.nlu.acts.request.texts.removed_words import is_told_in
from bot.nlu.acts.request.texts.said_to_us import own_words
from bot.nlu.clauses import bare
from bot.nlu.parts import split
from common.acts import ADDS, AGAIN, CHANGE, REOPEN, SET, Act
from common.request import State
from common.slots import SUPPORT_PERSON_TEXT, TOLD_BESIDE
from common.texts import in_one_text

_REASON, _GROUNDS, _PURPOSE = "recording_explanation", "recording_grounds", "recording_purpose"


def more_of_a_reopened_reason(message: Message, state: State) -> list[Act]:
    """The former reason with what is asked to be added: 'bare sæt på, at jeg også ser dårligt'."""
    held = state.former.get(_REASON, {}).get("values", {}).get(_REASON) if state.asked == _REASON else None
    edits = edits_of(message.text, sentence_spans(message.text, message.unbroken)) if held else []
    added = [own_words(message.text[one.start : one.end]) for one in edits if one.operation == ADD and one.end]
    return [Act(SET, in_one_text([str(held), *added]), slot=_REASON)] if added else []


def _takes_away(message: Message) -> bool:
    """Whether a message takes words or a ground out of the reason."""
    edits = edits_of(message.text, sentence_spans(message.text, message.unbroken))
    denied = any(one.negated for one in message.found if one.entity == _GROUNDS)
    return denied or any(one.operation in (REMOVE, REPLACE) for one in edits)


def added_reason(message: Message, state: State, acts: Sequence[Act]) -> list[Act]:
    """More of a known reason, with the grounds that it adds; empty where the acts hold a text."""
    known = str(state.known.get(_REASON) or "")
    grounds = list(state.known.get(_GROUNDS) or ())
    read = next((list(act.value or ()) for act in acts if (act.act, act.slot) == (CHANGE, _GROUNDS)), grounds)
    # What is said of how to be reached is written to Jura already.
    written = any(
        act.slot in (SUPPORT_PERSON_TEXT, TOLD_BESIDE) or (act.slot == _REASON and act.act != REOPEN) for act in acts
    )
    if not known or state.asked == _GROUNDS or written or not {*grounds} <= {*read} or _takes_away(message):
        return []
    # A sentence that tells another part of the request is no reason: 'der mangler, at det er for min mand'.
    tells = any(act.act in (SET, CHANGE) and act.slot != _GROUNDS and act.about != AGAIN for act in acts)
    told = [one for one in _added(message, whole=not tells) if not is_told_in(_text(one), known)]
    # 'Før stod der også svært ved at huske' names a ground, and tells no reason.
    told = [one for one in told if not calls_by_name(one, message)]
    if state.asked == _PURPOSE:
        # 'Så jeg kan høre det igen bagefter' answers what it is for.
        told = [one for one in told if not learned_answers.values(one, _PURPOSE, PLAIN)]
    if not told:
        return []
    more = [ground for one in told for ground in learned_answers.grounds(one) if ground != "other"]
    all_of_them = list(dict.fromkeys([*read, *more]))
    new = changed({_GROUNDS: all_of_them}) if all_of_them != grounds else []
    return [Act(CHANGE, in_one_text(map(_text, told)), ADDS, slot=_REASON), *new]


def _added(message: Message, *, whole: bool) -> Iterator[Message]:
    """What gives more of the reason: from a clause that does to its sentence's last, or to one that tells else.

    `whole`: a message of one sentence is read as one as well.
    """
    spans = list(told_spans(message)) or [(0, len(message.text))]
    others = any(learned_answers.told_of(as_message(message, *span, learned=True), TOLD_OF) for span in spans)
    if len(message.sentences) == 1:
        if any(part.asks for part in split(message.text)):
            return
        if whole and learned_answers.adds_to_the_reason(message) and not others:
            yield message
            return
    sentences = sentence_spans(message.text, message.unbroken)
    ends = {end for _, end in sentences}
    if message.intent.startswith("faq_") and message.confidence >= CERTAIN:
        return  # a question, beyond doubt, that tells a condition: 'jeg stammer, bliver sådan noget regnet med'
    begins: int | None = None
    last = 0
    for start, end in spans:
        clause = as_message(message, start, end, learned=True) if len(spans) > 1 else message
        adds = learned_answers.adds_to_the_reason(clause)
        if begins is not None and not adds and learned_answers.told_of(clause, TOLD_OF):
            yield as_message(message, begins, last, learned=True)
            begins = None
        elif begins is not None or (adds and _tells_nothing_else(clause)):
            begins = _begins(message, start, sentences) if begins is None else begins
            # What is said behind it, and is no reason, is left off: '..., så hun skal altså vide det'.
            last = end if adds or learned_answers.may_tell_a_reason(clause) else last
        if begins is not None and any(start < one <= end for one in ends):
            yield as_message(message, begins, last, learned=True)
            begins = None
    if begins is not None:
        yield as_message(message, begins, last, learned=True)


def _begins(message: Message, start: int, sentences: Sequence[Span]) -> int:
    """Where the words begin that a clause needs: with its sentence, where it has no subject of its own."""
    first = next((begins for begins, end in sentences if begins <= start < end), start)
    return first if shares_its_subject(message.text[start:].lstrip()) else start


def _tells_nothing_else(clause: Message) -> bool:
    """Whether a clause tells a reason, and no other part of the request."""
    return learned_answers.tells_a_reason(clause, SURE) and not learned_answers.told_of(clause, TOLD_OF)


def _text(told: Message) -> str:
    """The words without those that ask to add them."""
    made = [one for one in edits_of(told.text, [(0, len(told.text))]) if one.operation == ADD and one.end]
    return own_words(told.text[made[0].start : made[0].end]) if made else bare(told.text)
