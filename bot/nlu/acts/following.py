"""What a follow-up names: which of what was listed ('second'), or what it asks about beside ('phone')."""

from functools import lru_cache

import yaml

from bot.nlu.text import clean
from common import patterns
from common.settings import ROOT

_FILE = ROOT / "data" / "values" / "following.yml"
# The follow-ups that name something.
NAMING = {"which": "which", "also": "about"}


@lru_cache(maxsize=1)
def _file() -> dict[str, dict[str, patterns.Pattern]]:
    content = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {
        kind: {name: patterns.compile(_either(words)) for name, words in content[kind].items()}
        for kind in NAMING.values()
    }


@lru_cache(maxsize=1)
def _merely() -> frozenset[str]:
    return frozenset(yaml.safe_load(_FILE.read_text(encoding="utf-8"))["merely"])


def named(how: str, words: str) -> str:
    """What a follow-up of that kind names, as data/values/following.yml calls it; '' where it names nothing."""
    kind = NAMING.get(how)
    text = clean(words).lower()
    found = ((name, match) for name, one in _file().get(kind or "", {}).items() for match in one.finditer(text))
    # 'Videomøde' is more than 'video'; of 'ikke det første, men det andet' the last is meant.
    return max(found, key=lambda one: _weight(kind, one[1]), default=("", None))[0]


def is_merely(words: str) -> bool:
    """Whether words acknowledge and accept nothing: 'okay', 'fint'."""
    text = clean(words).lower().strip(" .!,")
    return text in _merely()


def _weight(kind: str | None, match: patterns.Match) -> int:
    return match.end() if kind == "which" else match.end() - match.start()


def _either(words: list[str]) -> str:
    # An asterisk stands for the rest of a word.
    longest = sorted(map(str, words), key=len, reverse=True)
    either = "|".join(patterns.escape(word).replace(r"\*", r"\w*") for word in longest)
    return rf"(?<!\w)(?:{either})(?!\w)"
