"""Lookups in data/values/following.yml: what a follow-up names, and how questions and statements combine."""

from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Any

from bot.nlu.text import clean
from common import patterns
from common.settings import ROOT
from common.yaml_files import read_yaml

_FILE = ROOT / "data" / "values" / "following.yml"
_REQUEST_PAYLOAD = "/request_"
_WORD = patterns.compile(r"\w+")
# A single word of a button's title may as well be a question: 'optage'.
_LEAST_TITLE_WORDS = 2
# The follow-ups that name something, and the section of the file that lists the names.
NAMING = {"which": "which", "also": "about"}


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(_FILE)
    return content


@lru_cache(maxsize=1)
def _naming() -> dict[str, dict[str, patterns.Pattern]]:
    return {
        kind: {name: patterns.compile(_either(words)) for name, words in _file()[kind].items()}
        for kind in NAMING.values()
    }


def named(how: str, words: str) -> str:
    """Return what a follow-up of that kind names ('second', 'phone'); '' where it names nothing."""
    kind = NAMING.get(how)
    text = clean(words).lower()
    matches = (
        (name, match) for name, pattern in _naming().get(kind or "", {}).items() for match in pattern.finditer(text)
    )
    # 'Videomøde' is more than 'video'; of 'ikke det første, men det andet' the last is meant.
    return max(matches, key=lambda named_: _weight(kind, named_[1]), default=("", None))[0]


def beside(how: str, about: str, questions: Collection[str]) -> str | None:
    """Return the label that a follow-up asks for beside questions of the same message; None where a story decides."""
    asks = _file()["beside"].get(f"{how} {about}".strip(), {})
    return asks["asks"] if set(questions) & set(asks.get("of", ())) else None


def together(told: str, question: str) -> str:
    """Return the label of a question after the label of a statement before it: the question's own, or a joint one."""
    return str(_file()["together"].get(told, {}).get(question, question))


def is_reason(told: str) -> bool:
    """Whether a statement with that label is the reason for a question beside it: 'jeg glemmer alt'."""
    return told in _file()["reasons"]


def wished_behind(question: str) -> str:
    """Return the label of the wish that follows a question and does not name what is wished for; '' for most."""
    return str(_file()["wished_behind"].get(question, ""))


def in_notes(question: str) -> str:
    """Return the follow-up on notes that a question means inside a request for notes; '' for most."""
    return str(_file()["in_notes"].get(question, ""))


def of_receipts() -> dict[str, dict[str, Any]]:
    """Return by label what a question is about after a receipt (bot/nlu/intents/after_receipt.py)."""
    return dict(_file()["after_a_receipt"])


def says_new(text: str, cues: Iterable[str]) -> bool:
    """Whether a text after a receipt has words of one of these kinds: of another meeting, in general."""
    return any(_patterns("new_after_a_receipt")[cue].search(clean(text).lower()) for cue in cues)


def says_where(text: str, cue: str) -> bool:
    """Whether a text after a receipt has the words without which its label means what it always does."""
    return bool(_patterns("after_a_receipt_where")[cue].search(clean(text).lower()))


@lru_cache
def _patterns(section: str, part: str = "") -> dict[str, patterns.Pattern]:
    content = _file()[section].get(part, {}) if part else _file()[section]
    return {name: patterns.compile(pattern) for name, pattern in content.items()}


def particular(topic: str, words: str) -> str:
    """Return which part of a topic's answer a question asks for ('how_long'); '' where it asks for all of it."""
    text = clean(words).lower()
    return next((name for name, pattern in _patterns("particular", topic).items() if pattern.search(text)), "")


def is_merely(words: str) -> bool:
    """Whether words only acknowledge and accept no offer: 'okay', 'fint'."""
    return clean(words).lower().strip(" .!,") in _file()["merely"]


def takes(words: str) -> bool:
    """Whether words beside a question accept an offer: 'ja tak'."""
    return bool({word.strip(" .!,") for word in clean(words).lower().split()} & set(_file()["takes"]))


def is_denied(label: str, words: str) -> bool:
    """Whether words say that they are not about that label: 'ikke telefonsamtale'."""
    denied = _patterns("denied")
    return label in denied and bool(denied[label].search(clean(words).lower()))


def protests(words: str) -> bool:
    """Whether words say that what was answered last is not what was asked: 'det spurgte jeg ikke om'."""
    return bool(_pattern("protests").search(clean(words).lower()))


def asks_whether_it_matters(words: str) -> bool:
    """Whether a question asks if what was just told matters: 'er det et problem?'"""
    return bool(_pattern("asks_whether_it_matters").search(clean(words).lower()))


@lru_cache
def _pattern(name: str) -> patterns.Pattern:
    return patterns.compile(_file()[name])


def pressed(words: str, buttons: Iterable[tuple[str, str]], asked: bool = False) -> str | None:
    """Return the payload, without '/', of the one offered request button whose title has the words that were said.

    `buttons`: title and payload. `asked`: the assistant asked which button is meant; then any button counts, and one
    word is enough.
    """
    said = _words(words)
    content = said - set(_file()["small"])
    if (len(said) < _LEAST_TITLE_WORDS and not asked) or not content or "?" in words:
        return None
    prefix = "/" if asked else _REQUEST_PAYLOAD
    payloads = {payload for title, payload in buttons if payload.startswith(prefix) and content <= _words(title)}
    return payloads.pop().removeprefix("/") if len(payloads) == 1 else None


def _words(text: str) -> set[str]:
    return set(_WORD.findall(clean(text).lower()))


def _weight(kind: str | None, match: patterns.Match) -> int:
    return match.end() if kind == "which" else match.end() - match.start()


def _either(words: list[str]) -> str:
    # The longest first; an asterisk stands for the rest of a word.
    longest = sorted(map(str, words), key=len, reverse=True)
    either = "|".join(patterns.escape(word).replace(r"\*", r"\w*") for word in longest)
    return rf"(?<!\w)(?:{either})(?!\w)"
