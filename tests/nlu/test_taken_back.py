"""What a citizen takes back at the review is taken back or asked about, and what is added to the reason stands in it.

The rows of taken_back/ were written by two people who had seen neither code nor data. `summary`: A for a request for
another, B for one's own. `tells`: what the request holds afterwards, '?' where that is to be asked; of a text, words
that it holds or not. `missed`: slots that are lost.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from known_faults import KnownFaults, read_rows
from parsing import TODAY, acts_of
from test_corrected import known_before

from bot.nlu.acts.request.by_sentence.state_after import after
from common.acts import CORRECTS, REOPEN, UNREAD, Act
from common.request import State

_ROWS = read_rows("taken_back")
_TEXT = (
    "{who} hører dårligt og når ikke at få det hele med. {who} glemmer, hvad der bliver sagt. "
    "Vi har haft mange dårlige møder"
)
_ANEW = "?"


def summary(letter: str) -> dict[str, Any]:
    """The slots that the summary shows."""
    for_another = {
        "behalf_relation": "representative",
        "behalf_who": "din mor",
        "behalf_name": "Grethe Lund",
        "behalf_words": "det er for min mor",
    }
    known = known_before("review") | {
        "recording_explanation": _TEXT.format(who="Hun" if letter == "A" else "Jeg"),
        "recording_grounds": ["communication_impairment", "memory"],
        "support_person_possible": "yes",
        "applicant_email": "karen@eksempel.dk",
    }
    return known | (for_another if letter == "A" else {})


def lost_in(tells: Mapping[str, Any], known: Mapping[str, Any], acts: list[Act]) -> list[str]:
    """The slots that do not hold what was told, and are not asked about."""
    told = [act for act in acts if act.to in ("", "form")]
    asked = {act.slot for act in told if act.act == REOPEN or act.readings}
    asks_which = any((act.act, act.about) == (UNREAD, CORRECTS) for act in told)
    left = after(State.of(known, ["utter_review"], TODAY), told).known
    return [
        slot
        for slot, value in tells.items()
        if not (slot in asked or asks_which or _holds(left.get(slot), value, known.get(slot)))
    ]


def _holds(held: Any, value: Any, before: Any) -> bool:
    if value == _ANEW:
        return held != before
    if isinstance(value, dict):
        words, others = (value.get(name, []) for name in ("holds", "holds_not"))
        text = str(held).lower()
        words, others = ([one] if isinstance(one, str) else one for one in (words, others))
        return all(one.lower() in text for one in words) and not any(one.lower() in text for one in others)
    if isinstance(value, list):
        return sorted(held or ()) == sorted(value)
    return str(held).lower().endswith(str(value).lower())


@pytest.mark.parametrize("letter", ["A", "B"])
def test_what_is_taken_back_is_taken_back(agent: Any, letter: str, known_faults: KnownFaults) -> None:
    rows = [row for row in _ROWS if row["summary"] == letter]
    known = summary(letter)
    read = acts_of(agent, [row["say"] for row in rows], known)
    known_faults.hold(
        [(row, {"missed": lost_in(row["tells"], known, acts)}) for row, acts in zip(rows, read, strict=True)]
    )
