"""Other authorities that a meeting may be with: police, courts, the region, other municipalities."""

from functools import lru_cache

from bot.nlu.values.lexicon import any_of, fold, fold_with_places, load
from bot.nlu.values.model import Value
from common import patterns

# How many characters before a name are searched for a meeting.
_NEAR = 50


def find_authorities(text: str) -> list[Value]:
    """Authorities other than this municipality, as values of `authority` by place; `text` is composed (NFC).

    Their `rule` is `meeting` where the text says that a meeting is with them, else `named`.
    """
    plain, places = fold_with_places(text)
    return [
        Value(
            "authority",
            places[match.start("name")],
            places[match.end("name") - 1] + 1,
            "other",
            "meeting" if _meeting().search(plain[max(0, match.start() - _NEAR) : match.start()]) else "named",
        )
        for match in _named().finditer(plain)
    ]


@lru_cache(maxsize=1)
def _named() -> patterns.Pattern:
    file = load("authorities")
    names = any_of(file["names"]).pattern
    municipality = rf"{any_of(file['municipalities']).pattern}s? kommunes?\b"
    before = any_of(file["before"]).pattern
    beside = "|".join(f"{patterns.escape(fold(phrase))} " for phrase in file["beside"])
    name = rf"(?P<name>{names}|{municipality})"
    return patterns.compile(rf"(?:{before} (?:min |mit |en |et |det |den )?|^\W*(?:{beside})*){name}")


@lru_cache(maxsize=1)
def _meeting() -> patterns.Pattern:
    return patterns.compile(rf"{any_of(load('authorities')['meetings']).pattern}(?: \w+){{0,3}} ?$")
