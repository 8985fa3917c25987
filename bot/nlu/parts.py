"""Message splitting: sentences, and the questions and wishes within a sentence.

docs/decisions/0017-several-questions-in-one-message.md
"""

from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.values import values_in
from common import patterns
from common.settings import ROOT
from common.yaml_files import read_yaml

MOST = 12
_FILE = ROOT / "data" / "values" / "parts.yml"
# Shorter pieces ('Hej', 'nå') are joined with what follows.
_LEAST_WORDS = 2
# In characters with the full stop, so that 'nr.' is no sentence.
_LEAST_SENTENCE = 3
# In characters: '1.' is a numbering.
_LONGEST_NUMBERING = 2
# Values that are never split: 'd. 4. December kl. 10 - 12'.
_UNSPLIT_VALUES = ("email", "phone", "date", "time", "reference")
_SIGNS = patterns.compile(r"""^[^\w"“”»«'(]+""")
_NUMBER_OR_ADDRESS = patterns.compile(r"[\d@]")
# Characters around a piece that are not part of it.
_MARKS = " ,.;:!\n-"
# Ways to cut a part that are tried; each costs the model two more texts.
_MOST_WAYS = 3
# Characters searched for parts, since the model reads no more of a message; the rest belongs to the last part.
_SEARCHED = 1000


