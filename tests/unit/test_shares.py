"""A default run takes an even share of the tests that are alike; whoever names a test gets it."""

import pytest
from shares import are_named, beyond_the_shares


def test_of_so_many_of_a_function_one_is_taken() -> None:
    tests = [(f"a.py::one[{number}]", 3) for number in range(7)] + [("b.py::two[x]", 3), ("b.py::two[y]", 3)]
    assert sorted(beyond_the_shares(tests)) == [
        "a.py::one[1]",
        "a.py::one[2]",
        "a.py::one[4]",
        "a.py::one[5]",
        "b.py::two[y]",
    ]


@pytest.mark.parametrize(
    ("arguments", "keyword", "named"),
    [
        ([], "", False),
        (["tests/citizens"], "", False),
        (["tests/citizens/test_citizens.py::test_one[a]"], "", True),
        (["tests/citizens"], "anna", True),
    ],
)
def test_single_tests_are_named_by_their_id_or_by_a_keyword(arguments: list[str], keyword: str, named: bool) -> None:
    assert are_named(arguments, keyword) is named
