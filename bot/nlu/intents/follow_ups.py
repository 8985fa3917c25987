"""What a follow-up names: which of what was listed ('second'), what it asks about beside ('phone'), and what it asks
where its question stands in the same message.
"""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

import yaml

from bot.nlu.text import clean
from common import patterns
from common.settings import ROOT

_FILE = ROOT / "data" / "values" / "following.yml"
# The follow-ups that name something.
_WISH = "/request_"
_WORD = patterns.compile(r"\w+")
# A single word of a title is as much a question: 'optage'.
_LEAST_OF_A_TITLE = 2
NAMING = {"which": "which", "also": "about"}


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=1)
def _naming() -> dict[str, dict[str, patterns.Pattern]]:
    return {
        kind: {name: patterns.compile(_either(words)) for name, words in _file()[kind].items()}
        for kind in NAMING.values()
    }


@lru_cache(maxsize=1)
def _merely() -> frozenset[str]:
    return frozenset(_file()["merely"])


def named(how: str, words: str) -> str:
    """What a follow-up of that kind names, as data/values/following.yml calls it; '' where it names nothing."""
    kind = NAMING.get(how)
    text = clean(words).lower()
    found = ((name, match) for name, one in _naming().get(kind or "", {}).items() for match in one.finditer(text))
    # 'Videomøde' is more than 'video'; of 'ikke det første, men det andet' the last is meant.
    return max(found, key=lambda one: _weight(kind, one[1]), default=("", None))[0]


def beside(how: str, about: str, questions: Collection[str]) -> str | None:
    """What a follow-up to questions of the same message asks by itself; None where only a story knows."""
    asks = _file()["beside"].get(f"{how} {about}".strip(), {})
    return asks["asks"] if set(questions) & set(asks.get("of", ())) else None


def together(told: str, question: str) -> str:
    """What a question asks after what is told just before it: the question itself, or one that holds both."""
    return str(_file()["together"].get(told, {}).get(question, question))


def is_reason(told: str) -> bool:
    """Whether what is told is the reason for a question beside it: 'jeg glemmer alt'."""
    return told in _file()["reasons"]


def wished_behind(question: str) -> str:
    """The label of the wish that stands behind a question and does not say what is wished for; '' for most."""
    return str(_file()["wished_behind"].get(question, ""))


def in_notes(question: str) -> str:
    """The follow-up to the answer on notes that a question is inside a request for them; '' for most."""
    return str(_file()["in_notes"].get(question, ""))


def after_a_receipt(question: str, text: str) -> str:
    """What a question asks where a receipt was just given; `text`: the message that asks it."""
    other = _of_another_meeting().search(text.lower())
    return question if other else str(_file()["after_a_receipt"].get(question, question))


@lru_cache(maxsize=1)
def _of_another_meeting() -> patterns.Pattern:
    return patterns.compile(str(_file()["of_another_meeting"]))


def is_merely(words: str) -> bool:
    """Whether words acknowledge and accept nothing: 'okay', 'fint'."""
    text = clean(words).lower().strip(" .!,")
    return text in _merely()


def takes(words: str) -> bool:
    """Whether words beside a question take what was offered: 'ja tak'."""
    return bool({word.strip(" .!,") for word in clean(words).lower().split()} & set(_file()["takes"]))


def is_denied(label: str, words: str) -> bool:
    """Whether words say that this is not what they are about: 'ikke telefonsamtale'."""
    denied = _denied().get(label)
    return denied is not None and bool(denied.search(clean(words).lower()))


@lru_cache(maxsize=1)
def _denied() -> dict[str, patterns.Pattern]:
    # 'Gælder det ikke opkald?' asks about them.
    return {label: patterns.compile(rf"(?:{pattern})(?![^.!\n]*\?)") for label, pattern in _file()["denied"].items()}


def pressed(words: str, buttons: Iterable[tuple[str, str]], asked: bool = False) -> str | None:
    """The request that an offered button begins, where its words are said: 'ja lov', of 'Bed om lov til at optage'.

    `asked`: it was asked which of the buttons is meant; then each of them can be, and a word is enough.
    """
    said = _words(words)
    content = said - set(_file()["small"])
    if (len(said) < _LEAST_OF_A_TITLE and not asked) or not content or "?" in words:
        return None
    begins = "/" if asked else _WISH
    payloads = {payload for title, payload in buttons if payload.startswith(begins) and content <= _words(title)}
    return payloads.pop().removeprefix("/") if len(payloads) == 1 else None


def _words(text: str) -> set[str]:
    return {word for word in _WORD.findall(clean(text).lower())}


def _weight(kind: str | None, match: patterns.Match) -> int:
    return match.end() if kind == "which" else match.end() - match.start()


def _either(words: list[str]) -> str:
    # An asterisk stands for the rest of a word.
    longest = sorted(map(str, words), key=len, reverse=True)
    either = "|".join(patterns.escape(word).replace(r"\*", r"\w*") for word in longest)
    return rf"(?<!\w)(?:{either})(?!\w)"
