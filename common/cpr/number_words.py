"""Reads number words as digits: 'nul', 'fireogtredive', 'første', 'tolv hundrede og fireogtredive'."""

from collections.abc import Iterator
from dataclasses import dataclass

from common import patterns

HUNDRED, THOUSAND = "x00", "x000"

_ONES = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"]
_TEENS = ["ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten", "nitten"]
_TENS = ["tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems"]
# Danish number words and their figures.
NUMBER_WORDS = {word: str(number) for number, word in enumerate([*_ONES, *_TEENS])}
NUMBER_WORDS |= {"et": "1", "én": "1", "ét": "1"}
NUMBER_WORDS |= {ten: str(20 + 10 * index) for index, ten in enumerate(_TENS)}
NUMBER_WORDS |= {
    f"{one}og{ten}": str(20 + 10 * index + number)
    for index, ten in enumerate(_TENS)
    for number, one in enumerate(_ONES)
    if number
}
NUMBER_WORDS |= {f"enog{ten}": str(21 + 10 * index) for index, ten in enumerate(_TENS)}

# Written in another way, misspelt, or said in English, Norwegian or Swedish.
_OTHER_TENS = {
    "tyve": "tyv tjue tjugo twenty", "tredive": "tredve tretti trettio thirty", "fyrre": "fyrretyve førre førti forty",
    "halvtreds": "halvtres halvtredsindstyve femti fifty", "tres": "treds tresindstyve seksti sixty",
    "halvfjerds": "halvfjers halvfjerdsindstyve sytti seventy", "firs": "firds firsindstyve åtti eighty",
    "halvfems": "halvfemsindstyve halvfemds nitti ninety",
}  # fmt: skip
_OTHER_SMALL = {
    "0": "null nulte zero noll oh", "1": "eet een one ett", "2": "two två", "3": "three", "4": "four fyra",
    "5": "five", "6": "sex six", "7": "syw seven sju", "8": "otta eight åtte åtta", "9": "nine nio", "10": "ten",
    "11": "eleven", "12": "twelve", "13": "thirteen", "14": "fourteen", "15": "fifteen", "16": "sixteen",
    "17": "seventeen", "18": "eighteen", "19": "nineteen",
}  # fmt: skip
_ORDINALS = [
    "første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende", "ellevte",
    "tolvte", "trettende", "fjortende", "femtende", "sekstende", "syttende", "attende", "nittende", "tyvende",
]  # fmt: skip
_WORDS = dict(NUMBER_WORDS)
_WORDS |= {word: figures for figures, words in _OTHER_SMALL.items() for word in words.split()}
for _ten, _others in _OTHER_TENS.items():
    for _other in _others.split():
        _WORDS[_other] = NUMBER_WORDS[_ten]
        _WORDS |= {f"{one}og{_other}": NUMBER_WORDS[f"{one}og{_ten}"] for one in _ONES[1:]}
_WORDS |= {word: str(number) for number, word in enumerate(_ORDINALS, 1)}
_WORDS |= {f"{one}ogtyvende": str(20 + number) for number, one in enumerate(_ONES) if number}
_WORDS |= {"tredivte": "30", "tredvte": "30", "enogtredivte": "31", "enogtredvte": "31", "tredie": "3", "andet": "2"}
_PARTS = "|".join(sorted(_WORDS, key=len, reverse=True))
# 'nulennulensyvnul': at least three in a row, so that 'treti' or 'entre' are none.
_GLUED = patterns.compile(rf"(?>(?:(?:{_PARTS})){{3,}})|(?:atten|nitten|tyve)(?:{_PARTS})")
_PART = patterns.compile(_PARTS)
_SHORTEST_GLUED, _LONGEST_GLUED = 6, 80
_SCALES = dict.fromkeys(("hundrede", "hundred"), HUNDRED) | dict.fromkeys(("tusind", "tusinde", "thousand"), THOUSAND)
_BEGINNINGS = frozenset(word[:2] for word in (*_WORDS, *_SCALES))
_UNITS, _ROUND = frozenset("123456789"), frozenset(f"{ten}0" for ten in range(2, 10))
_SCALED = patterns.compile(rf"(?P<left>{_PARTS})?(?P<scale>hundrede|tusinde|tusind)(?:og)?(?P<right>{_PARTS})?")

