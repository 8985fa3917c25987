"""A pattern is passed over only where it cannot match the text."""

import pytest
import regex
from attack_texts import attack_texts
from every_pattern import every_pattern

from common import patterns
from common.literals import USUAL, needed, pieces

_SENTENCES = (
    "Hej, jeg hedder Åse Møller-Øland, og mødet er på torsdag d. 3/12 kl. 14.30 hos jobcentret (afd. 2).",
    "Nej tak – det står I selv for! Ring på 38 21 42 36 eller skriv til aase@eksempel.dk\nMvh. Åse",
    "JEG VIL IKKE OPTAGE MØDET ALLIGEVEL, FORDI DET ER FLYTTET TIL NÆSTE UGE; KAN DU RETTE DET?",
    "ja, send den bare\u00a0til Jura nu, og så vil jeg gerne have referatet fra mødet den 17. december 2026",
    "hvorfor skal i vide det? min mor er 82 år og hører dårligt, så jeg taler for hende hver anden tirsdag",
)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bmøde\b", {"møde"}),
        (r"(?:lyd|Video)optagelse\w*", {"lydo", "vide"}),
        (r"\d{1,2}\.? (?:juni|juli)", {" jun", " jul", ". ju"}),
        (r"kl\.?\s?\d", {"kl0", "kl 0", "kl.0", "kl. "}),
        (r"nej(?: tak)?", {"nej", "nej "}),
        (r"(?:ja )*nej+", {"ne"}),
        (r"(?=.*jura)\w+", {"jura"}),
        (r"(?!.*jura)\w+", None),
        (r"(?:ja|\w+)", None),
        (r"[^a]?", None),
        (r"\w+’s", {"s"}),
    ],
)
def test_what_a_pattern_needs(pattern: str, expected: set[str] | None) -> None:
    assert needed(pattern, 0) == expected


def test_every_pattern_that_matches_finds_what_it_needs() -> None:
    passed_over = matches = 0
    for pattern in every_pattern():
        needs = needed(pattern.pattern, pattern.flags)
        for text in (*_SENTENCES, *(attack[:300] for attack in attack_texts(pattern.pattern))):
            held = pieces(text)
            if needs is None or held is None or not needs.isdisjoint(held):
                continue
            passed_over += 1
            assert pattern.search(text) is None, (pattern.pattern, text)
        matches += sum(pattern.search(text) is not None for text in _SENTENCES)
    # Neither count must become small unnoticed.
    assert passed_over > 1000 and matches > 100


def test_no_usual_character_is_another_writing_of_a_letter_a_digit_or_white_space() -> None:
    latin = "".join(map(chr, range(256)))
    for sign in USUAL - set(latin):
        assert not regex.search(regex.escape(sign), latin, regex.IGNORECASE)
        assert not regex.search(r"\d|\s", sign)


@pytest.mark.parametrize("text", ["så i den \u212aommune, der er et møde", "mødet er den \u0661\u0662. december"])
def test_a_text_with_rare_characters_is_matched_by_every_pattern(text: str) -> None:
    assert pieces(text) is None
    with patterns.budget():
        assert patterns.compile(r"kommune|\d\d\.", patterns.IGNORECASE).search(text)


def test_a_budget_finds_the_same() -> None:
    absent = patterns.compile("fraværende")
    present = patterns.compile("mødet")
    text = _SENTENCES[0]
    with patterns.budget():
        assert absent.search(text) is absent.match(text) is absent.fullmatch(text) is None
        assert list(absent.finditer(text)) == []
        assert present.search(text) and [found.span() for found in present.finditer(text)] == [(37, 42)]


def test_long_texts_are_cut_into_pieces_up_to_a_limit() -> None:
    with patterns.budget():
        held = patterns._budget.get()
        assert held is not None
        texts = ["x" * 4000 + str(number) for number in range(5)]
        assert [held.pieces_of(text) is None for text in texts] == [False, False, True, True, True]
