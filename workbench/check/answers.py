"""Reads the responses of domain/: sentences and buttons, each with file and line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from common import patterns
from workbench.shared.problems import FormatError, Problem
from workbench.shared.yaml_lines import Literal, line_of, load

_ITEM = patterns.compile(r"^\s*(?:[-*]|\d+\.)\s+")
# A full stop ends a sentence only before a capital letter, so not in 'kl. 14'.
_SENTENCE_END = patterns.compile(r"(?<=[.!?:])[\"'*]*\s+(?=[\"'*]*[A-ZÆØÅ])")
_KEYS = ("text", "buttons", "condition", "metadata")
_LETTER = patterns.compile(r"[^\W_]")


@dataclass(frozen=True)
class Sentence:
    """A sentence as written; an item of a list is a sentence."""

    text: str
    line: int


@dataclass(frozen=True)
class Button:
    """A button of an answer."""

    title: str
    payload: str
    line: int


@dataclass(frozen=True)
class Answer:
    """One wording of a response. `paragraphs`: those of the page in its metadata; None without that key."""

    name: str
    file: Path
    line: int
    text: str
    sentences: tuple[Sentence, ...]
    buttons: tuple[Button, ...]
    title: Sentence | None
    paragraphs: tuple[str, ...] | None

    def problem(self, what: str, line: int | None = None) -> Problem:
        """A problem in this answer, at its first line unless another is given."""
        return Problem(self.file, line or self.line, what)


@dataclass(frozen=True)
class Domain:
    """The checked parts of domain/; `intents` with file and line."""

    answers: tuple[Answer, ...]
    intents: dict[str, tuple[Path, int]]
    entities: frozenset[str]
    slots: frozenset[str]
    form_slots: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        """The names of all responses."""
        return frozenset(answer.name for answer in self.answers)


def read_domain(root: Path) -> Domain:
    """Reads the files under root/domain; FormatError for one that is not YAML or not a domain."""
    answers: list[Answer] = []
    intents: dict[str, tuple[Path, int]] = {}
    entities: set[str] = set()
    slots: set[str] = set()
    form_slots: set[str] = set()
    for file in sorted((root / "domain").rglob("*.yml")):
        content = load(file) or {}
        try:
            for name, wordings in (content.get("responses") or {}).items():
                at = line_of(content["responses"], name)
                answers += [_answer(str(name), file, wording, at) for wording in wordings or ()]
            listed = content.get("intents") or []
            intents |= {_name(item): (file, line_of(listed, place)) for place, item in enumerate(listed)}
            entities |= {_name(item) for item in content.get("entities") or ()}
            slots |= set(content.get("slots") or ())
            for form in (content.get("forms") or {}).values():
                form_slots |= {str(slot) for slot in form.get("required_slots") or ()}
        except (AttributeError, TypeError) as error:
            what = f"Filen har ikke den form, Rasa venter ({error}). Sammenlign med et svar, der virker."
            raise FormatError([Problem(file, 1, what)]) from error
    return Domain(tuple(answers), intents, frozenset(entities), frozenset(slots), frozenset(form_slots))


def _name(item: Any) -> str:
    # An intent with settings is a mapping of one key.
    return str(next(iter(item))) if isinstance(item, dict) else str(item)


def _answer(name: str, file: Path, wording: Any, at: int) -> Answer:
    if what := _wrong_form(wording):
        raise FormatError([Problem(file, at, f"{name} {what}")])
    text = wording.get("text") or ""
    line = line_of(wording, "text")
    # The text of a block begins on the line below its '|-'.
    first = line + 1 if isinstance(text, Literal) else line
    metadata = wording.get("metadata") or {}
    title, paragraphs = metadata.get("title"), metadata.get("paragraphs")
    return Answer(
        name=name,
        file=file,
        line=line,
        text=str(text),
        sentences=tuple(sentences(str(text), first)),
        buttons=tuple(
            Button(str(button.get("title", "")), str(button.get("payload", "")), line_of(button, "title"))
            for button in wording.get("buttons") or ()
        ),
        title=Sentence(str(title), line_of(metadata, "title")) if title else None,
        paragraphs=tuple(map(str, paragraphs)) if paragraphs is not None else None,
    )


def _wrong_form(wording: Any) -> str | None:
    """What would break a turn in which the wording is said."""
    if not isinstance(wording, dict):
        return "skal have '- text:' foran teksten. Skriv det som de andre svar."
    if not wording.get("text"):
        return "har ingen tekst. Skriv den efter '- text:'."
    if unknown := [str(key) for key in wording if key not in _KEYS]:
        return f"har '{unknown[0]}', som ikke kendes. Skriv {', '.join(_KEYS)}."
    if any(not {"type", "name", "value"} <= set(one) for one in wording.get("condition") or ()):
        return "har en 'condition', der mangler noget. Skriv type, name og value som i de andre svar."
    return None


def sentences(text: str, first_line: int = 1) -> Iterator[Sentence]:
    """The sentences of a text; pieces without a letter or digit are left out."""
    for number, line in enumerate(text.split("\n")):
        content = _ITEM.sub("", line).strip()
        start = 0
        for end in [found.end() for found in _SENTENCE_END.finditer(content)] + [len(content)]:
            sentence = content[start:end].strip()
            start = end
            if _LETTER.search(sentence):
                yield Sentence(sentence, first_line + number)
