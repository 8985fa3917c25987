"""`--changed-only` leaves out only tests of code that has not changed."""

import subprocess
from pathlib import Path

import pytest

from common.settings import ROOT
from tests.changed import TESTS_OF, is_changed


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "legal").mkdir()
    (tmp_path / "legal" / "outbox.py").write_text("")
    for words in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.dk", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], cwd=tmp_path, check=True)
    return tmp_path


def test_nothing_is_changed_in_a_fresh_checkout(repository: Path) -> None:
    assert not is_changed("legal", root=repository)


@pytest.mark.parametrize("file", ["legal/outbox.py", "legal/new.py"])
def test_an_edited_or_new_file_counts_before_it_is_committed(repository: Path, file: str) -> None:
    (repository / file).write_text("changed = True")
    assert is_changed("legal", root=repository)
    assert not is_changed("bot/channel", root=repository)


def test_a_commit_on_a_branch_counts(repository: Path) -> None:
    (repository / "legal" / "new.py").write_text("")
    for words in (
        ["checkout", "-qb", "work"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.dk", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], cwd=repository, check=True)
    assert is_changed("legal", root=repository)


def test_without_git_nothing_is_left_out_in_silence(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="git merge-base"):
        is_changed("legal", root=tmp_path)


def test_the_folders_exist() -> None:
    assert all((ROOT / folder).is_dir() for code, tests in TESTS_OF.items() for folder in (*code, *tests))
