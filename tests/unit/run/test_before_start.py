"""Checks before a start or a training: unreadable files, unreachable servers, one training at a time."""

import dataclasses
import fcntl
import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from bot import model
from common.settings import ROOT, settings
from run import training
from run.reachable import unreachable
from run.sources import unreadable


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    for name in ("domain", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "config.yml", tmp_path)
    return tmp_path


def test_the_project_files_can_be_read(sources: Path) -> None:
    assert unreadable(sources) is None


def test_a_yaml_error_is_reported_before_the_training(sources: Path) -> None:
    file = sources / "domain" / "answers.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("  utter_faq_notes:\n", "  utter_faq_notes\n", 1), encoding="utf-8")
    said = unreadable(sources)
    assert said and said.startswith("domain/answers.yml, linje ") and "script/bot check" in said


def test_a_file_that_is_not_utf_8_is_reported(sources: Path) -> None:
    (sources / "data" / "nlu" / "asking.yml").write_bytes("nlu: æøå".encode("latin-1"))
    said = unreadable(sources)
    assert said and said.startswith("data/nlu/asking.yml") and "UTF-8" in said


@pytest.mark.parametrize(
    ("setting", "url", "place"),
    [
        ("redis_url", "redis://:hemmelig@127.0.0.1:1/0", "127.0.0.1:1"),
        ("database_url", "postgresql+psycopg2://bruger:hemmelig@127.0.0.1:1/assistent", "127.0.0.1:1"),
    ],
)
def test_an_unreachable_server_is_reported_without_its_password(setting: str, url: str, place: str) -> None:
    said = unreachable(dataclasses.replace(settings(), **{setting: url}))
    assert said and setting.upper() in said and place in said and "hemmelig" not in said


def test_without_external_servers_nothing_is_unreachable() -> None:
    assert unreachable(dataclasses.replace(settings(), redis_url=None, database_url=None)) is None


def test_a_second_training_waits_for_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = dataclasses.replace(settings(), data_dir=tmp_path)
    there, said = threading.Event(), []
    monkeypatch.setattr(training, "_use_existing", there.is_set)
    monkeypatch.setattr(training, "_train", lambda *_: pytest.fail("trained what another had trained"))
    (tmp_path / "run").mkdir()
    with (tmp_path / "run" / "train.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        second = threading.Thread(target=lambda: said.append(str(training.ensure_model(config, said.append))))
        second.start()
        deadline = time.monotonic() + 60
        while not said and time.monotonic() < deadline:
            time.sleep(0.05)
        there.set()  # the first one is done, and lets go
    second.join(10)
    assert said == ["Der trænes allerede et andet sted. Venter, til det er færdigt ...", "True"]


def test_a_model_in_use_is_not_deleted_first(tmp_path: Path) -> None:
    files = [tmp_path / f"{name}.tar.gz" for name in "abc"]
    for age, file in enumerate(reversed(files)):
        file.touch()
        past = time.time() - 1000 * (age + 1)
        os.utime(file, (past, past))
    model.mark_used(files[0])
    assert max(files, key=lambda file: file.stat().st_mtime) == files[0]
