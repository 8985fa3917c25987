"""Sentences at the ends of a text that are said to us, and are none of it: 'det har jeg lige sagt', 'så er vi klar'."""

from bot.nlu.acts.request.limits import TALK_WORDS
from bot.nlu.acts.request.message import cues
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.edits import words
from bot.nlu.clauses import UNBROKEN
from bot.nlu.values import values_in
from common import patterns
from common.memo import once

_WORD = patterns.compile(r"[^\W\d_]+")
_CLAUSE = patterns.compile(r"[^,:.!?\n]{3,80}[,:]\s+(?=\S.{4})")
_INSIDE = patterns.compile(r"[.!?]\s")
_BEFORE, _BEHIND = "before", "behind"


@once
def own_words(text: str) -> str:
    """The text without what is said to us at its ends, and without its name; as it is where nothing else is said."""
    unbroken = [(one.start, one.end) for one in values_in(text) if one.entity in UNBROKEN]
    spans = sentence_spans(text, unbroken)
    named = next((n for n, (start, _) in enumerate(spans) if n and _behind_its_name(text[start:])), 0)
    if all(_answers_us(text[slice(*one)]) or _protests(text[slice(*one)]) for one in spans[:named]):
        del spans[:named]
    while len(spans) > 1 and _answers_us(text[slice(*spans[0])]):
        del spans[0]
    while len(spans) > 1 and is_to_us(text[slice(*spans[-1])], _BEHIND):
        del spans[-1]
    text = text[spans[0][0] : spans[-1][1]].lstrip() if spans else text
    lead_in = _CLAUSE.match(text)
    text = text[lead_in.end() :] if lead_in and is_to_us(lead_in.group(), _BEFORE) else text
    return (_behind_its_name(text) or text).strip()


def _behind_its_name(text: str) -> str:
    """The text behind 'mit spørgsmål er:' or 'det skal være:' at its beginning; "" where none stands there."""
    if labelled := cues()["text_label"].search(text.lower()):
        named = next(name for name, said in labelled.groupdict().items() if said)
        return text[slice(*labelled.span(named))]
    replaces = words().find("replaces", text)
    head = text[: replaces.start("text")] if replaces and replaces["text"] else ""
    return text[len(head) :] if head.rstrip(' \n"').endswith(":") and not _INSIDE.search(head) else ""


def _protests(sentence: str) -> bool:
    """Whether a sentence objects to what stands there: 'nej, det er helt forkert!'."""
    return len(sentence.split()) <= TALK_WORDS and bool(words().find("protests", sentence))


def _answers_us(sentence: str) -> bool:
    replies = words().find("replies", sentence) and not any(map(str.isdigit, sentence))
    return is_to_us(sentence, _BEFORE) or bool(replies)


def is_to_us(sentence: str, end: str = "") -> bool:
    """Whether a sentence is said to us; `end`: of the text, "before" or "behind"."""
    said = sentence.lower()
    told = {one.group() for one in _WORD.finditer(said)}
    for core, beside in words().to_us[end] if end else (*words().to_us[_BEFORE], *words().to_us[_BEHIND]):
        cores = {word for one in core.finditer(said) for word in _WORD.findall(one.group())}
        if cores and told <= cores | beside:
            return True
    return False
