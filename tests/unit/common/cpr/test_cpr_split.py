"""CPR numbers split over messages are masked; hours, years and telephone numbers are not."""

from pathlib import Path

import pytest
from value_tables import rows, unescaped

from common.cpr import MASK, mask, mask_after

HERE = Path(__file__).parent

SPLIT = [tuple(map(unescaped, row)) for row in [*rows(HERE / "cpr_split.tsv", 3), *rows(HERE / "cpr_split_own.tsv", 3)]]
NONE = [
    tuple(map(unescaped, row))
    for row in [*rows(HERE / "cpr_split_none.tsv", 2), *rows(HERE / "cpr_split_own_none.tsv", 2)]
]
WHEN = "Hvilken dag er mødet eller samtalen, og hvad tid? Du kan skrive 'torsdag kl. 14' eller '3/12 kl. 14'."


@pytest.mark.parametrize(("first", "second", "parts"), SPLIT)
def test_the_second_part_of_a_split_number_is_masked(first: str, second: str, parts: str) -> None:
    masked, found = mask_after(second, [mask(first)[0]])
    assert found and not any(part in masked for part in parts.split("|")), masked


@pytest.mark.parametrize(("first", "second"), NONE)
def test_a_message_that_completes_no_number_is_unchanged(first: str, second: str) -> None:
    assert mask_after(second, [mask(first)[0]]) == (second, 0)


def test_a_number_may_be_split_over_three_messages() -> None:
    assert mask_after("1234", ["0101", "70"]) == (MASK, 1)
    assert mask_after("1234", ["jeg er født 010170", "hov"]) == (MASK, 1)


def test_after_a_masked_number_the_next_message_is_unchanged() -> None:
    assert mask_after("1430", [mask("født 010170-1234")[0]]) == ("1430", 0)


def test_an_hour_that_was_asked_for_is_not_masked() -> None:
    assert mask_after("1430", ["jeg er født 010170"], WHEN) == ("1430", 0)
    assert mask_after("1430", ["jeg er født 010170"], "Det kan du ikke i chatten.") == (MASK, 1)
    assert mask_after("1234", ["jeg er født 010170"], WHEN) == (MASK, 1)
    assert mask_after("2648", ["jeg er født 010170"], "Hvilket telefonnummer kan vi ringe til?") == ("2648", 0)
    assert mask_after("2648", ["jeg er født 010170"], "Ring til Jura på 3821 4236.") == (MASK, 1)


def test_a_whole_number_is_masked_whatever_was_said_before() -> None:
    assert mask_after("mit cpr er 1.1.70-1234", []) == (f"mit cpr er {MASK}", 1)
    assert mask_after("mødet er 3/12 kl. 14", ["jeg er født 010170"]) == ("mødet er 3/12 kl. 14", 0)
