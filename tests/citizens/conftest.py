"""The assistant with the trained model."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.assistant_with_model import assistant_with_model

if TYPE_CHECKING:
    from workbench.shared.assistant import Assistant


@pytest.fixture(scope="module")
def assistant() -> Iterator["Assistant"]:
    with assistant_with_model() as running:
        yield running
