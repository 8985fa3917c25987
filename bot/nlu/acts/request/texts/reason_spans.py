"""The words of a message that give a reason (conversation.md, What every citizen can rely on, 4).

A sentence is kept from its first clause with content to its last; clauses that only wish or say who, where or when are
left off at both ends. Sentences after it that tell more are kept.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import (
    EACH_OF_A_REASON,
    FEW_WORDS,
    MORE_OF_A_REASON,
    PLAIN,
    REASON_BY_ITSELF,
    WORDS_BESIDE,
)
from bot.nlu.acts.request.meeting_text.parts import ENTITIES, blanked, cue, other_words
from bot.nlu.acts.request.message import Found, Message, cues
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.ground_mentions import THING, Mention, said_of_grounds, states, word
from bot.nlu.acts.request.texts.said_to_us import is_to_us
from bot.nlu.clauses import runs_on
from bot.nlu.parts import without_greeting
from common import patterns
from common.slots import FREE_TEXT
from common.texts import sentences_in_one_text

Span = tuple[int, int]

# Says who writes: 'jeg skriver for min mor, som er dement'.
_WHO_WRITES = patterns.compile(r"\b(på vegne af|jeg (skriver|spørger) for)\b", patterns.IGNORECASE)
_CLAUSE = patterns.compile(
    r"[,;:]\s+|\s(?=(?:og|men|fordi|eftersom|(?:for|da|så) (?:at\s)?(?:jeg|vi|hun|han|der|det|de|man|i)\b)\b)",
    patterns.IGNORECASE,
)
_JOINS = patterns.compile(r"^(?:\W|(?:og|men)\s)+", patterns.IGNORECASE)
_WHO = ("name", "email", "phone", "reference")
# Entities of answers to other questions.
_ANSWERS = ("support_person", "recording_purpose", "recording_medium", *_WHO)
# Who comes along may be the reason as well, within its sentence (conversation.md, 4).
_ANSWERS_IN_A_SENTENCE = ("recording_purpose", "recording_medium", *_WHO)
_GROUNDS = "recording_grounds"
_MARKS = " \n,;:"


def reason_in(message: Message, *, behind: int | None = None) -> str | None:
    """The words of the reason; None for none. `behind`: end of an answer after which a reason may stand."""
    spans = sentence_spans(message.text, message.unbroken)
    spots = _spots(message, spans)
    grounds = {*learned_answers.grounds(message)} - {"other"}
    if behind is not None and not spots and not message.is_question and grounds:
        spots = [next((mark.end() for mark in _CLAUSE.finditer(message.text, behind)), len(message.text) - 1)]
    pieces: list[str] = []
    for start, end in spans:
        here = [spot for spot in spots if start <= spot < end]
        if here and _tells(message, (start, end)):
            pieces.append(_reason_in(message, (start, end), here))
        elif pieces and (more := _more_in(message, (start, end))):
            pieces.append(more)
    said = without_greeting(sentences_in_one_text(pieces))
    return said[: FREE_TEXT["recording_explanation"]] if len(said.split()) >= FEW_WORDS else None


def _tells(message: Message, span: Span) -> bool:
    """Whether a sentence tells a reason, by its words or as learnt: 'nå, lad os prøve' does not."""
    said = message.cue_in("because", message.text[slice(*span)])
    said = said or any(_is_learnt_as_a_reason(one) for one in message.clauses if span[0] <= one.start < span[1])
    return said or learned_answers.tells_a_reason(as_message(message, *span, learned=True), MORE_OF_A_REASON)


def begins_with_a_reason(message: Message) -> bool:
    """Whether a message starts with its reason."""
    found = cues()["because"].search(message.text.lower())
    if found and word("aims").search(found.group()):
        return False  # 'så jeg kan høre det igen' is what it is for
    told = learned_answers.grounds(message) or message.values("recording_grounds")
    return bool(found and told and message.cue_in("before_a_reason", message.text[: found.start()]))


def _spots(message: Message, spans: Sequence[Span]) -> list[int]:
    """Positions where reasons begin or are told, outside questions and sentences about the writer or contact."""
    said = said_of_grounds(message)
    # 'Jeg prøver på dansk' only names a thing.
    told = (one for one in said.mentions if one.ground in said.told and not (one.denied or one.how == THING))
    named = (one for one in said.mentions if one.how == THING and not one.denied and _falls_short(message, one))
    found = [one.place for one in (*told, *named) if _is_told(message, one)]
    conditions = (one for one in said.clauses if states(message, one) and _is_condition(message, one))
    found += [one[0] for one in conditions if not _names_a_place(message, one)]
    for clause in message.clauses:
        grounds = {one["value"] for one in clause.value if one["slot"] == _GROUNDS and one["part"] >= PLAIN}
        if _names_a_place(message, (clause.start, clause.end)):
            continue
        of_itself = _is_learnt_as_a_reason(clause) and not message.within(clause.start, clause.end).is_question
        stated = said.may_tell(clause.start, message) and states(message, (clause.start, clause.end))
        if of_itself or (grounds - {"other"} and stated):
            found.append(clause.start)
    for start, end in spans:
        sentence = message.text[start:end].lower()
        if found or message.cue_in("wish_recording", sentence):
            reasons = cues()["because"].finditer(sentence)
            found += [start + one.start() for one in reasons if _gives_a_reason(sentence[one.start() :])]
    of_who = [clause for span in spans for clause in _of_who(message, span)]
    return sorted({one for one in found if not any(start <= one < end for start, end in of_who)})


def _is_learnt_as_a_reason(clause: Found) -> bool:
    """Whether a clause tells a reason by what is learnt, whatever it names: 'jeg ryster for meget til at skrive'."""
    shares = {(one["slot"], one["value"]): one["part"] for one in clause.value}
    each = [shares.get(("told_beside", "reason"), 0.0), shares.get(("reason", "told"), 0.0)]
    return min(each) >= EACH_OF_A_REASON and sum(each) / len(each) >= REASON_BY_ITSELF


def _names_a_place(message: Message, clause: Span) -> bool:
    """Whether a clause says little beside the name of a department: 'Hjerneskadecentret tror jeg'."""
    named = any(clause[0] <= one.start < clause[1] for one in message.values("department"))
    return named and _other_words(message, clause) < FEW_WORDS


def _of_who(message: Message, span: Span) -> Iterator[Span]:
    """The clauses of a sentence about the writer, contact or terms, with those that say more of somebody named there.

    'Jeg skriver for min mor, som er dement'; not 'jeg skriver for min søn, han har svært ved at forstå'.
    """
    before = False
    for clause in _clauses(message, span):
        said = message.text[slice(*clause)]
        before = is_of_who(message, said) or (before and bool(word("says_more_of_one").match(said.lower())))
        if before:
            yield clause


def _falls_short(message: Message, one: Mention) -> bool:
    """Whether a clause says that a thing fails: 'min hukommelse er ikke, hvad den har været'."""
    return one.lacks or bool(word("denies").search(message.text[slice(*one.clause)].lower()))


def _is_told(message: Message, one: Mention) -> bool:
    """Whether a ground is told as a condition of somebody, or behind a 'for jeg' in a question."""
    said = message.text[slice(*one.clause)].lower()
    because = cues()["because"].search(said) and not word("in_general").search(said)
    return states(message, one.clause, one.ground) or bool(because)


def _is_condition(message: Message, clause: Span) -> bool:
    return bool(word("conditions").search(message.text[slice(*clause)].lower()))


def _gives_a_reason(said: str) -> bool:
    """Whether words that begin with 'fordi' or 'så jeg kan' give a reason: an aim does so by what is to be heard."""
    return not word("aims").match(said) or bool(word("aims_at").search(said))


def is_of_who(message: Message, said: str) -> bool:
    """Whether words are about the writer, contact or terms."""
    return bool(_WHO_WRITES.search(said)) or any(
        message.cue_in(cue, said) for cue in ("not_by_telephone", "of_the_terms")
    )


def _reason_in(message: Message, span: Span, spots: Sequence[int]) -> str:
    """The clauses of a sentence from the first with content to the last, reasons included."""
    clauses = _clauses(message, span)
    has_spot = [any(start <= spot < end for spot in spots) for start, end in clauses]
    # A clause without the wish goes first: 'jeg vil optage for min mor med demens, fordi ...'.
    wishes = [message.cue_in("wish_recording", message.text[slice(*one)]) for one in clauses]
    own = [spot and not wish for spot, wish in zip(has_spot, wishes, strict=True)]
    has_spot = own if any(own) else has_spot
    first, last = has_spot.index(True), len(has_spot) - 1 - has_spot[::-1].index(True)
    before = next((n for n in range(first) if not _is_plain(message, clauses[n])), first)
    if _asks(message, clauses[before]):
        before = first
    while before and _lacks_its_subject(message, clauses, before):
        before -= 1
    while last + 1 < len(clauses) and not (
        _asks(message, clauses[last + 1])
        or _answers(message, clauses[last + 1], _answered_in(message, clauses[last + 1]))
    ):
        last += 1
    while last > first and not has_spot[last] and _tells_values_only(message, clauses[last]):
        last -= 1
    said = message.text[clauses[before][0] : clauses[last][1]].strip()
    # The question mark belongs to the wish: 'må vi optage, så han kan høre det igen?'
    return _JOINS.sub("", said.rstrip("?") if clauses[before][0] > span[0] else said)


def _lacks_its_subject(message: Message, clauses: Sequence[Span], place: int) -> bool:
    """Whether a clause shares the subject of the one before it: 'Jeg er 67 og har en hjerneskade'."""
    said, before = (message.text[slice(*one)].strip() for one in (clauses[place], clauses[place - 1]))
    return shares_its_subject(said) and not message.cue_in("wish_recording", before)


def shares_its_subject(said: str) -> bool:
    """Whether words have no subject of their own, and make no sense without those before them."""
    return bool(word("shares_subject").match(said.lower()))


def _clauses(message: Message, span: Span) -> list[Span]:
    marks = [mark.end() for mark in _CLAUSE.finditer(message.text, *span)]
    # 'Jeg vil optage mødet jeg har haft en blodprop'
    marks += [one.start for one in message.clauses if one.start not in marks and runs_on(message.text, one.start)]
    marks.sort()
    return list(pairwise([span[0], *(mark for mark in marks if span[0] < mark < span[1]), span[1]]))


def _asks(message: Message, span: Span) -> bool:
    """Whether a clause asks; subordinate questions do not."""
    said = message.text[slice(*span)].strip(_MARKS)
    # Question order without a question: '..., så kan jeg ikke huske det bagefter'.
    tells = said.lower().startswith(("hv", "og ", "så ", "men "))
    if word("asks_by_order").search(said.lower()):
        return True
    return message.cue_in("question", said) and (said.endswith("?") or not tells)


def _answers(message: Message, span: Span, answers: Sequence[str] = _ANSWERS) -> bool:
    """Whether the span has an answer to another question."""
    return any(span[0] <= one.start < span[1] for one in message.found if one.entity in answers)


def _answered_in(message: Message, span: Span) -> Sequence[str]:
    """Entities that make a clause an answer: who comes along does so only where nothing joins it to the reason."""
    joined = _JOINS.match(message.text[slice(*span)].strip())
    return _ANSWERS_IN_A_SENTENCE if joined else _ANSWERS


def _is_plain(message: Message, span: Span) -> bool:
    """Whether a clause only wishes or says who, where or when."""
    said = message.text[slice(*span)]
    if message.cue_in("wish_recording", said) or message.cue_in("wish_notes", said) or is_of_who(message, said):
        return True
    return _other_words(message, span) == 0


def _tells_values_only(message: Message, span: Span) -> bool:
    """Whether a clause is plain by what it tells: '..., og min mand er på arbejde' tells no value of a request."""
    tells = any(span[0] <= one.start < span[1] for one in message.found if one.entity in (*ENTITIES, *_ANSWERS))
    said = message.text[slice(*span)]
    tells = tells or bool(cue("a_meeting").search(said)) or len(said.split()) <= FEW_WORDS
    return tells and _is_plain(message, span)


def _other_words(message: Message, span: Span) -> int:
    text = blanked(message.text, (one for one in message.found if one.entity in (*ENTITIES, *_ANSWERS)))
    return other_words(cues()["around_a_wish"].sub(" ", text[slice(*span)].lower()))


def _more_in(message: Message, span: Span) -> str:
    """More of the reason in a following sentence; '' where it asks or answers something else."""
    said = message.text[slice(*span)].strip()
    of_a_meeting = any(span[0] <= one.start < span[1] for one in message.values("date", "time"))
    if of_a_meeting or _answers(message, span) or said.endswith("?") or _WHO_WRITES.search(said):
        return ""
    if word("speaks_to_us").search(said.lower()) or is_to_us(said):
        return ""
    if not _tells(message, span):
        return ""
    clauses = _clauses(message, span)
    telling = [one for one in clauses if not _is_plain(message, one) and _other_words(message, one) > WORDS_BESIDE]
    return message.text[clauses[0][0] : telling[-1][1]].strip(" \n,;:") if telling else ""
