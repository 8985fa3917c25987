"""Edits of a text that a message asks for: add, replace, remove, reopen.

Each sentence is at most one edit; new text goes on up to a sentence that asks, sends or edits again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.nlu.acts.request.message import cues
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.parts import split
from common import patterns
from common.memo import once
from common.settings import ROOT
from common.yaml_files import read_yaml

ADD, REPLACE, REMOVE, REOPEN = "add", "replace", "remove", "reopen"
_FILE = ROOT / "data" / "values" / "edits.yml"
DOUBLE_QUOTES = '"“”»«'
_QUOTES = " \"“”»«„'’‘`´"
# How many joints, from the end, may begin the words that take something out.
_MOST_JOINTS = 3
_JOINTS = patterns.compile(r",? (?:og|men) ", patterns.IGNORECASE)
# In characters: shortest sentence that is a new text after 'det er forkert'.
_LEAST_OF_A_TEXT = 25


@dataclass(frozen=True)
class Edit:
    """One edit and the span of its text; of REMOVE, that of the sentence. `slot`: the text named, "" for none.

    `begins`: where the sentence that asks for it begins; `whole`: whether all of the message asks for it.
    """

    operation: str
    slot: str = ""
    start: int = 0
    end: int = 0
    begins: int = 0
    whole: bool = False


@dataclass(frozen=True)
class Words:
    """Compiled patterns of data/values/edits.yml. `small_words` say nothing of the subject of a sentence.

    `to_us`: core words and those that may stand beside, of sentences before and behind a text.
    """

    names: dict[str, patterns.Pattern]
    lists: dict[str, tuple[patterns.Pattern, ...]]
    small_words: frozenset[str]
    to_us: dict[str, tuple[tuple[patterns.Pattern, frozenset[str]], ...]]

    def find(self, name: str, text: str) -> patterns.Match | None:
        """First match of the patterns of that name."""
        return _first_match(name, text.lower())

    def named(self, text: str) -> str:
        """The slot of the text named; 'text' where it is only called so."""
        return next((slot for slot, one in self.names.items() if one.search(text.lower())), "")


@lru_cache(maxsize=1)
def words() -> Words:
    """The patterns, compiled once."""
    file = read_yaml(_FILE)
    names = file.pop("names")
    small_words = frozenset(map(str, file.pop("small_words")))
    to_us = {
        end: tuple(
            (patterns.compile(rf"\b(?:{one['core']})\b"), frozenset(one["beside"].lower().split()))
            for one in file.pop(f"to_us_{end}")
        )
        for end in ("before", "behind")
    }
    blocks = {one: file[one] for one in ("small", "quote", "removes", "complains", "keeps_from")}
    blocks["names"] = "|".join(names.values())
    blocks["name"] = f"(?:(?:min|mit|den|det|hele) ){{0,2}}(?:{blocks['names']})[\"”»«']?"
    fill = {f"{{{one}}}": pattern for one, pattern in blocks.items()}
    lists = {name: [said] if isinstance(said, str) else said for name, said in file.items()}
    return Words(
        {slot: patterns.compile(rf"\b(?:{one})\b") for slot, one in names.items()},
        {name: tuple(patterns.compile(_filled(one.strip(), fill)) for one in said) for name, said in lists.items()},
        small_words,
        to_us,
    )


@once
def _first_match(name: str, text: str) -> patterns.Match | None:
    return next((found for one in words().lists[name] if (found := one.search(text))), None)


def _filled(pattern: str, blocks: dict[str, str]) -> str:
    for name, block in blocks.items():
        pattern = pattern.replace(name, block)
    return pattern


def edits_of(text: str, spans: Sequence[tuple[int, int]], *, asks: bool = False) -> list[Edit]:
    """The edits in order; `spans`: the sentences; `asks`: whether the text itself asks, as a question to Jura."""
    spans = list(joined_spans(text, spans))
    read = [_edit(text[start:end].rstrip(), start, asks=asks) for start, end in spans]
    found = [replace(one, begins=start) if one else None for one, (start, _) in zip(read, spans, strict=True)]
    for place, one in enumerate(found):
        if one and not one.slot and place and not found[place - 1]:
            # 'Under Andet er min sætning klippet over. Der skal stå: ...'
            slot = words().named(text[slice(*spans[place - 1])])
            found[place] = replace(one, slot=slot, begins=spans[place - 1][0]) if slot else one
    made: list[Edit] = []
    taken = 0
    for place, edit in enumerate(found):
        if edit is None or place < taken:
            continue
        taken = place + 1
        said = text[slice(*spans[place])].rstrip()
        wrong = edit.operation == REOPEN and words().find("wrong", said)
        announced = edit.operation == ADD and not edit.end
        following = found[taken] if wrong and taken < len(found) else None
        if following and following.operation in (ADD, REPLACE) and following.end:
            # 'Forklaringen er forkert. Skriv, at ...'
            found[taken] = replace(
                following, operation=REPLACE, slot=following.slot or edit.slot, begins=spans[place][0]
            )
            continue
        if edit.operation in (ADD, REPLACE) or wrong:
            # The text ends with the question mark: 'kan du skrive, at ...?'
            ends = bool(edit.end) and said.endswith("?") and words().find("asks_for_it", said)
            while taken < len(spans) and not (ends or found[taken] or _is_apart(text[slice(*spans[taken])], asks)):
                taken += 1
            start, end = edit.start if edit.end else spans[place][1], spans[taken - 1][1]
            end = start + len(text[start:end].rstrip(" ?")) if ends else end
            if edit.end or end - start >= _LEAST_OF_A_TEXT:
                operation = REPLACE if wrong else edit.operation
                made += _apart(text, _trimmed(text, replace(edit, operation=operation, start=start, end=end)))
                continue
            taken = place + 1
        if not announced:
            made.append(_trimmed(text, edit))
    return made


def is_edit(text: str, *, asks: bool = False) -> bool:
    """Whether the text edits a text of the request.

    `asks`: whether the text itself asks, as a question to Jura.
    """
    if cues()["text_added_before"].search(text.lower()):
        return True
    return any(edit.operation != REOPEN for edit in edits_of(text, sentence_spans(text), asks=asks))


def joined_spans(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The sentences, with those that end in a colon or inside a quotation joined to the next."""
    begins = None
    for n, (start, end) in enumerate(spans):
        begins = start if begins is None else begins
        said = text[begins:end].rstrip()
        quotes = sum(said.count(mark) for mark in DOUBLE_QUOTES)
        if (not said.endswith(":") and quotes % 2 == 0) or n + 1 == len(spans):
            yield begins, end
            begins = None


