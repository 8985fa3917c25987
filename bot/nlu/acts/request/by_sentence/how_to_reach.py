"""Sentences that say how or when the citizen may be reached: no value of a request, and kept in its text as written."""

from itertools import pairwise

from bot.nlu.acts.request.clauses import Span, keep_spans
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import ANSWER, Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import CONTACTS
from bot.nlu.acts.request.texts.edits import ADD, REPLACE
from bot.nlu.acts.request.texts.text_changes import edits
from bot.nlu.clauses import clauses
from common import patterns
from common.acts import SMALL_TALK, Act
from common.request import State
from common.slots import BINDING, FREE_TEXT, ORDER_OF_A_MEETING, READ_FROM

_WHO = ("name", "email", "phone", "behalf")
_MARKS = " \n,;.!"
_JOINER = patterns.compile(r"^\W*(?:(?:at|og|men|så|altså|for)\b\W*){1,3}", patterns.IGNORECASE)


def split_off(message: Message, state: State) -> tuple[list[Act], Message | None] | None:
    """The acts of those sentences, and the message that is left; None where there are none, or a text is asked for."""
    if state.asked in FREE_TEXT or state.asked in READ_FROM.values() or not _may_say_so(message, state):
        return None
    told, left = list[Act](), list[Span]()
    written = [one for one in edits(message, state) if one.operation in (ADD, REPLACE)]
    for start, end in sentence_spans(message.text, message.unbroken):
        pieces = _clauses(message, start, end)
        # 'Skriv, at de kun må ringe om formiddagen' writes it by itself.
        is_written = any(start < one.end and one.begins < end for one in written)
        if is_written or not (said := _how(message, pieces, {*state.asks} & {*ORDER_OF_A_MEETING} != set())):
            left.append((start, end))
            continue
        first, last = said
        between = bool(state.pending) or state.asked in BINDING
        left += [one for n, one in enumerate(pieces) if _tells_more(message, one, first <= n <= last, between=between)]
        words = _JOINER.sub("", message.text[pieces[first][0] : pieces[last][1]]).strip(_MARKS)
        told.append(Act(SMALL_TALK, "how_to_reach", slot="how_to_reach", words=words))
    if not told:
        return None
    rest = keep_spans(message, left, learned=True) if left else None
    return told, rest if rest and rest.text.strip(_MARKS) else None


def _may_say_so(message: Message, state: State) -> bool:
    """Where a contact alone is asked for, such words answer, unless one is given with them."""
    return state.asked not in CONTACTS or bool(message.values("email", "phone"))


def _clauses(message: Message, start: int, end: int) -> list[Span]:
    """The clauses of a sentence; none ends inside a value."""
    marks = [start + first for first, _ in clauses(message.text[start:end])[1:]]
    inside = [one for one in message.found if one.entity != ANSWER]
    marks = [one for one in marks if not any(value.start < one < value.end for value in inside)]
    return list(pairwise([start, *marks, end]))


def _how(message: Message, pieces: list[Span], of_a_meeting: bool) -> tuple[int, int] | None:
    """The numbers of the first and the last clause that say how; what explains them belongs to them."""
    said = [message.text[slice(*one)] for one in pieces]
    whole = "".join(said)
    plainly = message.cue_in("not_by_telephone", whole)
    within = message.within(pieces[0][0], pieces[-1][1])
    dated = any(one.entity == "department" or (one.entity == "date" and one.rule != "weekday") for one in within.found)
    if not plainly and (of_a_meeting or dated or message.cue_in("asks_to_ring", whole)):
        return None
    here = [
        n
        for n, one in enumerate(said)
        if any(message.cue_in(name, one) for name in ("not_by_telephone", "reaches", "limits_reaching"))
    ]
    reaches = plainly or (message.cue_in("reaches", whole) and message.cue_in("limits_reaching", whole))
    if not here or not reaches:
        return None
    last = here[-1]
    while last + 1 < len(said) and message.cue_in("goes_on_about_reaching", said[last + 1]):
        last += 1
    return here[0], last


def _tells_more(message: Message, clause: Span, within: bool, *, between: bool) -> bool:
    """Whether a clause is read besides: within those that say how, where it tells who writes or is written to.

    `between`: no slot is asked for that a bare word would answer.
    """
    said = message.within(*clause)
    if any(map(said.cue, ("removes_phone", "leaves_out_email"))):
        return True
    if within:
        return bool(said.values(*_WHO))
    return said.has_values or (said.words <= FEW_WORDS and not between) or said.is_question
