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
    ends = [mark.end() for mark in cues()["parts_wishes"].finditer(message.text.lower())]
    for clause in (message.within(*span) for span in pairwise([0, *ends, len(message.text)])):
        named, gives_up = _found(clause, names, CHOICE_WORDS_BY_NAME), clause.cue("gives_up")
        if clause.is_question or (gives_up and not named):
            continue  # 'ikke den her' may be either
        found = named or _found(clause, pointing or {}, CHOICE_WORDS)
        (said.given_up if gives_up else said.wanted).update(found)
    return said


def kinds_said(message: Message) -> Said:
    """The kinds of requests that a message wants and gives up."""
    return names_said(message, {kind: [f"kind_{kind}"] for kind in ORDER})


def _found(clause: Message, names: Cues, most_words: int) -> set[str]:
    short = clause.words <= most_words
    return {name for name, cues in names.items() if short and any(map(clause.cue, cues))}
