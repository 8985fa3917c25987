"""Words that bind a citizen: a closed list (data/values/binding.yml), never learnt or guessed."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from common.settings import ROOT
from common.yaml_files import read_yaml

Where = Literal["terms", "review", "stop", "restart"]
# The slots that bind.
WHERE: dict[str, Where] = {"terms_accepted": "terms", "review": "review"}
# Signs stripped from words; a word with any other sign is not on the list.
_AROUND = " .,!:;\"'()«»“”\n\t\r-–"


def binds(text: str, where: Where, own: Iterable[str] = ()) -> bool:
    """Whether every word is on the list and one is a core word for `where` (conversation.md, Acts).

    `own`: the citizen's name or contact in the message; they may stand next to the yes.
    """
    text = text.lower()
    for value in (*own, *_lists()["friendly"]):
        text = text.replace(value.lower(), " ")
    words = [word.strip(_AROUND) for word in text.replace(",", " ").replace(".", " ").split()]
    words = [word for word in words if word]
    said = f" {' '.join(words)} "
    return set(words) <= _allowed(where) and any(f" {core} " in said for core in _core(where))


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    return dict(read_yaml(ROOT / "data" / "values" / "binding.yml"))


@lru_cache(maxsize=4)
def _core(where: Where) -> frozenset[str]:
    return frozenset([*_lists()["core"], *_lists()[where]])


@lru_cache(maxsize=4)
def _allowed(where: Where) -> frozenset[str]:
    return frozenset(word for phrase in [*_core(where), *_lists()["beside"]] for word in phrase.split())
