"""Copies of the project for tests that break them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from broken_project import Project, copy_of_the_project, without_folder

from common.settings import ROOT
from workbench.check.command import problems


@pytest.fixture(scope="session")
def before() -> frozenset[tuple[str, str]]:
    return frozenset((one.file.name, without_folder(one, ROOT)) for one in problems(ROOT)[0])


@pytest.fixture(scope="session")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of_the_project(tmp_path_factory.mktemp("checked") / "project")


@pytest.fixture
def project(copied: Path, before: frozenset[tuple[str, str]]) -> Iterator[Project]:
    """A copy of the project to break, with `change` alone: what that did is taken back after the test."""
    project = Project(copied, before)
    yield project
    project.restore()


@pytest.fixture
def another_project(tmp_path: Path) -> Callable[[], Path]:
    return lambda: copy_of_the_project(tmp_path / "other")
