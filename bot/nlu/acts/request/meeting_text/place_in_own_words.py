"""A department that is on no list, named beside the meeting's day, hour or kind: 'Flintholm, 15/12 kl. 10'."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import pairwise

from bot.nlu.acts.request.learned_answers import surely_names_a_place
from bot.nlu.acts.request.meeting_text.departments import PLACE, UNKNOWN
from bot.nlu.acts.request.message import ANSWER, Found, Message
from bot.nlu.values.dates.canonical import lexicon
from bot.nlu.values.lexicon import Words, fold, word_set
from bot.nlu.values.people.names import are_uncommon
from common import patterns
from common.request import State

_WORD = patterns.compile(r"[^\W\d_][\w'’-]*")
_LETTERS = patterns.compile(r"\b[A-ZÆØÅ]{3,}\b")
# What ends a piece of the message; a value that is cut out becomes one of these. One space around 'og': a pattern that
# begins with any number of them takes the square of the time for a long run of spaces.
_END = patterns.compile(r"[.,;:!?()|\n]+|\s(?:og|men)\s", patterns.IGNORECASE)
_CUT = "|"
_MOST_WORDS, _FEWEST_LETTERS = 4, 3
_OF_A_MEETING = ("date", "time", "meeting_kind")
_CAPITAL = r"[^\W\d_a-zæøå][\w'’-]+"
# 'Susanne fra visitationen'
_SOMEBODY_FROM = patterns.compile(rf"\b({_CAPITAL}(?: {_CAPITAL})?) (?:fra|hos|i|på) (?:den |det )?$")
# 'en der hedder Dorthe'
_A_PERSON = patterns.compile(r"\ben (?:mand |dame |kvinde )?(?:som |der )?(?:hedder |kaldes )?$", patterns.IGNORECASE)


def with_place_in_own_words(message: Message, state: State) -> Message:
    """The message with the department that is asked for in the citizen's words, where it names none of ours.

    That is what is left beside a meeting value, or capital letters by themselves ('KFUM'): one to four words, names and
    uncommon ones, without the small words around them. With one of ours, who of it is met is part of its naming.
    """
    if named := message.values("department"):
        return _with_who(message, named[0]) if len(named) == 1 else message
    meeting = message.values(*_OF_A_MEETING) or (message.words <= _MOST_WORDS and _LETTERS.search(message.text))
    if PLACE[0] not in state.asks or not meeting or message.is_question or "?" in message.text:
        return message
    sure = surely_names_a_place(message)
    pieces = [found for piece in _pieces(message) if (found := _named(message.text, *piece, sure=sure))]
    beside = all(message.text[one[1] : next_[0]].strip() == "," for one, next_ in pairwise(pieces))
    if not pieces or not beside:
        return message
    start, end = pieces[0][0], pieces[-1][1]
    value = {"key": UNKNOWN, "text": message.text[start:end]}
    return replace(message, found=(*message.found, Found("department", value, start, end)))


def _with_who(message: Message, department: Found) -> Message:
    """The message with 'Susanne fra visitationen' as what its department is called."""
    who = _SOMEBODY_FROM.search(message.text[: department.start])
    if not who or not are_uncommon(who[1].split()):
        return message
    value = {**department.value, "text": message.text[who.start() : department.end]}
    called = replace(department, value=value, start=who.start())
    return replace(message, found=tuple(called if one is department else one for one in message.found))


def _pieces(message: Message) -> Iterable[tuple[int, int]]:
    """The spans between punctuation marks and values."""
    text = message.text
    for one in message.found:
        if one.entity not in (ANSWER, "name"):
            text = text[: one.start] + _CUT * (one.end - one.start) + text[one.end :]
    place = 0
    for end in [*_END.finditer(text), None]:
        yield place, end.start() if end else len(text)
        place = end.end() if end else place


def _named(text: str, start: int, end: int, *, sure: bool) -> tuple[int, int] | None:
    """The span of the name in a piece; None where its words are no name of a place.

    `sure`: the message is learnt to name one, so that common words may be its name.
    """
    words = list(_WORD.finditer(text, start, end))
    around = word_set("departments", "around_a_name")
    while words and fold(words[0].group()) in around:
        del words[0]
    while words and fold(words[-1].group()) in around:
        del words[-1]
    if words and _A_PERSON.search(text, start, words[0].start()):
        return None
    if not 1 <= len(words) <= _MOST_WORDS:
        return None
    if not sure and not any(_is_a_name(word.group()) for word in words):
        return None
    joins = word_set("departments", "within_a_name")
    others = (word.group() for word in words if not _is_a_name(word.group()))
    if not sure and any(word[0].islower() and fold(word) not in joins for word in others):
        return None
    return words[0].start(), words[-1].end()


def _is_a_name(word: str) -> bool:
    """Whether a word is no common one and no misspelling of one, and says nothing of what the meeting is."""
    folded = fold(word)
    short = len(folded) < _FEWEST_LETTERS or (len(folded) == _FEWEST_LETTERS and not word.isupper())
    of_a_meeting = folded.endswith(tuple(word_set("departments", "no_name_of_a_place")))
    return (
        not short and not of_a_meeting and _common().nearest(folded) not in _common().known and are_uncommon([folded])
    )


@cache
def _common() -> Words:
    return Words(word_set("common_words", "words") | lexicon().words.known)