@dataclass(frozen=True)
class Part:
    """A part of a message: `text`, from `start` to `end` of the message.

    `asks`: it has the form of a question. `why`: it asks why the form asks.
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
    """Compiled patterns of data/values/parts.yml.

    `unmarked` matches where a question may begin without a mark before it, `plainly` the beginning of a question that
    needs no question mark either.
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
    either: patterns.Pattern
    complains: patterns.Pattern
    outright: patterns.Pattern
    left_out: patterns.Pattern
    sentence: patterns.Pattern
    pronouns: frozenset[str]
    referring: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    lists: dict[str, list[str]] = read_yaml(_FILE)
    file = {name: "|".join(map(str, words)) for name, words in lists.items()}
    joiners = rf"(?:(?:{file['joiners']})\s+)"
    somebody = rf"\s+(?:{file['subjects']}|i)\b"
    # 'Hvad koster det' asks; 'hvad det koster' is part of a sentence that asks or tells.
    asks = rf"(?:{file['verbs']})(?:{somebody}|\s+(?:{file['nouns']}))"
    asks += rf"|(?:{file['verbs_of_place']})\s+(?:{file['subjects']}|(?-i:I))\b"
    asks += rf"|(?:{file['verbs_to_us']})\b"
    turned_verb = rf"(?:{file['verbs_of_a_sentence']})\s+(?:{file['persons']})\b"
    direct = rf"(?:(?:{file['openers']})\b(?!\s+(?:{file['subjects']})\b)|{asks})"
    indirect = rf"(?:{file['openers']}|om){somebody}"
    begins = rf"(?:{direct}|(?:{file['wishes']}|{file['orders']})\b)"
    asking = rf"\b(?:{file['asking']}|{file['orders']})"
    greeting = rf"(?:(?:{file['greetings']})[ ,.!]+)"
    condition = rf"\W*{joiners}{{0,3}}(?:{file['conditions']})\b[^.!?\n]{{0,150}}"
    # Modal verbs only: 'er' and 'har' occur in sentences of every kind.
    turned = rf"(?:{file['modals']}){somebody}"
    # '2. skal de vide det', 'b) skal de vide det', and not 'den 2. Skal de vide det'.
    numbered = (
        rf"(?<!\b(?:{file['abbreviations']}|{file['before_numbers']})\.?\s{{0,3}})\b(?:\d[.)]|[a-h]\))\s+"
        rf"(?={joiners}{{0,3}}{begins})"
    )
    at_a_mark = (
        rf"(?<!(?:\d|\b(?:{file['abbreviations']}))\.)(?<=[.!?])\s+|(?<=\d\.)\s+(?=(?-i:[A-ZÆØÅ]))"
        # '22 41 87 30. fik I det med': a telephone number ends a sentence.
        rf"|(?<=\d{{2}}\s?\d{{2}}\.)\s+(?={joiners}{{0,3}}{direct})"
        # 'Mandag kl. 9. koster det noget': an hour ends the sentence, whatever follows.
        r"|(?<=\bkl(?:okken|\.)?\s{0,2}\d{1,2}(?:[.:]\d{2})?\.)\s+"
        r"|\s*[\n;]\s*(?:[-*•]\s+)?|\s+[-–]\s+"
        rf"|\s*{numbered}"
        rf"|\s*,\s*(?={joiners}{{0,3}}{begins})"
        # 'Jeg vil gerne spørge: må ...'
        rf"|(?<={asking}\s*):\s+(?={joiners}{{0,3}}(?:{file['openers']}|{file['verbs']})\b)"
        # 'Jeg vil spørge, hvem der bestemmer, hvor lang tid det tager': each is asked.
        rf"|(?<={asking}\b[^.!?\n]{{0,200}})\s*,\s*(?={joiners}{{0,3}}(?:{indirect}|(?:{file['openers']})\b))"
        # 'Må jeg filme mødet må jeg tage min søn med' asks twice.
        rf"|(?<=\b{turned}\s[^.!?,\n]{{4,80}})(?<!\b(?:{file['openers']}|{file['joiners']}|jeg|man|hvis))\s+(?={turned})"
        rf"|(?<=\w)(?<!\b(?:{file['openers']}))(?:\s*,\s*|\s+)(?=(?:{file['tags']})\s*\?)"
        # 'Hvem bestemmer, om jeg må' is one question; 'hvem bestemmer, og om de skal vide det' is two.
        rf"|(?:\s*,\s*|\s+)(?={joiners}{{1,3}}(?:{begins}|{indirect}))"
    )
    # All of it is tried only where a boundary can begin, which takes a fifth of the time.
    boundary = rf"(?=[\s,;:])(?:{at_a_mark})|(?=[\da-h][.)]){numbered}"
    return _Words(
        patterns.compile(boundary, patterns.IGNORECASE),
        patterns.compile(
            # 'b) koster det noget': the boundary before it may have been the line's.
            rf"(?:(?:{condition}|\w+),|{condition}(?=\s{turned})|(?:\d[.)]|[a-h]\))\s)?\W*{greeting}{{0,2}}"
            rf"{joiners}{{0,3}}(?:{direct}|{indirect})",
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
        patterns.compile(rf"\b(?:{file['quotes']})\b[^.!?:\n]{{0,40}}:(?![\"”»])", patterns.IGNORECASE),
        patterns.compile(greeting, patterns.IGNORECASE),
        patterns.compile(
            rf"(?<=[\w?)\"'])(?<!\b(?:{file['openers']}|{file['joiners']}|{file['before_questions']}))"
            rf"[ ,.;:!\n-]{{0,9}}\s(?={joiners}{{0,3}}{direct})",
            patterns.IGNORECASE,
        ),
        patterns.compile(rf"{joiners}{{0,3}}(?:(?:{file['openers']})\b|{turned})", patterns.IGNORECASE),
        patterns.compile(rf"\s*,?\s+(?:{file['alternatives']})\s+(?={direct})", patterns.IGNORECASE),
        patterns.compile(rf"\W*(?:{file['complains']})\W*(?=\w)", patterns.IGNORECASE),
        # 'Men skal hun det'; not 'så skal hun det', nor what may be an order: 'gør den færdig'.
        patterns.compile(rf"\W*(?:(?:{file['plain_joiners']})\b\W*){{0,2}}(?!gør\b){direct}", patterns.IGNORECASE),
        patterns.compile(
            rf"\W*(?:(?:{file['plain_joiners']})\b\W*){{0,2}}\w+{somebody}\W*(?:(?:{file['left_out']})\b\W*)*",
            patterns.IGNORECASE,
        ),
        patterns.compile(rf"\W*(?:(?:{file['plain_joiners']})\b\W*){{0,2}}{turned_verb}", patterns.IGNORECASE),
        frozenset(lists["pronouns"]),
        frozenset(lists["pronouns"]) | frozenset(lists["referring"]),
    )


def asked_again(text: str) -> str:
    """Return the question in a complaint about an answer ('du svarede ikke på, hvem der får det'), else the text."""
    complaint = _words().complains.match(text)
    return text[complaint.end() :] if complaint else text


def asks_outright(text: str) -> bool:
    """Return whether a text has the word order of a question from its first word on.

    'Kan jeg godt' and 'har jeg ikke' leave out their first word, and answer.
    """
    words = _words()
    return bool(words.outright.match(text)) and not words.left_out.fullmatch(text)


def is_condition(part: Part) -> bool:
    """Whether a part is only what a question depends on: 'når jeg er færdig', before 'har jeg så fået lov'."""
    return bool(_words().condition.fullmatch(part.text.rstrip(_MARKS)))


def refers_back(part: Part) -> bool:
    """Whether a part asks in words that only mean something after what stands before them: 'må hun det?'."""
    said = {word.strip(_MARKS + "?") for word in part.text.lower().split()}
    return part.asks and bool(said & _words().pronouns) and said <= _words().referring


def without_greeting(text: str) -> str:
    """The text without greetings, and signs that are no words, at its beginning: 'Hej 😊 jeg skal ...'."""
    while found := _words().greeting.match(text):
        text = _SIGNS.sub("", text[found.end() :])
    return text


def split(text: str) -> list[Part]:
    """Return the parts of a message in order, at most MOST; the last holds the rest."""
    words = _words()
    spans: list[tuple[int, int]] = []
    start = 0
    for boundary in _boundaries(text):
        if len(spans) == MOST - 1:
            break
        piece = text[start : boundary.start()]
        if boundary.group().startswith(":"):
            start = boundary.end()  # of 'Jeg vil gerne spørge: må ...' only the second half asks
            continue
        if words.condition.fullmatch(piece) and not words.joiner.match(text, boundary.end()):
            continue
        if _stands_alone(piece):
            spans.append((start, boundary.start()))
        if _stands_alone(piece) or not piece.strip() or piece.rstrip().endswith(":"):
            start = boundary.end()
    spans.append((start, len(text)))
    tail = text[slice(*spans[-1])]
    # After a question a single word may be the answer: 'Må jeg filme? Lyd'.
    answers = text[: spans[-1][0]].rstrip().endswith("?") and tail.strip(_MARKS)
    if len(spans) > 1 and not (_stands_alone(tail) or answers):
        last = spans.pop()
        spans[-1] = (spans[-1][0], last[1])
    return [_part(text, begin, end) for begin, end in spans]


def _boundaries(text: str) -> list[patterns.Match]:
    """Return where a part may end: not in a quoted text behind a colon, and not inside a value."""
    words = _words()
    quoted = words.quotes.search(text, 0, _SEARCHED)
    boundaries = list(words.boundary.finditer(text, 0, quoted.end() if quoted else _SEARCHED))
    if not boundaries or not _NUMBER_OR_ADDRESS.search(text, 0, _SEARCHED):
        return boundaries
    values = [value for value in values_in(text[:_SEARCHED]) if value.entity in _UNSPLIT_VALUES]
    return [mark for mark in boundaries if not any(value.start < mark.start() < value.end - 1 for value in values)]


def ways_to_cut(text: str, part: Part, *, in_form: bool) -> list[tuple[Part, Part]]:
    """Return the ways to cut a part in two before a question that may begin inside it, the longest question first.

    Word order alone does not tell a question from 'på torsdag kan jeg ikke', nor 'eller' two questions from one with
    two answers: the caller takes the first way whose halves are sure. `in_form`: a single word may be an answer.
    """
    words = _words()
    asked = part.text.rstrip().endswith("?")
    if part.text.rstrip().endswith((".", "!")):
        return []  # a statement: 'Optagelsen skal jeg bruge som bevis.'
    quoted = words.quotes.search(text, 0, _SEARCHED)
    ways = []
    for mark in words.unmarked.finditer(text, part.start, min(part.end, quoted.end() if quoted else _SEARCHED)):
        first, second = _part(text, part.start, mark.start()), _part(text, mark.end(), part.end)
        tells = first.text.strip(_MARKS) and (in_form or not words.greeting.fullmatch(f"{first.text.strip()} "))
        marked = asked or is_joined(text, first, second)
        plain = marked or (len(first.text.split()) >= _LEAST_WORDS and words.plainly.match(second.text))
        if tells and plain and not first.asks and second.asks:
            ways.append((first, second))
    for mark in words.either.finditer(text, part.start, min(part.end, _SEARCHED)):
        first, second = _part(text, part.start, mark.start()), _part(text, mark.end(), part.end)
        if first.asks:
            ways.append((first, second))
    return ways[:_MOST_WAYS]


def is_joined(text: str, first: Part, second: Part) -> bool:
    """Whether a punctuation mark or a joiner ('og') stands between the halves of a part."""
    between = text[first.end : second.start]
    return "\n" in between or bool(between.strip() or _words().joiner.match(second.text))


def _part(text: str, start: int, end: int) -> Part:
    part = text[start:end]
    words = _words()
    # 'Jeg vil gerne vide' is no question by itself.
    asking = words.complains.match(part) or (words.asking.search(part) and not words.introduces.fullmatch(part))
    # A question in a quoted text is meant for Jura.
    quoted = words.quotes.search(part)
    turned = begins_a_sentence(text, start) and words.sentence.match(part) and not words.left_out.fullmatch(part)
    asks = not quoted and (part.rstrip().endswith("?") or bool(words.question.match(part) or asking or turned))
    return Part(part, start, end, asks, bool(words.why.match(part)), bool(words.insists.search(part)))


def _stands_alone(text: str) -> bool:
    """Whether a piece can be a part: two words, a question, a one-word sentence ('Lyd.'), an address or a number."""
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
    """Whether a sentence begins at that place of the text."""
    return not text[:place].strip() or text[:place].rstrip()[-1] in ".!?"
