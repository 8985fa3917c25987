"""Misspelt words: a word that no training line has is read as the frequent one that differs from it in one letter.

docs/decisions/0037-misspelt-words.md
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from common import patterns

# Shorter words have too many like them.
_WORD = patterns.compile(r"(?<![\w@.])[a-zæøå]{5,}(?![\w@])")
# In training lines.
_OFTEN = 4


@dataclass
class Spelling:
    """The words of the training lines, and the `frequent` ones among them, sorted."""

    known: frozenset[str]
    frequent: list[str]

    @classmethod
    def fit(cls, texts: Iterable[str]) -> "Spelling":
        """Learn the words of the texts."""
        counts = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        return cls(frozenset(counts), sorted(word for word, count in counts.items() if count >= _OFTEN))

    def corrected(self, text: str) -> str:
        """Return the text with its misspelt words as they are written in the training lines.

        Words with a capital letter, which may be names, stay.
        """
        return _WORD.sub(lambda found: self._corrected(found.group()), text)

    def _corrected(self, word: str) -> str:
        if word in self.known:
            return word
        like = process.extractOne(word, self.frequent, scorer=OSA.distance, score_cutoff=1)
        return like[0] if like else word

    def state(self) -> dict[str, str]:
        """Return the words, joined by line breaks, for `of`."""
        return {"known": "\n".join(sorted(self.known)), "frequent": "\n".join(self.frequent)}

    @classmethod
    def of(cls, state: dict[str, str]) -> "Spelling":
        """Restore the words from what `state` returned."""
        return cls(frozenset(state["known"].split("\n")), state["frequent"].split("\n"))
