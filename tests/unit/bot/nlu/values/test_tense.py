"""Of two days, verbs say which is past and which future; a single day keeps both readings."""

from datetime import datetime

import pytest

from bot.nlu.values.extract import find_values
from common.clock import COPENHAGEN

NOW = datetime(2026, 12, 1, 10, tzinfo=COPENHAGEN)


def _days(text: str) -> list[tuple[list[str], list[str]]]:
    found = [one for one in find_values(text, NOW) if one.entity == "date" and not (one.negated or one.aside)]
    return [(one.value["future"], one.value["past"]) for one in found]


@pytest.mark.parametrize(
    ("text", "been", "to_come"),
    [
        ("Vi mødtes den 9. november, og det næste er den 4. januar", "2026-11-09", "2027-01-04"),
        ("Mødet ligger den 14. december. Det første blev holdt den 2. november", "2026-11-02", "2026-12-14"),
    ],
)
def test_the_verbs_decide_which_day_is_past_and_which_future(text: str, been: str, to_come: str) -> None:
    assert sorted(_days(text)) == [([], [been]), ([to_come], [])]


@pytest.mark.parametrize(
    "text",
    [
        "Det var den 10. december kl. 9",  # of an appointment, too
        "Mødet er den 9. eller den 14. december",
        "Det blev den 9. november, det blev den 14. november",
    ],
)
def test_a_single_day_keeps_both_readings(text: str) -> None:
    assert all(future and past for future, past in _days(text))
