"""Tests, citizens: the whole house with the trained model, one at a time in a process."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from bot import model
from bot.quiet import quiet

if TYPE_CHECKING:
    from bot.dialogues.house import House


@pytest.fixture(scope="module")
def house() -> Iterator["House"]:
    quiet()
    from bot.dialogues.house import House

    try:
        current = model.current()
    except model.ModelMissing as error:
        pytest.fail(f"{error} (script/train)")
    with House(current) as running:
        yield running
