"""Sentences that say how or when the citizen may be reached: no value of a request, and kept in its text as written."""

from dataclasses import replace

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.by_sentence.beside_an_answer import clause_spans
from bot.nlu.acts.request.clauses import Span, as_message, keep_spans
from bot.nlu.acts.request.limits import FEW_WORDS, REACHES, REACHES_BEYOND_DOUBT, REACHES_IN_FEW_WORDS, TOLD_OF
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import CONTACTS
from bot.nlu.acts.request.texts.edits import is_edit, takes_out
from bot.nlu.acts.request.texts.text_changes import written_spans
from bot.nlu.clauses import bare
from common import patterns
from common.acts import SET, Act
from common.request import State
from common.slots import BINDING, FREE_TEXT, LOOSE, MEETING, READ_FROM, TOLD_BESIDE
from common.texts import in_one_text

# With one of these a clause may tell a value of the request.
_TOLD = {"name", "department", "date", "email", "phone", "meeting_kind"}
_REMOVES = ("removes_phone", "leaves_out_email")
_JOINER = patterns.compile(r"^\W*(?:(?:at|og|men|så|altså|for)\b\W*){1,3}", patterns.IGNORECASE)
_MARKS = " \n,;.!"


def split_off(message: Message, state: State) -> tuple[list[Act], Message | None] | None:
    """The acts of those sentences, and the message that is left; None where there are none, or a text is asked for."""
    answers = state.asked in CONTACTS and not message.values("email", "phone") and not message.cue("postal_address")
    # 'Hele referatet. Jeg har kun telefon, 22 33 44 55, ingen mail' tells more than the text.
    in_text = state.asked in (*FREE_TEXT, *READ_FROM.values()) and not message.values("email", "phone")
    if in_text or state.asked == "question_text" or answers or message.is_labelled("cancel"):
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
            told.append(Act(SET, words, slot=TOLD_BESIDE, words=words))
        for place, (first, last) in enumerate(pieces):
            if not here or _tells_more(said.within(first, last), state, within=place in here):
                left.append((start + first, start + last))
    if len(told) > 1:
        both = in_one_text(act.words for act in told)
        told = [replace(told[0], value=both, words=both)]
    rest = keep_spans(message, left, learned=True) if told and left else None
    return (told, rest if rest and rest.text.strip(_MARKS) else None) if told else None


def _how(sentence: Message, pieces: list[Span], state: State) -> range:
    """The clauses that say how, with those that explain it."""
    if takes_out(sentence.text):
        return range(0)  # 'Fjern lige "ring ikke"'
    # A message of one clause has its learnt answers as a whole.
    said = [as_message(sentence, *piece, learned=True) if sentence.clauses else sentence for piece in pieces]
    # 'Svaret skal sendes til en anden mail, nemlig niels@eksempel.dk' tells the address.
    address = bool(sentence.values("email", "phone"))
    here = [n for n, one in enumerate(said) if _says_how(one, state) and not (address and _names_a_contact(one))]
    if not here:
        return range(0)
    first, last = here[0], here[-1] + 1
    while last < len(said) and _explains(said[last]) and not _answers(said[last], state):
        last += 1
    # 'Jeg hører dårligt, så en sms duer ikke'
    while first and _says_why(said[first - 1]):
        first -= 1
    return range(first, last)


def _names_a_contact(clause: Message) -> bool:
    return not {*clause.named_slots()}.isdisjoint(CONTACTS)


def _answers(clause: Message, state: State) -> bool:
    """Whether a clause answers what is asked for: 'kun til min mand og mig', 'begge er på telefonen'."""
    learnt = state.asked in LOOSE and learned_answers.values(clause, str(state.asked))
    return bool(learnt or clause.values(*state.asks))


def _says_how(clause: Message, state: State) -> bool:
    if _answers(clause, state) or (clause.cue("denies_sending") and clause.cue("says_send")):
        return False
    # 'De ringer til mig' may tell how a meeting is held, 'I kan skrive til mig på bo@eksempel.dk' is the address alone.
    told = {one.entity for one in clause.found} & _TOLD
    of_a_meeting = told or {*state.asks} & {*MEETING} or {*learned_answers.told_of(clause, TOLD_OF)} & {*MEETING}
    few = len(bare(clause.text).split()) <= FEW_WORDS  # 'på telefonen', 'til min mand'
    least = REACHES_IN_FEW_WORDS if few else REACHES_BEYOND_DOUBT if of_a_meeting else REACHES
    # 'Skriv også, at jeg er ordblind', 'skriv min mors navn'
    says_else = clause.cue("plain_send") or is_edit(clause.text) or "applicant_name" in clause.named_slots()
    return not says_else and learned_answers.says_how_to_reach(clause, least)


def _explains(clause: Message) -> bool:
    """Whether a clause goes on about the one before it, or says why: 'jeg kan ikke høre, hvad der bliver sagt'."""
    return clause.cue("goes_on") or clause.cue("rest_of_an_address") or _says_why(clause)


def _says_why(clause: Message) -> bool:
    return learned_answers.tells_why_beside(clause) and not clause.values("name", "email", "phone", "date", "time")


def _tells_more(clause: Message, state: State, *, within: bool) -> bool:
    """Whether a clause is read besides; one that says how, where it tells who writes."""
    told = clause.values("name", "email", "phone", "behalf") if within else clause.has_values or clause.is_question
    bare = not within and clause.words <= FEW_WORDS and not state.pending and state.asked not in BINDING
    return bool(told) or bare or any(map(clause.cue, _REMOVES))
