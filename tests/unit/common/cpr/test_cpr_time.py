"""CPR numbers are found in a moment in the most hostile text, and in twice the time in twice the text."""

import time
from collections.abc import Callable

import pytest

from common.cpr import mask, mask_after

LONGEST = 4_000
# Measured: 35 milliseconds for the worst of them. A machine that runs all tests at once is slower.
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
    # Whole units: a text that ends within a date takes twice as long as one that does not, whatever its length.
    text = unit * (length // len(unit))

    def once() -> float:
        start = time.process_time()
        work(text)
        return time.process_time() - start

    # The best of several: one of them may meet the collection of a large test process' garbage.
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
    """Doubled twice, a text takes four times as long; were it sixteen times, it would be the square of its length."""
    short, long = seconds(work, unit, LONGEST // 2), seconds(work, unit, 2 * LONGEST)
    assert long < 8 * short + 0.02, f"{short:.3f} and {long:.3f} seconds"
