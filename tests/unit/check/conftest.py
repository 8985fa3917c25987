"""Tests, check: copies of the house for those who break them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from broken_house import House, copy_of_the_house, without_folder

from bot.check.command import problems
from common.settings import ROOT


@pytest.fixture(scope="session")
def before() -> frozenset[tuple[str, str]]:
    return frozenset((one.file.name, without_folder(one, ROOT)) for one in problems(ROOT)[0])


@pytest.fixture
def house(tmp_path: Path, before: frozenset[tuple[str, str]]) -> House:
    return House(copy_of_the_house(tmp_path / "house"), before)


@pytest.fixture
def another_house(tmp_path: Path) -> Callable[[], Path]:
    return lambda: copy_of_the_house(tmp_path / "other")
