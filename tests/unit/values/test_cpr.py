"""Test room: no CPR number is stored, logged or sent; numbers that are none are left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from value_tables import rows, unescaped

from common.cpr import MASK, mask


@pytest.mark.parametrize(("text", "expected"), rows("cpr", 2))
def test_masks_what_is_a_cpr_number(text: str, expected: str) -> None:
    text = unescaped(text)
    expected = text if expected == "=" else unescaped(expected)
    assert mask(text) == (expected, expected.count(MASK) - text.count(MASK))


@pytest.mark.parametrize("text", [unescaped(row[0]) for row in rows("cpr", 2)])
def test_masking_twice_is_masking_once(text: str) -> None:
    once, _ = mask(text)
    assert mask(once) == (once, 0)


@given(st.text(alphabet="0123 4567-./89 \u200b\u00ad٠１ogdefirsidste()+xkl\n", max_size=120))
def test_any_text_is_masked_once_and_for_all(text: str) -> None:
    once, _ = mask(text)
    assert mask(once) == (once, 0)


@given(
    st.integers(1, 28),
    st.integers(1, 12),
    st.integers(0, 99),
    st.integers(0, 9999),
    st.sampled_from(["", "-", " ", " - ", "\u2013"]),
)
def test_every_plain_number_is_masked(day: int, month: int, year: int, serial: int, gap: str) -> None:
    assert mask(f"Mit nr. er {day:02d}{month:02d}{year:02d}{gap}{serial:04d}, tak") == (f"Mit nr. er {MASK}, tak", 1)


@pytest.mark.parametrize(
    "piece",
    [
        "0",
        "01",
        "01 ",
        "010270-",
        "010270 ",
        "0 1 ",
        "og de sidste ",
        "010270 og de sidste ",
        "nul ",
        "-",
        " ",
        "(",
        "x",
        "\u200b",
        "010270-1234 ",
    ],
)
def test_long_texts_take_a_moment_only(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        mask(text)
        return time.process_time() - start

    # The best of three: one of them may meet the collection of a large test process' garbage.
    assert min(seconds(20_000) for _ in range(3)) < 0.5
