"""Compiles phrase templates to patterns over folded text, with filler words between their words.

In a template a/b is either word, (a/b) is optional, <list> is any word of a list, <any> is any word, _ is up to four
words, ^ is the beginning of a clause (behind a greeting and the like) and | its end.
"""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from bot.nlu.values.lexicon import fold
from common import patterns

_WORD = r"[^\s.,;:!?]+"
CLAUSE_END = r"(?=\s*(?:[.;!?\n]|$|,|\b(?:han|hun|som|der|fordi|og jeg|jeg|vi|de)\b))"


class Phrases:
    """Groups of compiled templates, searched by the group's name."""

    def __init__(
        self,
        groups: dict[str, list[str]],
        lists: dict[str, list[str]],
        fillers: Iterable[str],
        signs: Mapping[str, str] = MappingProxyType({}),
        roles: Iterable[str] = (),
        *,
        openings: Iterable[str] = (),
    ) -> None:
        """`groups`: templates by group. `lists` and `signs`: words, or a pattern, by the name used in `<name>`.

        `fillers`: words allowed between the words of a template. `roles`: words for <role>, a group of the match.
        `openings`: words that may stand at the beginning of a clause, before the template's own.
        """
        self._begins = rf"(?:^|(?<=[.!?,;\n] )|(?<=\n))(?:(?:{either(openings)})[,.!]? ){{0,3}}"
        self._parts = {name: f"(?:{either(words)})" for name, words in lists.items()} | dict(signs)
        self._parts["role"] = f"(?P<role>{either(roles)})"
        self._parts["any"] = _WORD
        self._between = f",? (?:(?:{either(fillers)}) ){{0,3}}"
        self._groups = {
            name: [patterns.compile(self._pattern(phrase)) for phrase in phrases] for name, phrases in groups.items()
        }

    def find(self, group: str, text: str) -> Iterator[patterns.Match]:
        """The matches of all templates of the group, template by template."""
        for pattern in self._groups[group]:
            yield from pattern.finditer(text)

    def _pattern(self, phrase: str) -> str:
        made, first = "", True
        for word in phrase.split():
            if word == "|":
                made += CLAUSE_END
            elif word == "^":
                made += self._begins
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
