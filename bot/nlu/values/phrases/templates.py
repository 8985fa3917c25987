"""Phrases of data/values as patterns over a folded text, with small words allowed between their words.

In a phrase a/b is either word, (a/b) may be left out, <list> is any of a list, <any> is any word, _ up to four words,
and '|' the end of a part of a sentence.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.nlu.values.lexicon import fold
from common import patterns

_WORD = r"[^\s.,;:!?]+"
CLAUSE_END = r"(?=\s*(?:[.;!?\n]|$|,|\b(?:han|hun|som|der|fordi|og jeg|jeg|vi|de)\b))"


class Phrases:
    """Groups of phrases, found by name in a text."""

    def __init__(
        self,
        groups: dict[str, list[str]],
        lists: dict[str, list[str]],
        fillers: Iterable[str],
        signs: Mapping[str, str] = MappingProxyType({}),
        roles: Iterable[str] = (),
    ) -> None:
        """``lists``: words for <list>; ``signs``: patterns for it; ``roles`` for <role>, which the match names."""
        self._parts = {name: f"(?:{either(words)})" for name, words in lists.items()} | dict(signs)
        self._parts["role"] = f"(?P<role>{either(roles)})"
        self._parts["any"] = _WORD
        self._between = f",? (?:(?:{either(fillers)}) ){{0,3}}"
        self._groups = {
            name: [patterns.compile(self._pattern(phrase)) for phrase in phrases] for name, phrases in groups.items()
        }

    def find(self, group: str, text: str) -> Iterator[patterns.Match]:
        """All places where a phrase of the group stands."""
        for pattern in self._groups[group]:
            yield from pattern.finditer(text)

    def _pattern(self, phrase: str) -> str:
        made, first = "", True
        for word in phrase.split():
            if word == "|":
                made += CLAUSE_END
            elif word == "^":
                made += r"(?:^|(?<=[.!?,;\n] )|(?<=\n))"
            elif word == "_":
                made += rf"(?: {_WORD}){{0,4}}?"
            elif word.startswith("("):
                said = self._words(word.strip("()"))
                made += f"(?:{said}{self._between})?" if first else f"(?:{self._between}{said})?"
            else:
                made += self._words(word) if first else self._between + self._words(word)
                first = False
        starts = "" if made.startswith("[") else r"(?<!\w)"
        return f"{starts}{made}(?!\\w)" if not phrase.endswith("|") else f"{starts}{made}"

    def _words(self, word: str) -> str:
        choices = [
            self._parts[one.strip("<>")] if one.startswith("<") else patterns.escape(fold(one))
            for one in word.split("/")
        ]
        return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def either(words: Iterable[str]) -> str:
    """A pattern of any of these words, folded, the longest first; a star stands for any ending."""
    longest_first = sorted(map(fold, words), key=len, reverse=True)
    return "|".join(patterns.escape(word).replace(r"\*", r"[a-z]*") for word in longest_first)
