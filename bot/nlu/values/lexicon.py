"""Word lists of data/values: loading, folding (æ to ae), and correction of typos."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import OSA
from ruamel.yaml import YAML

from common import patterns

FOLDER = Path(__file__).resolve().parents[3] / "data" / "values"
_LETTERS = {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "é": "e", "è": "e", "ü": "u", "á": "a", "’": "'"}
_TRANSLATE = str.maketrans(_LETTERS)
_LONGEST_WORD = 30
# In words of at least so many letters a typo may have an edit for every fourth letter, at most three.
_LONG, _LETTERS_AN_EDIT, _MOST_EDITS = 9, 4, 3


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `data/values/<name>.yml`; raises ValueError where it is no mapping."""
    path = FOLDER / f"{name}.yml"
    content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise ValueError(f"data/values/{name}.yml must be a mapping of names to lists, but is {type(content).__name__}")
    return content


def fold(text: str) -> str:
    """The text in lower case with æ, ø, å and common accents written with a-z: 'Søndag' becomes 'soendag'."""
    return text.lower().translate(_TRANSLATE)


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the index in `text` that it came from."""
    letters = [fold(letter) for letter in text]
    return "".join(letters), [place for place, folded in enumerate(letters) for _ in folded]


@cache
def word_set(file: str, name: str) -> frozenset[str]:
    """The words of the list `name` in `data/values/<file>.yml`, folded."""
    return frozenset(fold(str(word)) for word in load(file)[name])


def any_of(phrases: Iterable[str]) -> patterns.Pattern:
    """A pattern that finds any of the phrases as whole words in folded text; a star stands for any ending."""
    folded = (patterns.escape(fold(phrase)).replace(r"\*", r"[a-z]*").replace(r"\ ", r"\s+") for phrase in phrases)
    body = "|".join(folded)
    return patterns.compile(rf"\b(?:{body})\b" if body else r"(?!)")


class Words:
    """Known words, and the search for the one that a misspelt word stands for. `protected` words are never changed."""

    def __init__(self, known: Iterable[str], protected: Iterable[str] = ()) -> None:
        self.known = frozenset(known)
        self._protected = frozenset(protected)
        self._long = sorted(word for word in self.known if len(word) >= 6)
        self._cache: dict[str, str] = {}

    def nearest(self, word: str) -> str:
        """The known word of which `word` (folded) is a typo, else `word` itself.

        Allows one edit in words of six letters or more, two from nine and three from twelve, but none in the first
        letter. Where two different words are equally near, neither is chosen.
        """
        if word in self.known or word in self._protected or not 5 <= len(word) <= _LONGEST_WORD:
            return word
        if word not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            self._cache[word] = self._search(word)
        return self._cache[word]

    def _search(self, word: str) -> str:
        best, tied = _MOST_EDITS + 1, [word]
        for known in self._long:
            shorter = min(len(known), len(word))
            allowed = min(_MOST_EDITS, shorter // _LETTERS_AN_EDIT) if shorter >= _LONG else 1
            if known[0] != word[0] or abs(len(known) - len(word)) > allowed:
                continue
            distance = OSA.distance(word, known, score_cutoff=allowed)
            if distance > allowed or distance > best:
                continue
            tied = [*tied, known] if distance == best else [known]
            best = distance
        if len(tied) > 1:
            # 'mandas' is as near to 'mandag' as to 'mandags': the ending decides.
            tied = [known for known in tied if known[-1] == word[-1]] or tied
        # 'jobcentert' may be 'jobcenter' or 'jobcentret': forms of one word are as good as one.
        one_word = bool(tied) and len({known[:5] for known in tied}) == 1
        return tied[0] if one_word else word
