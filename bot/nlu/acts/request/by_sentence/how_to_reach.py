"""Sentences that say how or when the citizen may be reached: no value of a request, and kept in its text as written."""

from dataclasses import replace

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.beside_an_answer import clause_spans
from bot.nlu.acts.request.clauses import Span, as_message, keep_spans
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import CONTACTS
from bot.nlu.acts.request.texts.edits import takes_out
from bot.nlu.acts.request.texts.text_changes import written_spans
from common import patterns
from common.acts import SMALL_TALK, Act
from common.request import State
from common.slots import BINDING, FREE_TEXT, MEETING, READ_FROM

_CUES = ("not_by_telephone", "reaches", "limits_reaching")
_GOES_ON = ("goes_on", "rest_of_an_address")
_REMOVES = ("removes_phone", "leaves_out_email")
_JOINER = patterns.compile(r"^\W*(?:(?:at|og|men|så|altså|for)\b\W*){1,3}", patterns.IGNORECASE)
_MARKS = " \n,;.!"


def split_off(message: Message, state: State) -> tuple[list[Act], Message | None] | None:
    """The acts of those sentences, and the message that is left; None where there are none, or a text is asked for."""
    answers = state.asked in CONTACTS and not message.values("email", "phone") and not message.cue("postal_address")
    if state.asked in (*FREE_TEXT, *READ_FROM.values()) or answers:
        return None
    told, left = list[Act](), list[Span]()
    # 'Skriv, at de kun må ringe om formiddagen' writes it by itself.
    written = written_spans(message, state)
    for start, end in sentence_spans(message.text, message.unbroken):
        said = message.within(start, end)
        pieces = clause_spans(said) or [(0, len(said.text))]
        here = range(0) if any(start < last and first < end for first, last in written) else _how(said, pieces, state)
        if here:
            words = _JOINER.sub("", said.text[pieces[here[0]][0] : pieces[here[-1]][1]]).strip(_MARKS)
            told.append(Act(SMALL_TALK, "how_to_reach", slot="how_to_reach", words=words))
        for place, (first, last) in enumerate(pieces):
            if not here or _tells_more(said.within(first, last), state, within=place in here):
                left.append((start + first, start + last))
    if len(told) > 1:
        told = [replace(told[0], words=". ".join(act.words for act in told))]
    rest = keep_spans(message, left, learned=True) if told and left else None
    return (told, rest if rest and rest.text.strip(_MARKS) else None) if told else None


def _how(sentence: Message, pieces: list[Span], state: State) -> range:
    """The clauses that say how, with those that explain it; none of a sentence about a meeting."""
    if takes_out(sentence.text):
        return range(0)  # 'Fjern lige "ring ikke"'
    if _says_where(sentence):
        return range(len(pieces))
    # 'I kan skrive til mig på bo@eksempel.dk' is the address alone.
    is_an_address = bool(sentence.values("email")) and not sentence.cue("limits_reaching")
    plainly = sentence.cue("not_by_telephone") and not is_an_address
    of_a_meeting = sentence.values("department", "date") or {*state.asks} & {*MEETING} or sentence.cue("asks_to_ring")
    if not plainly and (of_a_meeting or not (sentence.cue("reaches") and sentence.cue("limits_reaching"))):
        return range(0)
    said = [sentence.text[slice(*one)] for one in pieces]
    here = [n for n, one in enumerate(said) if any(sentence.cue_in(cue, one) for cue in _CUES)] or [0, len(said) - 1]
    last = here[-1] + 1
    while last < len(said) and _explains(sentence, pieces[last]):
        last += 1
    return range(here[0], last)


def _explains(sentence: Message, piece: Span) -> bool:
    """Whether a clause goes on about the one before it, or says why: 'jeg kan ikke høre, hvad der bliver sagt'."""
    said = as_message(sentence, *piece, learned=True)
    return any(map(said.cue, _GOES_ON)) or learned_answers.tells_why_beside(said)


def _says_where(sentence: Message) -> bool:
    """Whether a sentence says where an answer is to be sent, with no value that a field holds."""
    told = sentence.values("email", "phone", "department", "date") or sentence.cue("the_meeting")
    return not told and (sentence.cue("wishes_an_answer") or sentence.cue("postal_address"))


def _tells_more(clause: Message, state: State, *, within: bool) -> bool:
    """Whether a clause is read besides; one that says how, where it tells who writes."""
    told = clause.values("name", "email", "phone", "behalf") if within else clause.has_values or clause.is_question
    bare = not within and clause.words <= FEW_WORDS and not state.pending and state.asked not in BINDING
    return bool(told) or bare or any(map(clause.cue, _REMOVES))
