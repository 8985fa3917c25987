"""Copies of the project for tests that break them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from broken_project import Project, copy_of_the_project, without_folder

from common.settings import ROOT
from workbench.check.command import problems


@pytest.fixture(scope="session")
def before() -> frozenset[tuple[str, str]]:
    return frozenset((one.file.name, without_folder(one, ROOT)) for one in problems(ROOT)[0])


@pytest.fixture
def project(tmp_path: Path, before: frozenset[tuple[str, str]]) -> Project:
    return Project(copy_of_the_project(tmp_path / "project"), before)


@pytest.fixture
def another_project(tmp_path: Path) -> Callable[[], Path]:
    return lambda: copy_of_the_project(tmp_path / "other")
