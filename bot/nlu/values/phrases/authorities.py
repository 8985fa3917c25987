"""Other authorities in a message, as whom a meeting is with: the police, a court, the region, another municipality."""

from dataclasses import dataclass
from functools import lru_cache

from bot.nlu.values.lexicon import any_of, fold, load
from common import patterns

# In characters: so far before a name a meeting with it is named.
_NEAR = 50
# Said beside a name where that is the whole answer: 'det er politiet, tak'.
_BESIDE = r"(?:ja |nej |jo |det er |den er |er |bare |kun )*"


@dataclass(frozen=True)
class FoundAuthority:
    """Where an authority is named; `rule`: `meeting` where it is said to be what a meeting is with, else `named`."""

    start: int
    end: int
    rule: str


def find_authorities(text: str) -> list[FoundAuthority]:
    """Other authorities than this municipality, by place; `text` has letters as one character each."""
    folded = [fold(character) for character in text]
    places = [place for place, letters in enumerate(folded) for _ in letters]
    plain = "".join(folded)
    return [
        FoundAuthority(
            places[one.start("name")],
            places[one.end("name") - 1] + 1,
            "meeting" if _meeting().search(plain[max(0, one.start() - _NEAR) : one.start()]) else "named",
        )
        for one in _named().finditer(plain)
    ]


@lru_cache(maxsize=1)
def _named() -> patterns.Pattern:
    file = load("authorities")
    names = any_of(file["names"]).pattern
    municipality = rf"{any_of(file['municipalities']).pattern}s? kommunes?\b"
    before = any_of(file["before"]).pattern
    name = rf"(?P<name>{names}|{municipality})"
    return patterns.compile(rf"(?:{before} (?:min |mit |en |et |det |den )?|^\W*{_BESIDE}){name}")


@lru_cache(maxsize=1)
def _meeting() -> patterns.Pattern:
    return patterns.compile(rf"{any_of(load('authorities')['meetings']).pattern}(?: \w+){{0,3}} ?$")
