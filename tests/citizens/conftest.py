"""Tests, citizens: the house that they talk with."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.house_with_model import house_with_model

if TYPE_CHECKING:
    from bot.dialogues.house import House


@pytest.fixture(scope="module")
def house() -> Iterator["House"]:
    with house_with_model() as running:
        yield running
