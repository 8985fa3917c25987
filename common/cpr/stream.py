"""Splits a text into groups of digits (also number words and look-alike letters) and gaps."""

from functools import cached_property
from itertools import accumulate

from common import patterns
from common.cpr.gaps import LAST_FOUR, TAG, Gap, Kind
from common.cpr.number_words import Group, figures_of, join_spoken
from common.memo import once

# What announces a number ('sidste 4') or marks up a text holds figures that are none of the number's; '+45' is a code.
_PASSED = (
    rf"(?P<passed>{LAST_FOUR}|(?<![0-9])(?:10|ti)[ -]ciff?re\w*|{TAG})"
    r"|(?P<code>(?<=\+)45(?=[0-9])|(?<![0-9])0045(?=[0-9]))"
)
_FIGURES = patterns.compile(rf"{_PASSED}|(?P<figures>[0-9]+)", patterns.IGNORECASE)
_RUNS = patterns.compile(rf"{_PASSED}|(?P<figures>[^\W_](?:[^\W_]|[|!](?=[0-9OoIl]))*)", patterns.IGNORECASE)
# 'O1O27O', 'l234': the letter, written for the figure.
_LOOKALIKE = patterns.compile(r"[0-9OoQIil|!SsBZz]*[0-9](?:[0-9OoQIil|!SsBZz]*(?![^\W_]))?")
_LOOKALIKES = frozenset("0123456789OoQIil|!SsBZz")
# A short word of these letters alone may stand for figures: '01 OI 70'.
_LETTERS_ALIKE, _LONGEST_ALIKE = frozenset("OoIl"), 4
_MEANT = str.maketrans("OoQIil|!SsBZz", "0001111155822")


class Stream:
    """The groups of digits of a text; `gaps[i]` stands before group i, and one more behind the last."""

    def __init__(self, text: str, groups: list[Group]) -> None:
        self.text = text
        self.groups = groups
        self.written = [group.figures for group in groups]
        self.lengths = [len(figures) for figures in self.written]
        self.figures = "".join(self.written)
        self.places = [0, *accumulate(self.lengths)]
        self._group_at = {place: index for index, place in enumerate(self.places)}
        self.gaps: list[Gap] = []
        known: dict[str, Gap] = {}
        place = 0
        for group in groups:
            self.gaps.append(_gap(text[place : group.start], known))
            place = group.end
        self.gaps.append(_gap(text[place:], known))
        self.kinds = [int(gap.kind) for gap in self.gaps]

    @cached_property
    def pairs_before(self) -> list[int]:
        """For each pair of digits, how many pairs stand in a row before it with the same punctuation between."""
        found = [0]
        for index in range(1, len(self.groups)):
            if not self.lengths[index - 1] == self.lengths[index] == 2 or self.kinds[index] > Kind.SIGN:
                found.append(0)
            else:
                found.append(found[-1] + 1 if not found[-1] or self.gaps[index] is self.gaps[index - 1] else 1)
        return found

    @cached_property
    def pairs_behind(self) -> list[int]:
        """For each pair of digits, how many pairs stand in a row behind it with the same punctuation between."""
        found = [0] * len(self.groups)
        for index in range(len(self.groups) - 2, -1, -1):
            if self.lengths[index] == self.lengths[index + 1] == 2 and self.kinds[index + 1] <= Kind.SIGN:
                same = not found[index + 1] or self.gaps[index + 1] is self.gaps[index + 2]
                found[index] = found[index + 1] + 1 if same else 1
        return found

    @cached_property
    def has_code(self) -> bool:
        """Whether it may contain a country's telephone code."""
        return "+" in self.text or "00" in self.text

    def after(self, first: int, length: int) -> int:
        """The group behind `length` digits from the group `first` on; 0 where they end inside a group."""
        return self._group_at.get(self.places[first] + length, 0)


def _gap(text: str, known: dict[str, Gap]) -> Gap:
    found = known.get(text)
    if found is None:
        found = known[text] = Gap(text)
    return found


@once
def in_figures(text: str) -> Stream:
    """The groups of a plain text that are written in digits."""
    return Stream(text, [_group(found) for found in _FIGURES.finditer(text) if found["figures"] or found["code"]])


@once
def in_words(text: str) -> Stream:
    """The groups of a plain text, including number words and letters used as digits."""
    joined = join_spoken(text, _spoken(text))
    return Stream(text, [Group(said.figures, said.start, said.end) for said in joined])


def may_have_figures(text: str, count: int) -> bool:
    """Whether a plain text may have so many figures; False is certain, and quicker than reading the groups."""
    # Number words that are combined have no more figures than they have one by one.
    return sum(map(str.isdecimal, text)) >= count or sum(len(one.figures) for one in _spoken(text)) >= count


@once
def _spoken(text: str) -> list[Group]:
    parts: list[Group] = []
    for found in _RUNS.finditer(text):
        if found["code"]:
            parts.append(_group(found))
        elif found["figures"]:
            parts += _parts(found["figures"], found.start())
    return parts


def _group(found: patterns.Match) -> Group:
    return Group(found.group(), found.start(), found.end())


def _parts(run: str, start: int) -> list[Group]:
    has_figures = not run.isalpha() and any(map(str.isdecimal, run))
    if has_figures and not set(run) - _LOOKALIKES:
        return [Group(run.translate(_MEANT), start, start + len(run))]
    if has_figures:
        return [
            Group(found.group().translate(_MEANT), start + found.start(), start + found.end())
            for found in _LOOKALIKE.finditer(run)
        ]
    if len(run) <= _LONGEST_ALIKE and not set(run) - _LETTERS_ALIKE:
        return [Group(run.translate(_MEANT), start, start + len(run))]
    end = start + len(run)
    # Nothing is cut inside a word: its first number has all of its letters, the others stand at its end.
    return [Group(said, start if not index else end, end) for index, said in enumerate(figures_of(run))]
