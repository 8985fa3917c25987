"""Departments and choices in a message, by the phrases in data/values/departments.yml and choices.yml.

The phrases become token patterns of spaCy's Matcher over folded words; typos in words of six letters or more are
corrected first. Where phrases overlap, the longest counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import spacy
from spacy.matcher import Matcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from bot.nlu.values.lexicon import Words, fold, load, word_set
from bot.nlu.values.model import Value
from common import patterns

_TOKEN = patterns.compile(r"[^\W_]+|[^\w\s]")
# A name in small letters: 'min kone ulla er med'.
_NAMED_SMALL = patterns.compile(
    r"\bmi[nt] \w{3,12} (\w{2,15}) (?=er |tager |kommer |går |følger |skal |vil |kan )", patterns.IGNORECASE
)
_DROPPED = frozenset("-–'’`´\"")
_NONE = "none"
# Stands for a name; no folded word is like it.
_NAME = "<navn>"
_MARKS = frozenset(".,;:!?()")
_WHO_CALLS = ("der", "som")
_BY_ENDING = "department:unknown"
# A message with more tokens than this is no mere choice, so phrases of `alone` do not count.
_MOST_TOKENS = 12
_Pattern = list[dict[str, Any]]


def find_phrases(text: str, when: Sequence[tuple[int, int]] = (), names: Sequence[tuple[int, int]] = ()) -> list[Value]:
    """Departments and choices as values, by place, not overlapping within an entity.

    `when`: where days and times stand; `names`: names of people who are named otherwise as well ('min søn Jens').
    """
    tables = _tables()
    tokens = _tokens(text, names)
    if not tokens:
        return []
    folded = [fold(token.group()) for token in tokens]
    words = [tables.slips.get(word) or tables.words.nearest(word) for word in folded]
    doc = Doc(tables.nlp.vocab, words=_with_names(words, tokens))
    by_entity: dict[str, list[Span]] = {}
    for key, start, end in tables.anywhere(doc):
        entity = tables.nlp.vocab.strings[key].split(":")[0]
        by_entity.setdefault(entity, []).append(Span(doc, start, end, label=key))
    alone = _alone(doc, tables.alone, tables.around, set())
    clauses = [item for item in _in_a_clause(doc, tables) if not any(item.start == other.start for other in alone)]
    for span in (*_led(doc, tables), *_beside_when(doc, tables, tokens, when), *clauses):
        by_entity.setdefault("department", []).append(span)
    beside = {token.i for span in by_entity.get("department", []) for token in span}
    beside |= {place for place, item in enumerate(tokens) if any(a <= item.start() < b for a, b in when)}
    # Beside a department, a day or a time, 'på telefonen' says how the meeting is held, whatever was asked.
    held = _alone(doc, tables.beside, tables.around, beside) if beside else []
    for span in (*held, *alone):
        by_entity.setdefault(span.label_.split(":")[0], []).append(span)
    found: list[Value] = []
    for entity, spans in by_entity.items():
        for span in filter_spans(sorted(spans, key=_rank)):
            value = span.label_.split(":")[1]
            if value == _NONE:
                continue
            start, end = tokens[span.start].start(), tokens[span.end - 1].end()
            rule = "alone" if any(span is item for item in alone) else "phrase"
            rule = "clause" if any(span is item for item in clauses) else rule
            found.append(Value(entity, start, end, _value(entity, value, text[start:end]), rule))
    return sorted(_distinct(found), key=lambda item: (item.start, item.entity))


def _tokens(text: str, names: Sequence[tuple[int, int]]) -> list[patterns.Match]:
    """Words and punctuation, without hyphens, the full stop of abbreviations ('pr.') and the name in 'min søn Jens'."""
    small = (named for named in _NAMED_SMALL.finditer(text) if fold(named[1]) not in _common())
    names = [*names, *(named.span(1) for named in small if fold(named[1]) not in _tables().words.known)]
    tokens: list[patterns.Match] = []
    for token in _TOKEN.finditer(text):
        stop = token.group() == "." and tokens and tokens[-1].end() == token.start() and len(tokens[-1].group()) <= 3
        named = any(start <= token.start() < end for start, end in names)
        if token.group() not in _DROPPED and not stop and not named:
            tokens.append(token)
    return tokens


def _common() -> frozenset[str]:
    return word_set("common_words", "words")


def _with_names(words: list[str], tokens: Sequence[patterns.Match]) -> list[str]:
    """The words, with <navn> for a name at the beginning of a sentence: 'Jens tager med'."""
    comes = word_set("choices", "comes")
    said = list(words)
    for place, token in enumerate(tokens[:-1]):
        # The full stop itself may be taken for that of an abbreviation.
        begins = place == 0 or not token.string[tokens[place - 1].end() : token.start()].isspace()
        # 'I kan' is no name.
        named = len(token.group()) > 1 and token.group().istitle()
        if begins and named and words[place] not in _common() and words[place + 1] in comes:
            said[place] = _NAME
    return said


def _distinct(found: list[Value]) -> list[Value]:
    """The values without a choice that repeats the one before it ('diktafon ... lyd').

    The kind of meeting may repeat, once for each department: 'jobcentret, fysisk, og borgerservice, også fysisk'.
    """
    kept: list[Value] = []
    for item in sorted(found, key=lambda item: item.start):
        same = [other for other in kept if other.entity == item.entity]
        again = any(other.value == item.value for other in same[-1:])
        of_another_place = item.entity == "meeting_kind" and any(
            other.entity == "department" and same and same[-1].end <= other.start for other in kept
        )
        if item.entity != "department" and again and not of_another_place:
            continue
        if item.entity == "recording_grounds" and any(other.value == item.value for other in same):
            continue
        kept.append(item)
    return kept


def _value(entity: str, value: str, said: str) -> Any:
    if entity == "department":
        return {"key": value, "text": said}
    return [value] if entity == "recording_grounds" else value


def _rank(span: Span) -> int:
    """Sort key for phrases of one length: exceptions (`none`) first, then known phrases, then departments by ending."""
    return 0 if span.label_.endswith(_NONE) else 2 if span.label_ == _BY_ENDING else 1


def _beside_when(
    doc: Doc, tables: "_Tables", tokens: Sequence[patterns.Match], when: Sequence[tuple[int, int]]
) -> list[Span]:
    """Short names of departments directly beside a day or a time: 'kl. 11 med parkering'."""
    spans = []
    for key, start, end in tables.alone(doc) if when else ():
        before = doc[start - 1].text if start else "."
        behind = end
        while behind < len(doc) and doc[behind].text in word_set("departments", "before_a_day"):
            behind += 1
        at_a_day = behind < len(doc) and any(a <= tokens[behind].start() < b for a, b in when)
        # 'Mandag kl. 11 med sygedagpenge'
        led = before in word_set("departments", "leads") and start > 1
        at_a_day = at_a_day or (led and any(a <= tokens[start - 2].start() < b for a, b in when))
        is_place = doc.vocab.strings[key].startswith("department:") and doc[start].text not in tables.not_led
        if at_a_day and is_place and (before in tables.around or before in _MARKS):
            spans.append(Span(doc, start, end, label=key))
    return spans


def _alone(doc: Doc, matcher: Matcher, around: frozenset[str], others: set[int]) -> list[Span]:
    """Short phrases in a message of otherwise only filler words. `others`: tokens that may stand there as well."""
    if len(doc) - len(others) > _MOST_TOKENS:
        return []
    spans = []
    for key, start, end in matcher(doc):
        rest = [token.text for token in doc if not start <= token.i < end and token.i not in others]
        if all(word in around for word in rest):
            spans.append(Span(doc, start, end, label=key))
    return spans


def _in_a_clause(doc: Doc, tables: "_Tables") -> list[Span]:
    """Short names of departments in a clause (between punctuation marks) of otherwise only filler words."""
    marks = [token.i for token in doc if token.text in _MARKS]
    spans = []
    for key, start, end in tables.alone(doc) if marks else ():
        first = max((mark + 1 for mark in marks if mark < start), default=0)
        last = min((mark for mark in marks if mark >= end), default=len(doc))
        rest = [token.text for token in doc[first:last] if not start <= token.i < end]
        if doc.vocab.strings[key].startswith("department:") and all(word in tables.around for word in rest):
            spans.append(Span(doc, start, end, label=key))
    return spans


def _led(doc: Doc, tables: "_Tables") -> list[Span]:
    """Short names of departments with a telling word beside them: 'møde med ydelse', 'sygedagpenge der ringer'."""
    spans = []
    for key, start, end in tables.led(doc):
        said = [token.text for token in doc[start:end]]
        before = next((n + 1 for n, word in enumerate(said) if word in word_set("departments", "leads")), 0)
        behind = next((n for n, word in enumerate(said) if word in word_set("departments", "calls")), len(said))
        before, behind = (1, len(said)) if behind == 0 else (before, behind - (said[behind - 1] in _WHO_CALLS))
        spans.append(Span(doc, start + before, start + behind, label=key))
    return spans


@dataclass(frozen=True)
class _Tables:
    nlp: spacy.language.Language
    words: Words
    anywhere: Matcher
    alone: Matcher
    beside: Matcher
    led: Matcher
    around: frozenset[str]
    not_led: frozenset[str]
    slips: dict[str, str]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    """Built from data/values at the first message."""
    nlp = spacy.blank("da")
    anywhere, alone, beside, led = (Matcher(nlp.vocab) for _ in range(4))
    choices = load("choices")
    lists = {name: [fold(str(word)) for word in words] for name, words in choices["lists"].items()}
    not_led = word_set("departments", "not_after_with")
    known: set[str] = {word for words in lists.values() for word in words}
    for label, lines in _lines(choices):
        where = {"alone": alone, "beside": beside}.get(label.split()[0], anywhere)
        patterns = [pattern for line in lines for pattern in _patterns(str(line), lists)]
        where.add(label.split()[-1], patterns, greedy="LONGEST")
        if label.startswith("alone department:"):
            short = [pattern for pattern in patterns if pattern[0].get("ORTH") not in not_led]
            led.add(label.split()[-1], [item for pattern in short for item in _with_lead(pattern)])
        for part in (part for pattern in patterns for part in pattern):
            lower = part.get("ORTH")
            known.update(lower.get("IN", ()) if isinstance(lower, dict) else [lower] if lower else [])
    anywhere.add(_BY_ENDING, [[{"TEXT": {"REGEX": _by_ending(load("departments"))}}]])
    protected = (fold(str(word)) for word in [*load("names")["words"], *choices["no_slips"]])
    around = word_set("choices", "around")
    return _Tables(nlp, Words(known, protected), anywhere, alone, beside, led, around, not_led, choices["slips"])


def _by_ending(departments: dict[str, Any]) -> str:
    """A pattern of words that are a department by their ending: 'ældrerådgivningen'."""
    endings, none = (
        "|".join(patterns.escape(fold(word)) for word in departments[name]) for name in ("endings", "not_a_place")
    )
    return rf"^(?!(?:{none}))\w{{3,}}(?:{endings})$"


def _with_lead(short: _Pattern) -> list[_Pattern]:
    meetings, numbers, leads, calling = (
        sorted(word_set("departments", name)) for name in ("meetings", "numbered", "leads", "calls")
    )
    lead = [{"ORTH": {"IN": meetings}}, {"ORTH": {"IN": leads}}]
    # 'Den første er med sygedagpenge'
    numbered = [{"ORTH": {"IN": numbers}}, {"ORTH": {"IN": ["er", "var"]}}, {"ORTH": {"IN": leads}}]
    calls: _Pattern = [{"ORTH": {"IN": [*_WHO_CALLS]}, "OP": "?"}, {"ORTH": {"IN": calling}}]
    return [[*lead, *short], [*numbered, *short], [*short, *calls], [calls[-1], *short]]


def _lines(choices: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """(label, phrases) pairs; a label is '<entity>:<value>', 'alone ' or 'beside ' may stand before it."""
    lines: list[tuple[str, list[str]]] = [("department:unknown", load("departments")["others"])]
    for key, department in load("departments")["departments"].items():
        names = department["names"]
        short = [name.removesuffix("elingen") for name in names if name.endswith("afdelingen")]  # 'socialafd.'
        lines.append((f"department:{key}", [*names, *short]))
        lines.append((f"alone department:{key}", department.get("alone", [])))
    for entity, values in choices["entities"].items():
        for value, group in values.items():
            lines.append((f"{entity}:{value}", group["phrases"]))
            lines += [(f"{where} {entity}:{value}", group.get(where, [])) for where in ("alone", "beside")]
        unlike = [phrase for group in values.values() for phrase in group.get("none", [])]
        lines.append((f"{entity}:{_NONE}", unlike))
    return [(label, phrases) for label, phrases in lines if phrases]


def _patterns(phrase: str, lists: dict[str, list[str]]) -> list[_Pattern]:
    """The spaCy token patterns of one phrase (its syntax: see data/values/choices.yml)."""
    choices: list[list[_Pattern]] = []
    for word in phrase.replace("-", " ").split():
        if word == "_":
            # A denial in the gap would turn what the phrase says.
            denials = sorted(word_set("choices", "denials"))
            choices.append([[{"IS_PUNCT": False, "ORTH": {"NOT_IN": denials}, "OP": "{0,3}"}]])
        elif word == _NAME:
            choices.append([[{"ORTH": _NAME}]])
        elif word.startswith("<"):
            choices.append([[{"ORTH": {"IN": lists[word.strip("<>")]}}]])
        elif word.startswith("("):
            choices.append([[{"ORTH": {"IN": _alternatives(word.strip("()"))}, "OP": "?"}]])
        elif "|" in word:
            parts = [fold(part) for part in word.split("|")]
            choices.append([[{"ORTH": "".join(parts)}], [{"ORTH": part} for part in parts]])
        else:
            choices.append([[{"ORTH": part}] for part in _alternatives(word)])
    return [[token for part in parts for token in part] for parts in product(*choices)]


def _alternatives(word: str) -> list[str]:
    return [fold(part) for part in word.split("/")]
