"""What a message wants and what it gives up, clause by clause: this request or the new one, kinds of requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.nlu.acts.request.limits import CHOICE_WORDS, CHOICE_WORDS_BY_NAME
from bot.nlu.acts.request.message import Message, cues
from common.slots import ORDER

# Cues by name, of which one is enough.
Cues = Mapping[str, Sequence[str]]


@dataclass
class Said:
    """The names that are wanted, given up, and of which both or neither is said."""

    wanted: set[str] = field(default_factory=set)
    given_up: set[str] = field(default_factory=set)

    @property
    def left(self) -> set[str]:
        """The wanted names that are not given up as well."""
        return self.wanted - self.given_up


def names_said(message: Message, names: Cues, pointing: Cues | None = None) -> Said:
    """What a message says of each name, by the cues that name it, or that point to it ('det nye').

    A name counts in a short clause, and goes before what points.
    """
    said = Said()
    for clause in _clauses(message):
        named, gives_up = _found(clause, names, CHOICE_WORDS_BY_NAME), clause.cue("gives_up")
        if clause.is_question or (gives_up and not named):
            continue  # 'ikke den her' may be either
        found = named or _found(clause, pointing or {}, CHOICE_WORDS)
        (said.given_up if gives_up else said.wanted).update(found)
    return said


def kinds_said(message: Message) -> Said:
    """The kinds of requests that a message wants and gives up."""
    said = names_said(before_what_is_asked(message), {kind: [f"kind_{kind}"] for kind in ORDER})
    for clause in _clauses(message):
        # In a longer clause a kind is mentioned in passing, unless it is wished for.
        if not (clause.cue("gives_up") or clause.is_question):
            said.wanted.update(wished_kinds(clause))
    return said


def wished_kinds(message: Message) -> list[str]:
    """The kinds of requests that a message wishes for by name."""
    told = before_what_is_asked(message)
    return [kind for kind in ORDER if told.cue(f"wish_{kind}") and told.cue(f"kind_{kind}")]


def before_what_is_asked(message: Message) -> Message:
    """The message up to what Jura is to be asked, which may name any kind: 'spørge Jura, om I retter et referat'."""
    named = cues()["kind_question"].search(message.text.lower()) if message.cue("wish_question") else None
    end = cues()["ends_wish_to_ask"].search(message.text.lower(), named.end()) if named else None
    return message.within(0, end.start()) if end else message


def _clauses(message: Message) -> list[Message]:
    ends = [mark.end() for mark in cues()["parts_wishes"].finditer(message.text.lower())]
    return [message.within(*span) for span in pairwise([0, *ends, len(message.text)])]


def _found(clause: Message, names: Cues, most_words: int) -> set[str]:
    short = clause.words <= most_words
    return {name for name, cues in names.items() if short and any(map(clause.cue, cues))}
