"""Checks that answers are readable (LIX) and that every word is in a dictionary.

LIX is words per sentence plus the percentage of words over six letters. List items and what stands before a colon count
as sentences; Markdown, variables, numbers and addresses are not words. Short answers are not measured: one long word
would move the figure by ten or more.

The dictionary is the Danish one of spacy-lookups-data, with the words of data/words.yml. Compounds are looked up whole:
accepting any two known words as a compound would hide misspellings. A misspelling that is another word is not found.
"""

import gzip
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from common import patterns
from workbench.check.answers import Answer, Sentence
from workbench.shared.problems import Problem, shown
from workbench.shared.yaml_lines import load, plain

MOST_LIX = 38
LEAST_WORDS = 10
_LONG_WORD = 6
_NO_WORDS = patterns.compile(r"\{[^}]*\}|(?<!\S)\S*@\S+|https?://\S+|'\.\w+'|\*\*")
_WORD = patterns.compile(r"[^\W\d_]+(?:[-'\N{RIGHT SINGLE QUOTATION MARK}][^\W\d_]+)*")


@dataclass(frozen=True)
class OwnWords:
    """data/words.yml: words that are not in the dictionary, and sentences that are not Danish."""

    file: Path
    words: frozenset[str]
    not_danish: frozenset[str]


def own_words(root: Path) -> OwnWords:
    """Reads data/words.yml."""
    file = root / "data" / "words.yml"
    content = plain(load(file)) or {}
    known = frozenset(word.lower() for word in content.get("words") or ())
    return OwnWords(file, known, frozenset(content.get("not_danish") or ()))


@lru_cache(maxsize=1)
def dictionary() -> frozenset[str]:
    """All Danish word forms, in lower case."""
    packed = files("spacy_lookups_data").joinpath("data", "da_lemma_lookup.json.gz").read_bytes()
    forms: dict[str, str] = json.loads(gzip.decompress(packed))
    return frozenset("\n".join([*forms, *forms.values()]).lower().split("\n"))


# Each check asks for the words of the same sentences.
@lru_cache(maxsize=8192)
def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(_WORD.findall(_NO_WORDS.sub(" ", text)))


def lix(sentences: Collection[Sentence]) -> float | None:
    """The LIX of sentences; None for less than LEAST_WORDS words."""
    found = [words(sentence.text) for sentence in sentences]
    spoken = [sentence for sentence in found if sentence]
    count = sum(map(len, spoken))
    if count < LEAST_WORDS:
        return None
    long = sum(len(word) > _LONG_WORD for sentence in spoken for word in sentence)
    return count / len(spoken) + 100 * long / count


def readability(answers: Iterable[Answer], own: OwnWords) -> Iterator[Problem]:
    """Answers with a LIX above MOST_LIX."""
    for answer in answers:
        measured = [sentence for sentence in answer.sentences if sentence.text not in own.not_danish]
        figure = lix(measured)
        if figure is not None and figure > MOST_LIX:
            longest = max(measured, key=lambda sentence: len(words(sentence.text)))
            shown_figure = f"{figure:.1f}".replace(".", ",")
            yield answer.problem(
                f"{answer.name} er for svær at læse: LIX er {shown_figure} og må højst være {MOST_LIX}. Del den "
                f"længste sætning ('{_short(longest.text)}'), eller skift lange ord ud med korte.",
                longest.line,
            )


def spelling(answers: Iterable[Answer], own: OwnWords) -> Iterator[Problem]:
    """Words of texts, buttons and titles that are in neither the dictionary nor data/words.yml."""
    answers = list(answers)
    used = frozenset(word.lower() for answer in answers for one in answer.sentences for word in words(one.text))
    for answer in answers:
        spoken = [sentence for sentence in answer.sentences if sentence.text not in own.not_danish]
        spoken += [Sentence(button.title, button.line) for button in answer.buttons]
        spoken += [answer.title] if answer.title else []
        for sentence in spoken:
            for word in _misspelt(sentence.text, own):
                yield answer.problem(
                    f"Ordet '{word}' i {answer.name} er ikke i ordbogen.{_instead(word, used)} Ret det, "
                    f"eller skriv det i {shown(own.file)}, hvis det er rigtigt.",
                    sentence.line,
                )


def _misspelt(text: str, own: OwnWords) -> list[str]:
    return [word for word in words(text) if word.lower() not in own.words and word.lower() not in dictionary()]


def _instead(word: str, used: Collection[str]) -> str:
    """The most similar word of the dictionary; among equals, one that the answers use."""
    low = word.lower()
    near = [known for known in dictionary() if known[:1] == low[:1] and abs(len(known) - len(low)) < 3]
    found = process.extract(low, near, scorer=DamerauLevenshtein.distance, score_cutoff=2, limit=None)
    meant = min(found, key=lambda one: (one[1], one[0] not in used, one[0]), default=None)
    return f" Mente du '{meant[0]}'?" if meant else ""


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rstrip() + " ..."
