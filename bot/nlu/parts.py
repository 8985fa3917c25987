"""A message split into its parts: sentences, and the questions and wishes that stand in one sentence."""

from dataclasses import dataclass
from functools import lru_cache

import yaml

from bot.nlu.values import find_values
from common import patterns
from common.clock import now
from common.settings import ROOT

MOST = 12
_FILE = ROOT / "data" / "values" / "parts.yml"
# 'Hej', 'nå': shorter pieces say nothing by themselves, and belong to what follows.
_LEAST_WORDS = 2
# In characters, its full stop among them: 'nr.' is none.
_LEAST_SENTENCE = 3
# In characters: '1.' numbers what follows.
_LONGEST_NUMBERING = 2
# No part ends inside one of these: 'd. 4. December kl. 10 - 12'.
_WHOLE = ("email", "phone", "date", "time", "reference")
_NUMBER_OR_ADDRESS = patterns.compile(r"[\d@]")
# What stands around a piece, and is none of it.
_MARKS = " ,.;:!\n-"
# So many ways to cut a part are tried: each costs the model two more texts.
_WAYS = 3
# So much is looked at to find parts: the model reads no more of a message. What stands behind is of the last part.
_LOOKED_AT = 1000


@dataclass(frozen=True)
class Part:
    """`text` stands at `start` to `end` of the message. `asks`: it has the form of a question; `why`: of why we ask.

    `insists`: it says that something was asked.
    """

    text: str
    start: int
    end: int
    asks: bool
    why: bool = False
    insists: bool = False


@dataclass(frozen=True)
class _Words:
    """The compiled words of data/values/parts.yml.

    `unmarked` stands where a question may begin without a mark; `plainly` begins one that needs none behind it either.
    """

    boundary: patterns.Pattern
    question: patterns.Pattern
    asking: patterns.Pattern
    why: patterns.Pattern
    insists: patterns.Pattern
    introduces: patterns.Pattern
    alone: patterns.Pattern
    condition: patterns.Pattern
    joiner: patterns.Pattern
    quotes: patterns.Pattern
    greeting: patterns.Pattern
    unmarked: patterns.Pattern
    plainly: patterns.Pattern
    complains: patterns.Pattern


