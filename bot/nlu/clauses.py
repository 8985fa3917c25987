"""Clauses of a text: the pieces that choices and labels are learnt for, finer than the parts of bot/nlu/parts.py."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from common import patterns
from common.settings import ROOT
from common.yaml_files import read_yaml

# Entities in which no clause and no sentence ends: 'Sundhed og Omsorg', 'den 3. december'.
UNBROKEN = ("email", "phone", "date", "time", "reference", "department")
# Beginnings of a reason: 'for jeg', not 'for at'.
WHY = r"fordi\b|eftersom\b|(?:for|da) (?:jeg|vi|han|hun)\b"
# No clause ends in 'den 12. november' or 'd. 2.', unless a new sentence begins behind it.
NOT_IN_A_DAY = r"(?<!\d\.)(?<!\bd\.)(?<!\bkl\.)"
# No day stands behind an hour: 'kl 10. kan ikke skrive selv'.
_BEHIND_AN_HOUR = r"(?:(?<=\bkl \d\.)|(?<=\bkl \d\d\.)|(?<=\bkl\. \d\.)|(?<=\bkl\. \d\d\.)|(?<=\d[.:]\d\d\.))"
# 'Så' joins clauses, but not in 'så godt'.
_SO = r"så\b(?! (?:godt|dårligt|meget|mange|lidt|ofte|tit|let|svært|hurtigt|længe|langt?|stort?|gerne|få)\b)"
# A person and a verb, with which a clause begins also without a mark before it. 'Mødet jeg har' goes on, so that of
# oneself only what is no part of a meeting begins one.
_RUNS_ON = (
    r"(?:han|hun) (?:er|har|kan|vil|skal|må|får|ved|\w{3,}er)\b"
    r"|jeg (?:er (?!til\b|med\b|inde\b)|kan ik\w*\b|glemmer\b|hører\b|husker\b|har (?:haft|fået|svært|problemer)\b)"
)
_FILE = ROOT / "data" / "values" / "parts.yml"
_MOST = 12
_MARKS = " \n.,;!-–"
_JOINER = patterns.compile(r"(?:(?:og|men|så)\s+){1,2}", patterns.IGNORECASE)


@lru_cache(maxsize=1)
def _ends() -> patterns.Pattern:
    """Matches where a clause ends: behind a mark, before a joiner, and before `_RUNS_ON`."""
    joins = "|".join(read_yaml(_FILE)["joins_a_clause"])
    return patterns.compile(
        rf"(?<=[.!?;,]){NOT_IN_A_DAY}\s+|{_BEHIND_AN_HOUR}\s+|(?<=\d\.)\s+(?=(?-i:[A-ZÆØÅ]))|\n|\s(?=[-–]\s|{WHY}|men\b|og\b|{_SO})"
        rf"|(?<=\w)(?<!\b(?:{joins}))\s(?={_RUNS_ON})",
        patterns.IGNORECASE,
    )


def clauses(text: str, unbroken: Sequence[tuple[int, int]] = ()) -> list[tuple[int, int]]:
    """Return start and end of each clause, at most 12; none where the text is one clause.

    `unbroken`: spans in which no clause ends.
    """
    ends = (mark.end() for mark in _ends().finditer(text))
    marks = [0, *(end for end in ends if not any(first < end < last for first, last in unbroken)), len(text)]
    spans = [(start, end) for start, end in pairwise(marks) if text[start:end].strip()][:_MOST]
    return spans if len(spans) > 1 else []


def runs_on(text: str, place: int) -> bool:
    """Whether a clause begins there without a mark or a joiner before it."""
    return bool(_begins().match(text, place)) and text[:place].rstrip()[-1:].isalnum()


@lru_cache(maxsize=1)
def _begins() -> patterns.Pattern:
    return patterns.compile(_RUNS_ON, patterns.IGNORECASE)


def bare(clause: str) -> str:
    """Return a clause without the marks around it and the joiner before it."""
    said = clause.strip(_MARKS)
    joiner = _JOINER.match(said)
    return said[joiner.end() :] if joiner else said
