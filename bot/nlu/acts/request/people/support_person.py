"""Who the support person is, in the citizen's words (`support_person_text`)."""

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import FEW_WORDS, LIKELY, PLAIN
from bot.nlu.acts.request.message import Message, slot_names
from bot.nlu.acts.request.slot_values import Reading, given
from bot.nlu.clauses import bare
from bot.nlu.values.people.mentions import mark_people
from bot.nlu.values.people.names import are_uncommon
from common import patterns
from common.acts import CHANGE, SET, Act
from common.request import State
from common.slots import FREE_TEXT, LONGEST_SUPPORT_PERSON_TEXT, SUPPORT_PERSON_TEXT, TOLD_BESIDE
from common.texts import in_one_text

_POSSIBLE = "support_person_possible"
_KIN = ("relative", "child")
# What may stand beside a name in a short answer: 'ja louise kommer med'.
_BESIDE_A_NAME = frozenset(
    ("ja", "jo", "jep", "og", "min", "mit", "hun", "han", "det", "er", "hedder", "som", "kommer", "tager", "med")
)
_WORDS_OF_AN_ANSWER = 6
_WORDS_OF_A_LIMIT = 8
# In characters: ', og min søn tager med'.
_BEGINS = 6
_LIMITS = patterns.compile(
    r"^[ ,.;]{0,4}(?:(?:men|og|dog|altså) ){0,2}(?:kun|ikke|bare|undtagen)\b", patterns.IGNORECASE
)
_A_MEETING = patterns.compile(
    r"\b(?:møde|gang|første|and(?:en|et)|sidste|telefon|opkald|samtale|video)", patterns.IGNORECASE
)
_ALSO = patterns.compile(r"\b(?:også|ogs|desuden|begge)\b", patterns.IGNORECASE)
_PERHAPS = patterns.compile(r"\b(?:måske|hvis|muligvis|eventuelt|kan være|ved ikke)\b", patterns.IGNORECASE)
_COMES = patterns.compile(r"\b(?:kommer|tager|går|deltager|følger)\b", patterns.IGNORECASE)


