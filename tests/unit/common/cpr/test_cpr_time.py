"""Masking CPR numbers is quick on hostile texts, in time linear in their length."""

import time
from collections.abc import Callable

import pytest

from common.cpr import mask, mask_after

LONGEST = 4_000
# The worst takes 35 ms on an idle machine.
SECONDS = 0.15
UNITS = [
    *("0", "01", "01 ", "0 1 ", "1\n", "0101 ", "010270-", "010270 ", "010270-1234 ", "1.1.70 ", "01.01.1970 "),
    *("1. januar 1970 ", "og de sidste ", "sidste fire ", "010270 og de sidste fire er ", "1234 er de sidste fire "),
    *("nul ", "en to ", "to hundrede og ", "fireogtyve", "nulen", "O1 ", "l0 ", "født ", "cpr ", "cpr 01", "+45 ", "+"),
    *(
        "-",
        " ",
        "(",
        "x",
        "\u200b",
        "\n",
        "<b>",
        "<",
        "&nbsp;",
        "&",
        "%20",
        "%",
        ". ",
        "januar ",
        "(CPR-nummer skjult)",
    ),
]


def seconds(work: Callable[[str], object], unit: str, length: int) -> float:
    # Whole units: a text that ends inside a date takes twice as long at any length.
    text = unit * (length // len(unit))

    def once() -> float:
        start = time.process_time()
        work(text)
        return time.process_time() - start

    # The best of several, since a garbage collection may fall into one.
    return min(once() for _ in range(4))


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length_of_a_text(unit: str) -> None:
    assert seconds(mask, unit, LONGEST) < SECONDS
    assert_linear(mask, unit)


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length_of_a_conversation(unit: str) -> None:
    def work(text: str) -> object:
        return mask_after(text, [text, text], text)

    assert seconds(work, unit, LONGEST) < 2 * SECONDS
    assert_linear(work, unit)


def assert_linear(work: Callable[[str], object], unit: str) -> None:
    """Checks that four times the text takes about four times as long (quadratic time would be sixteen)."""
    short, long = seconds(work, unit, LONGEST // 2), seconds(work, unit, 2 * LONGEST)
    assert long < 8 * short + 0.02, f"{short:.3f} and {long:.3f} seconds"