@lru_cache(maxsize=1)
def _words() -> _Words:
    file = {name: "|".join(map(str, words)) for name, words in yaml.safe_load(_FILE.read_text("utf-8")).items()}
    joiners = rf"(?:(?:{file['joiners']})\s+)"
    somebody = rf"\s+(?:{file['subjects']}|i)\b"
    # 'Hvad koster det' asks; 'hvad det koster' is part of a sentence that asks or tells.
    asks = rf"(?:{file['verbs']}){somebody}|(?:{file['verbs_of_place']})\s+(?:{file['subjects']}|(?-i:I))\b"
    direct = rf"(?:(?:{file['openers']})\b(?!\s+(?:{file['subjects']})\b)|{asks})"
    indirect = rf"(?:{file['openers']}|om){somebody}"
    begins = rf"(?:{direct}|(?:{file['wishes']}|{file['orders']})\b)"
    asking = rf"\b(?:{file['asking']}|{file['orders']})"
    greeting = rf"(?:(?:{file['greetings']})[ ,.!]+)"
    condition = rf"\W*{joiners}{{0,3}}(?:{file['conditions']})\b[^.!?\n]{{0,150}}"
    # Of these alone: 'er' and 'har' stand in sentences of every kind.
    turned = rf"(?:{file['modals']}){somebody}"
    boundary = (
        rf"(?<!(?:\d|\b(?:{file['abbreviations']}))\.)(?<=[.!?])\s+|(?<=\d\.)\s+(?=(?-i:[A-ZÆØÅ]))"
        # 'Mandag kl. 9. koster det noget': an hour ends the sentence, whatever follows.
        r"|(?<=\bkl(?:okken|\.)?\s{0,2}\d{1,2}(?:[.:]\d{2})?\.)\s+"
        r"|\s*[\n;]\s*(?:[-*•]\s+)?|\s+[-–]\s+"
        # '2. skal de vide det', 'b) skal de vide det', and not 'den 2. Skal de vide det'.
        rf"|\s*(?<!\b(?:{file['abbreviations']}|{file['before_numbers']})\.?\s{{0,3}})\b(?:\d[.)]|[a-h]\))\s+(?={joiners}{{0,3}}{begins})"
        rf"|\s*,\s*(?={joiners}{{0,3}}{begins})"
        # 'Jeg vil gerne spørge: må ...'
        rf"|(?<={asking}\s*):\s+(?={joiners}{{0,3}}(?:{file['openers']}|{file['verbs']})\b)"
        # 'Jeg vil spørge, hvem der bestemmer, hvor lang tid det tager': each is asked.
        rf"|(?<={asking}\b[^.!?\n]{{0,200}})\s*,\s*(?={joiners}{{0,3}}(?:{indirect}|(?:{file['openers']})\b))"
        # 'Må jeg filme mødet må jeg tage min søn med' asks twice.
        rf"|(?<=\b{turned}\s[^.!?,\n]{{4,80}})(?<!\b(?:{file['openers']}|{file['joiners']}|jeg|man|hvis))\s+(?={turned})"
        # 'Hvem bestemmer, om jeg må' is one question; 'hvem bestemmer, og om de skal vide det' is two.
        rf"|(?:\s*,\s*|\s+)(?={joiners}{{1,3}}(?:{begins}|{indirect}))"
    )
    return _Words(
        patterns.compile(boundary, patterns.IGNORECASE),
        patterns.compile(
            rf"(?:(?:{condition}|\w+),|{condition}(?=\s{turned}))?\W*{greeting}{{0,2}}{joiners}{{0,3}}(?:{direct}|{indirect})",
            patterns.IGNORECASE,
        ),
        patterns.compile(rf"{asking}\b", patterns.IGNORECASE),
        patterns.compile(rf"\W*{joiners}{{0,3}}(?:{file['why']})\b", patterns.IGNORECASE),
        patterns.compile(rf"\b(?:{file['insists']})\b", patterns.IGNORECASE),
        patterns.compile(
            rf"(?!.*\b(?:{file['openers']})\b|{joiners}{{0,3}}{direct}).*{asking}(?: lige| om| mig)*\W*",
            patterns.IGNORECASE,
        ),
        patterns.compile(file["alone"], patterns.IGNORECASE),
        # 'Hvis jeg får lov, må jeg så vise den': one question. 'Hvis I siger nej, og må jeg så klage': two.
        patterns.compile(condition, patterns.IGNORECASE),
        patterns.compile(joiners, patterns.IGNORECASE),
        patterns.compile(rf"\b(?:{file['quotes']})\b[^.!?:\n]{{0,40}}:", patterns.IGNORECASE),
        patterns.compile(greeting, patterns.IGNORECASE),
        patterns.compile(
            rf"(?<=[\w?)\"'])(?<!\b(?:{file['openers']}|{file['joiners']}|{file['before_questions']}))"
            rf"[ ,.;:!\n-]{{0,9}}\s(?={joiners}{{0,3}}{direct})",
            patterns.IGNORECASE,
        ),
        patterns.compile(rf"{joiners}{{0,3}}(?:(?:{file['openers']})\b|{turned})", patterns.IGNORECASE),
        patterns.compile(rf"\W*(?:{file['complains']})\W*(?=\w)", patterns.IGNORECASE),
    )


def asked_again(text: str) -> str:
    """The question that a complaint of an answer names: of 'du svarede ikke på, hvem der får det' the second half."""
    complaint = _words().complains.match(text)
    return text[complaint.end() :] if complaint else text


def split(text: str) -> list[Part]:
    """The parts of a message in their order, at most twelve: what lies behind is part of the last."""
    words = _words()
    spans: list[tuple[int, int]] = []
    start = 0
    for found in _boundaries(text):
        if len(spans) == MOST - 1:
            break
        piece = text[start : found.start()]
        if found.group().startswith(":"):
            start = found.end()  # 'Jeg vil gerne spørge: må ...' asks what stands behind it
            continue
        if words.condition.fullmatch(piece) and not words.joiner.match(text, found.end()):
            continue
        if _says_something(piece):
            spans.append((start, found.start()))
        if _says_something(piece) or not piece.strip() or piece.rstrip().endswith(":"):
            start = found.end()
    spans.append((start, len(text)))
    tail = text[slice(*spans[-1])]
    # 'Må jeg filme? Lyd': behind a question a word alone may be the answer.
    answers = text[: spans[-1][0]].rstrip().endswith("?") and tail.strip(_MARKS)
    if len(spans) > 1 and not (_says_something(tail) or answers):
        last = spans.pop()
        spans[-1] = (spans[-1][0], last[1])
    return [_part(text, begin, end) for begin, end in spans]


