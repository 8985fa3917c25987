"""Invisible characters are removed from a text; what people write with is kept."""

import time
import unicodedata

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from common.plain_text import cleaned


def flag(code: str) -> str:
    """A flag such as England's: a black flag and the letters of its code as tag characters."""
    return "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in code) + "\U000e007f"


UNSEEN = {
    "marks of direction": [0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)],
    "tags": [*range(0xE0000, 0xE0080)],
    "zero width space, soft hyphen, byte order mark": [0x200B, 0xAD, 0xFEFF],
    "word joiner and invisible operators": [*range(0x2060, 0x2065)],
    "annotations": [0xFFF9, 0xFFFA, 0xFFFB],
    "variation selectors supplement": [*range(0xE0100, 0xE01F0)],
    "fillers": [0x115F, 0x1160, 0x3164, 0xFFA0],
}


@pytest.mark.parametrize("codes", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_left_out(codes: list[int]) -> None:
    for code in codes:
        assert cleaned(f"må{chr(code)} jeg{chr(code)}?") == "må jeg?", f"U+{code:04X}"
        assert cleaned(f"می{chr(code)}خ 👍{chr(code)}") == "میخ 👍", f"U+{code:04X}"


def test_unicodes_default_ignorable_characters_are_removed() -> None:
    ignorable = regex.compile(r"\p{Default_Ignorable_Code_Point}")
    codes = [code for code in range(0x110000) if ignorable.match(chr(code))]
    assert len(codes) > 4000
    assert [f"U+{code:04X}" for code in codes if cleaned(f"a{chr(code)}ø") != "aø"] == []


@pytest.mark.parametrize("code", [0xE000, 0xF8FF, 0xF0000, 0x10FFFD, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFF, 0x10FFFF])
def test_noncharacters_are_replaced_visibly(code: int) -> None:
    assert cleaned(f"a{chr(code)}b") == "a\ufffdb"


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0)])
def test_control_characters_are_removed(code: int) -> None:
    sign = chr(code)
    expected = sign if sign in "\t\n\r" else "\n" if code == 0x85 else " " if sign.isspace() else "\ufffd"
    assert cleaned(f"a{sign}b") == f"a{expected}b"


def test_other_line_ends_become_newlines() -> None:
    assert cleaned("a\u2028b\u2029c\x85d") == "a\nb\nc\nd"


def test_surrogates_are_replaced() -> None:
    assert cleaned("a\ud800b") == "a?b"


@pytest.mark.parametrize(
    "text",
    [
        "Må jeg optage? Æ, ø og å. 50 % – «her» … \u00a0 §",
        "👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 🏴\u200d☠\ufe0f ❤\ufe0f ❤\ufe0f\u200d🔥 👩🏽\u200d🚀",
        "👁\ufe0f\u200d🗨\ufe0f 1\ufe0f\u20e3 #\ufe0f\u20e3 ☎\ufe0e 🇩🇰 👨🏻\u200d⚕\ufe0f",
        f"{flag('gbeng')} {flag('gbsct')} {flag('gbwls')}",
        "می\u200cخواهم نامه\u200cای بنویسم",
        "क्\u200dष श्री",
        "ᠮᠣᠩᠭᠣᠯ ᠪᠢᠴᠢᠭ\u180c",
        "လျှော့ ကျွန်ုပ်",
        "e\u0301n a\u030anden ng\u0302\u0303\u0304\u0305",
        "שָׁלוֹם עֲלֵיכֶם",
        "ยี่ห้อ ที่นี่",
        "བོད་སྐད་ རྒྱུད་",
        "한국어 中文 Ελληνικά українська",
    ],
)
def test_ordinary_text_is_unchanged(text: str) -> None:
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("m\u200då je\u200cg", "må jeg"),
        ("0102\u200d70\u200c-1235", "010270-1235"),
        ("می\u200c\u200c\u200dخ", "می\u200cخ"),
        ("👍\u200d\u200d👍", "👍\u200d👍"),
        ("👍\u200d a", "👍 a"),
        ("a\ufe0f1\ufe0f2", "a12"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f"),
        (flag("hemmeligt"), "\U0001f3f4"),
        ("\u200d\u200cx", "x"),
        ("é\u200d e\u0301\u200d 1\u200d2", "é e\u0301 12"),
        ("❤\u200b\ufe0f", "❤\ufe0f"),
        ("+\ufe0f+\u200d+", "+++"),
    ],
)
def test_joiners_that_join_nothing_are_removed(text: str, expected: str) -> None:
    assert cleaned(text) == expected


def test_stacked_accents_are_limited() -> None:
    accents = "".join(chr(code) for code in range(0x300, 0x340))
    assert cleaned(f"a{accents}b{accents}") == f"a{accents[:4]}b{accents[:4]}"
    hidden = "".join(f"{chr(code)}\u200b\u200d" for code in range(0x300, 0x340))
    assert sum(unicodedata.combining(sign) > 0 for sign in cleaned(f"a{hidden}b")) == 4


_ODD = (
    "a ø1#*\n\r\u2028\u200b\u200c\u200d\ufe0f\ufe0e\u20e3\u0300\u0301"
    "यक्ᠠ❤👍🏽🏴\U000e0067\U000e0062\U000e007f\ue000\x00\u3164"
)


@given(st.text(alphabet=_ODD, max_size=60) | st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert cleaned(cleaned(text)) == cleaned(text)


@pytest.mark.parametrize(
    "sign", ["a", "\u200b", "\u0300", "\u200d", "👍", "👍\u200d", "\U0001f3f4\U000e0067", "ی\u200c"]
)
def test_a_long_text_is_cleaned_quickly(sign: str) -> None:
    began = time.perf_counter()
    cleaned(sign * (32_000 // len(sign)))
    assert time.perf_counter() - began < 0.3
