"""The word lists of data/values/names.yml, compiled and folded."""

from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.values.lexicon import fold, load, word_set
from common import patterns

_LABEL = r"[\s:,.–-]{1,4}"


@dataclass(frozen=True)
class NameLists:
    """The lists under the names that they have in names.yml; `common`: the words of common_words.yml."""

    introduced: patterns.Pattern
    framed: tuple[tuple[patterns.Pattern, str], ...]
    particles: frozenset[str]
    polite: frozenset[str]
    words: frozenset[str]
    common: frozenset[str]
    also_names: frozenset[str]
    first_names: frozenset[str]
    endings: tuple[str, ...]
    end_like_words: frozenset[str]
    beside: patterns.Pattern
    another: patterns.Pattern
    labels: frozenset[str]
    unsure: frozenset[str]
    first_particles: frozenset[str]


@lru_cache(maxsize=1)
def name_lists() -> NameLists:
    """The lists; built at the first message."""
    data = load("names")
    phrases = sorted(data["introductions"], key=len, reverse=True)
    openings = [patterns.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases]
    beside = "|".join(data["beside"])
    own = "|".join(map(patterns.escape, data["own"]))
    frames = tuple(
        (patterns.compile(rf"(?<!\w){patterns.escape(first)}[,.!]?\s+", patterns.IGNORECASE), last or "")
        for first, last in data["framed"]
    )
    return NameLists(
        introduced=patterns.compile(
            rf"(?<![\w@.-])(?P<words>{'|'.join(openings)})(?=[\s:,.]){_LABEL}", patterns.IGNORECASE
        ),
        framed=frames,
        particles=frozenset(map(str, data["particles"])),
        polite=frozenset(map(str.lower, data["polite"])),
        words=word_set("names", "words"),
        common=word_set("common_words", "words"),
        also_names=word_set("names", "also_names"),
        first_names=word_set("names", "first_names"),
        endings=tuple(map(fold, data["endings"])),
        end_like_words=frozenset(map(fold, data["end_like_words"])),
        beside=patterns.compile(
            rf"^(?>{beside})(?![^\W_])[\s:]*+|(?<![\s:])[\s:]++(?>{beside})(?![^\W_])$", patterns.IGNORECASE
        ),
        another=patterns.compile(rf"\b(?!(?:{own})\b)\w+ hedder $", patterns.IGNORECASE),
        labels=frozenset(data["labels"]),
        unsure=frozenset(data["unsure"]),
        first_particles=frozenset(data["first_particles"]),
    )
