"""References read aloud or typed: mistakes are detected; case, spaces and hyphens do not matter."""

import string

import pytest

from legal.reference import ALPHABET, display, new_reference, normalize

REFERENCES = [new_reference() for _ in range(300)]


def test_references_have_no_lookalike_characters() -> None:
    assert not set("IO01BSZ") & set(ALPHABET)
    assert all(len(reference) == 8 and set(reference) <= set(ALPHABET) for reference in REFERENCES)
    assert all(any(c.isdigit() for c in reference) and any(c.isalpha() for c in reference) for reference in REFERENCES)
    assert len(set(REFERENCES)) == len(REFERENCES)


def test_every_single_mistyped_character_is_noticed() -> None:
    for reference in REFERENCES:
        for place in range(8):
            for char in set(string.ascii_uppercase + string.digits) - {reference[place]}:
                assert normalize(reference[:place] + char + reference[place + 1 :]) is None


def test_every_swap_of_two_neighbouring_characters_is_noticed() -> None:
    for reference in REFERENCES:
        for place in range(7):
            left, right = reference[place], reference[place + 1]
            if left != right:
                assert normalize(reference[:place] + right + left + reference[place + 2 :]) is None


def test_a_character_too_few_or_too_many_is_noticed() -> None:
    for reference in REFERENCES:
        assert normalize(reference[:-1]) is None
        assert normalize(reference + "2") is None


@pytest.mark.parametrize("spelling", ["{0}-{1}", "{0}{1}", " {0} {1} ", "{0}–{1}", "{0} - {1}", "{0}-{1}."])
def test_case_spaces_and_hyphens_are_forgiven(spelling: str) -> None:
    for reference in REFERENCES[:20]:
        typed = spelling.format(reference[:4], reference[4:])
        assert normalize(typed) == normalize(typed.lower()) == reference


def test_a_reference_is_shown_in_two_groups_of_four() -> None:
    reference = REFERENCES[0]
    assert display(reference) == f"{reference[:4]}-{reference[4:]}"


@pytest.mark.parametrize("words", ["", "-", "hvad med min sag", "22222222", "ACDEFGHJ", "²²²²²²²²", "K" * 100_000])
def test_other_words_are_not_read_as_a_reference(words: str) -> None:
    assert normalize(words) is None
