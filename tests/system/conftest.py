"""A running deployment for each test module."""

from collections.abc import Iterator

import pytest

from tests.system.deployment import NOW, Deployment


@pytest.fixture(scope="module")
def deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    running = Deployment(tmp_path_factory.mktemp("data"), NOW=NOW)
    running.start()
    yield running
    running.kill()