def _is_apart(sentence: str, may_ask: bool) -> bool:
    """Whether a sentence after a text is not part of it: it asks or sends."""
    asks = not may_ask and any(part.asks for part in split(sentence.strip()))
    return asks or bool(words().find("sends", sentence.rstrip(" .!\n")))


def _apart(text: str, edit: Edit) -> list[Edit]:
    """The edit, and one of its own for words behind it that take something out: '..., og mailen skal ikke stå der'."""
    said = text[edit.start : edit.end]
    joints = list(_JOINTS.finditer(said))[-_MOST_JOINTS:] if edit.operation == ADD else []
    for joint in joints:
        start = edit.start + joint.end()
        if takes_out(text[start : edit.end]):
            removal = Edit(REMOVE, edit.slot, start, edit.end, start)
            return [replace(edit, end=edit.start + joint.start()), removal]
    return [edit]


def _trimmed(text: str, edit: Edit) -> Edit:
    """The edit without the tail of its sentence and without quotation marks."""
    if not edit.end or edit.operation == REMOVE:
        return edit
    tail = words().find("tail", text[edit.start : edit.end])
    end = edit.start + tail.start() if tail else edit.end
    said = text[edit.start : end]
    start = edit.start + len(said) - len(said.lstrip(_QUOTES + ":\n"))
    said = text[start:end].rstrip()
    quoted = text[max(0, start - 1) : start] in ("'", '"', "”", "“", "»", "«", "’")
    # 'Den skal lyde: "..." Resten skal blive stående.'
    said = (
        said[: min((said.find(mark) for mark in DOUBLE_QUOTES if mark in said), default=len(said))] if quoted else said
    )
    said = said.rstrip(_QUOTES) if quoted else said
    # Before more text, the full stop is not part of it.
    said = said.rstrip(" .") if text[end:].strip() else said
    return replace(edit, start=start, end=start + len(said))


@once
def _edit(sentence: str, start: int, *, asks: bool) -> Edit | None:
    """The edit in a sentence; replacing goes before adding, adding before removing."""
    slot = words().named(sentence)
    if not asks and ":" not in sentence and sentence.endswith("?") and not words().find("asks_for_it", sentence):
        return None  # 'Er det mit navn, der skal stå som ansøger?'
    for operation, found in _found(sentence, asks=asks):
        span = _text_of(found)
        # What is to be written names no text: 'skriv også, at spørgsmålet er stillet før'.
        slot = words().named(f"{sentence[: span[0]]} {sentence[span[1] :]}") if span[1] else slot
        return Edit(operation, slot, start + span[0], start + span[1])
    if takes_out(sentence):
        return Edit(REMOVE, slot, start, start + len(sentence))
    if words().find("announces", sentence):
        return Edit(ADD, slot)
    return Edit(REOPEN, slot) if words().find("reopens", sentence) else None


def takes_out(sentence: str) -> bool:
    """Whether a sentence takes words out of a text."""
    said = words().find("takes_out", sentence) and not words().find("says_removed", sentence)
    return bool(said and words().find("names_part", sentence))


def is_edited_at(text: str, place: int, *, asks: bool) -> bool:
    """Whether the sentence at that place asks for an edit, or is part of its text."""
    made = edits_of(text, sentence_spans(text), asks=asks)
    return any(one.begins <= place < one.end for one in made if one.operation != REOPEN)


def _found(sentence: str, *, asks: bool) -> Iterator[tuple[str, patterns.Match]]:
    adds = (cues()["text_added"].search(sentence.lower()), words().find("adds", sentence))
    for operation, found in (
        (ADD, words().find("adds_to", sentence)),
        (ADD, words().find("asks_also", sentence) if asks else None),
        (REPLACE, words().find("asks_instead", sentence) if asks else None),
        (REPLACE, words().find("replaces", sentence)),
        (ADD, min(filter(None, adds), key=lambda one: _text_of(one)[0], default=None)),
    ):
        # 'Tag "Spørgsmålet er:" væk' quotes the text and gives no new one.
        if not found or _is_quoted(sentence, _text_of(found)[0]):
            continue
        before = sentence[: _text_of(found)[0]]
        if operation == ADD and not sentence.endswith("?") and words().find("denies_adding", before):
            continue
        yield operation, found


def _is_quoted(sentence: str, place: int) -> bool:
    """Whether a quotation that began before is open at that place."""
    return sum(sentence[:place].count(mark) for mark in DOUBLE_QUOTES) % 2 == 1


def _text_of(found: patterns.Match) -> tuple[int, int]:
    """The span of the text; (0, 0) where there is none."""
    return next((found.span(name) for name in ("text", "text2", "text3") if _has(found, name)), (0, 0))


def _has(found: patterns.Match, name: str) -> bool:
    return bool(found.groupdict().get(name))
