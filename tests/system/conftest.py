"""Tests, system: the whole house, one for each module."""

from collections.abc import Iterator

import pytest

from tests.system.house import NOW, House


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    running = House(tmp_path_factory.mktemp("data"), NOW=NOW)
    running.start()
    yield running
    running.kill()