def _boundaries(text: str) -> list[patterns.Match]:
    """Where a part may end: in no text of the citizen's own behind a colon, and inside no value."""
    words = _words()
    quoted = words.quotes.search(text, 0, _LOOKED_AT)
    found = list(words.boundary.finditer(text, 0, quoted.end() if quoted else _LOOKED_AT))
    if not found or not _NUMBER_OR_ADDRESS.search(text, 0, _LOOKED_AT):
        return found
    values = [one for one in find_values(text[:_LOOKED_AT], now()) if one.entity in _WHOLE]
    return [one for one in found if not any(value.start < one.start() < value.end - 1 for value in values)]


def ways_to_cut(text: str, part: Part, *, in_form: bool) -> list[tuple[Part, Part]]:
    """Where a question may begin inside a part: 'lyd og må jeg filme', 'jeg hører dårligt hvem bestemmer det'.

    The longest question first. Order alone does not tell a question from 'på torsdag kan jeg ikke': whoever asks takes
    the first way of which the second half is a question without doubt. `in_form`: a word alone may be an answer.
    """
    words = _words()
    asked = part.text.rstrip().endswith("?")
    if part.text.rstrip().endswith((".", "!")):
        return []  # who ends a sentence with a full stop tells: 'Optagelsen skal jeg bruge som bevis.'
    quoted = words.quotes.search(text, 0, _LOOKED_AT)
    ways = []
    for found in words.unmarked.finditer(text, part.start, min(part.end, quoted.end() if quoted else _LOOKED_AT)):
        first, second = _part(text, part.start, found.start()), _part(text, found.end(), part.end)
        tells = first.text.strip(_MARKS) and (in_form or not words.greeting.fullmatch(f"{first.text.strip()} "))
        marked = asked or is_joined(text, first, second)
        plain = marked or (len(first.text.split()) >= _LEAST_WORDS and words.plainly.match(second.text))
        if tells and plain and not first.asks and second.asks:
            ways.append((first, second))
    return ways[:_WAYS]


def is_joined(text: str, first: Part, second: Part) -> bool:
    """Whether a mark or a joiner ('og') stands between the halves of a part."""
    between = text[first.end : second.start]
    return "\n" in between or bool(between.strip() or _words().joiner.match(second.text))


def _part(text: str, start: int, end: int) -> Part:
    part = text[start:end]
    words = _words()
    # 'Jeg vil gerne vide' asks nothing without what follows.
    asking = words.asking.search(part) and not words.introduces.fullmatch(part)
    # A question in a text of the citizen's own is one to Jura.
    quoted = words.quotes.search(part)
    asks = not quoted and (part.rstrip().endswith("?") or bool(words.question.match(part) or asking))
    return Part(part, start, end, asks, bool(words.why.match(part)), bool(words.insists.search(part)))


def _says_something(text: str) -> bool:
    """Whether a piece says something by itself: two words, one that asks ('hvornår') or is a sentence ('Lyd.'), an
    address or a number.
    """
    word = text.strip()
    sentence = len(word) > _LEAST_SENTENCE and word[-1] in ".!" and word[:-1].isalpha()
    sentence = sentence and not _words().greeting.fullmatch(word)
    value = "@" in word or (len(word) > _LONGEST_NUMBERING and any(character.isdigit() for character in word))
    return (
        len(text.split()) >= _LEAST_WORDS
        or word.endswith("?")
        or bool(_words().alone.fullmatch(word))
        or sentence
        or value
    )


def begins_a_sentence(text: str, place: int) -> bool:
    """Whether a sentence begins there, and no part of one."""
    return not text[:place].strip() or text[:place].rstrip()[-1] in ".!?"