_WORD = patterns.compile(r"[^\W_]+")
_SPOKEN_DASH = patterns.compile(r"\b(?:binde)?streg\b", patterns.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """Digits in a row and their span. `room`: how many zeros at the end a following number may replace."""

    figures: str
    start: int
    end: int
    room: int = 0


def words(listed: str) -> frozenset[str]:
    """The set of words in a text with blanks between them."""
    return frozenset(listed.split())


def figures_of(word: str) -> list[str]:
    """The figures that a word says: ['34'] for 'fireogtredive', several for a glued one, none for any other word.

    'hundrede' and 'tusind' are HUNDRED and THOUSAND: how many is said before.
    """
    word = word.lower()
    if word in _WORDS:
        return [_WORDS[word]]
    if word in _SCALES:
        return [_SCALES[word]]
    if not _SHORTEST_GLUED <= len(word) <= _LONGEST_GLUED or word[:2] not in _BEGINNINGS:
        return []
    if scaled := _SCALED.fullmatch(word):
        said = [_WORDS.get(scaled["left"] or "", ""), _SCALES[scaled["scale"]], _WORDS.get(scaled["right"] or "", "")]
        return [figures for figures in said if figures]
    return [_WORDS[part] for part in _PART.findall(word)] if _GLUED.fullmatch(word) else []


def join_spoken(text: str, parts: list[Group]) -> Iterator[Group]:
    """The parts with number words combined: 'tolv' 'hundrede' 'og' 'fireogtredive' becomes 1234; others unchanged."""
    held: Group | None = None
    for part in parts:
        joined = _joined(held, part, text[held.end : part.start].strip(" ")) if held else None
        if held and not joined:
            yield held
        held = joined or (Group("1" + part.figures[1:], part.start, part.end) if part.figures[0] == "x" else part)
    if held:
        yield held


def _joined(held: Group, part: Group, between: str) -> Group | None:
    """Both as one number, where they form one; else None."""
    figures, room = "", 0
    if not between and part.figures[0] == "x":
        zeros = len(part.figures) - 1
        # 'et tusind to' is 1002 until 'hundrede' follows.
        if held.room == 1 and zeros == 2:
            figures, room = f"{held.figures[0]}{held.figures[-1]}00", 2
        elif len(held.figures) <= 2 and held.figures[0] != "0" and not held.room:
            figures, room = held.figures + part.figures[1:], zeros
    elif between in ("", "og") and held.room > 1 and len(part.figures) <= 2:
        figures = held.figures[: -len(part.figures)] + part.figures
        room = 1 if held.room == 3 and len(part.figures) == 1 else 0
    elif between == "og" and held.figures in _UNITS and part.figures in _ROUND and not held.room:
        figures = part.figures[0] + held.figures
    return Group(figures, held.start, part.end, room) if figures else None


def spoken_numbers(text: str) -> list[tuple[int, int, str]]:
    """(start, end, digits) of number words in a row: 'tyve tredive nul et' is 203001."""
    found: list[tuple[int, int, str]] = []
    row: list[patterns.Match] = []
    for word in [*_WORD.finditer(text), None]:
        if word is not None and row and _SPOKEN_DASH.fullmatch(word.group()):
            continue
        is_number = word is not None and word.group().lower() in NUMBER_WORDS
        between = text[row[-1].end() : word.start()] if word and row else ""
        joined = bool(word and row and not _SPOKEN_DASH.sub("", between).strip(" ,-"))
        if row and not (is_number and joined):
            figures = "".join(NUMBER_WORDS[one.group().lower()] for one in row)
            found.append((row[0].start(), row[-1].end(), figures))
            row = []
        if word and is_number:
            row.append(word)
    return found