def behind_its_name(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """What a message tells behind the name of the field: 'Bisidder: NN, kun den 10.'; no other value is read of it."""
    told = message.part("named_support_person")
    if not told or message.is_question or state.kind != "recording" or state.asked in FREE_TEXT:
        return None
    said = learned_answers.values(message, _POSSIBLE, PLAIN)
    if "no" in [*_said(message), *said] or message.cue("dont_know") or told.lower() in ("ja", "nej"):
        return None
    answer = "unsure" if "unsure" in [*_said(message), *said] else "yes"
    known = state.known.get(_POSSIBLE)
    acts = [] if known == answer else [Act(CHANGE if known else SET, answer, slot=_POSSIBLE)]
    return [*acts, *in_words(told, state, instead=True)]


def in_words(told: str, state: State, *, instead: bool = False) -> list[Act]:
    """The act that keeps the words: behind those that are known of other people, or `instead` of them all.

    Longer than the payload allows, they go to the remarks.
    """
    held = str(state.known.get(SUPPORT_PERSON_TEXT) or "")
    people = _people(told)
    instead = instead and not _ALSO.search(told)
    repeats = told in held or (_POSSIBLE in state.asks and people and people <= _people(held))
    if told == held or (repeats and not instead):
        return []  # 'Ja, det er Lone, som jeg skrev'
    lines = [] if instead else [line for line in held.split("\n") if line and _people(line).isdisjoint(people)]
    text = in_one_text([*lines, told])
    if len(text) > LONGEST_SUPPORT_PERSON_TEXT:
        return given({TOLD_BESIDE: told})
    corrects = held and _POSSIBLE in state.known
    return [Act(CHANGE if corrects else SET, text, slot=SUPPORT_PERSON_TEXT, words=told)]


def written(told: str, state: State, *, instead: bool = False) -> list[Act]:
    """The acts of words that are to be written: with them goes a no, and what is not answered is."""
    known = state.known.get(_POSSIBLE)
    answer = answer_of(told) if known in (None, "no") else []
    return [*(replace(act, act=CHANGE if known else SET) for act in answer), *in_words(told, state, instead=instead)]


def answer_of(told: str, message: Message | None = None) -> list[Act]:
    """The answer that words about who comes give by themselves: yes, or perhaps.

    `message`: what they stand in, with what is learnt of them: 'jeg spørger min søn, om han vil med'.
    """
    unsure = bool(_PERHAPS.search(told)) or (message is not None and _is_rather_unsure(told, message))
    return given({_POSSIBLE: "unsure" if unsure else "yes"})


def says_who(clause: Message, asks: Sequence[str]) -> bool:
    """Whether a clause says who the support person is: 'min nabo Grethe kommer måske', 'Lone Juul er bisidder'."""
    if tuple(asks) == (_POSSIBLE,) and _names_in_small_letters(clause):
        return True
    people = mark_people(clause.text).people.values()
    asked = tuple(asks) == (_POSSIBLE,)
    learned = learned_answers.values(clause, _POSSIBLE, LIKELY if asked else PLAIN)
    said = {*_said(clause), *(learned if asked or clause.cue("brings") else ())}
    if not (people or clause.cue("comes_oneself")) or "no" in (*said, *learned):
        return False
    if clause.values("behalf") and not asked:
        return False  # 'Jeg skriver for min far Ole'
    if any(one.name for one in people) and slot_names()[_POSSIBLE].search(clause.text.lower()):
        return True  # 'Skriv Louise Bech på som bisidder'
    answers = said or clause.cue("yes_first") or mentions_people_alone(clause)
    if asked and answers and any(one.name or one.kind in _KIN for one in people):
        return True  # 'Ja, min datter'
    return bool(said) and (clause.words > FEW_WORDS or any(one.name for one in people))


def told_in_a_text(message: Message, state: State) -> list[Act]:
    """The answer that a clause of a text gives, with who comes along; empty where none does."""
    for one in message.clauses:
        clause = as_message(message, one.start, one.end, learned=True)
        # 'Så jeg kan høre det sammen med min nevø' says nothing of the meeting.
        said = [found.value for found in clause.values("support_person") if found.start <= _BEGINS]
        said = [answer for answer in said if answer != "no"]
        if said and says_who(clause, ()) and not clause.is_question:
            return [*given({_POSSIBLE: said[0]}), *in_words(bare(clause.text), state)]
    return given(learned_answers.in_a_clause(message, _POSSIBLE)) if message.cue("brings") else []


def says_one_comes(clause: Message) -> bool:
    """Whether a clause says that somebody comes along: 'Torben tager også med ind'."""
    return bool({*_said(clause)} - {"no"})


def says_on_what_it_depends(clause: Message) -> bool:
    """Whether a clause says on what a support person depends: 'jeg tager selv med, hvis jeg kan få fri'."""
    unsure = learned_answers.values(clause, _POSSIBLE, PLAIN) == ["unsure"]
    of_somebody = bool(_people(clause.text)) or clause.cue("brings")
    says = unsure or _said(clause) == ["unsure"]
    return clause.words > FEW_WORDS and of_somebody and says and not clause.cue("dont_know")


def says_of_somebody(message: Message) -> bool:
    """Whether a message says of a person that they come along: 'det er mig, der er med, og kun den 10.'."""
    return message.cue("brings") and (bool(_people(message.text)) or message.cue("comes_oneself"))


def speaks_of_known(words: str, held: str) -> bool:
    """Whether words say that somebody comes who is known to come along: 'Nour kommer kun til møde 1'."""
    named = {one.name for one in mark_people(held).people.values() if one.name}
    return any(name in words for name in named) and bool(_COMES.search(words))


def limits(clause: Message) -> bool:
    """Whether a clause only says to which meetings somebody comes: 'men kun til det første', 'ikke telefonen'."""
    of_a_meeting = clause.values("date", "meeting_kind", "department") or _A_MEETING.search(clause.text)
    return clause.words <= _WORDS_OF_A_LIMIT and bool(_LIMITS.match(clause.text) and of_a_meeting)


def is_named(text: str, start: int, end: int) -> bool:
    """Whether somebody is named in that part of a text."""
    return any(one.name and start <= one.start < end for one in mark_people(text).people.values())


def mentions_people_alone(clause: Message) -> bool:
    """Whether a clause is no more than a person or two: 'min mand' before 'og min søn tager med'."""
    return bool(_people(clause.text)) and clause.words <= FEW_WORDS and not clause.has_values


def _names_in_small_letters(clause: Message) -> bool:
    """Whether a short answer is a name beside small words: 'ja louise'."""
    words = [word.strip(".,!").lower() for word in clause.text.split()]
    left = [word for word in words if word and word not in _BESIDE_A_NAME]
    return clause.cue("yes_first") and clause.words <= _WORDS_OF_AN_ANSWER and are_uncommon(left)


def _is_rather_unsure(told: str, message: Message) -> bool:
    start = message.text.find(told)
    inside = message.clauses and start >= 0
    clause = as_message(message, start, start + len(told), learned=True) if inside else message
    shares = {value: one.whole for value, one in clause.answers(_POSSIBLE).items()}
    return shares.get("unsure", 0.0) >= max(LIKELY, shares.get("yes", 0.0))


def _people(words: str) -> set[str]:
    """The people in the words, by name and relation."""
    people = mark_people(words).people.values()
    return {str(one) for person in people for one in (person.name, person.who) if one}


def _said(message: Message) -> list[str]:
    return [one.value for one in message.values("support_person")]
