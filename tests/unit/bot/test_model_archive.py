"""A damaged, replaced or forged model archive is refused before anything is unpacked or run."""

import dataclasses
import io
import json
import os
import pickle
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy
import pytest
import skops.io
import yaml
from rasa.engine.storage.local_model_storage import LocalModelStorage
from sklearn.base import BaseEstimator

from bot import model, model_archive
from bot.model_archive import ModelRefused, guard_rasa
from common.settings import settings
from run import training

MARK = "ramt"
NODE = {
    "uses": "bot.nlu.values.component.ValueExtractor",
    "constructor_name": "load",
    "fn": "process",
    "resource": None,
}


class Foreign(BaseEstimator):
    """A type that none of our models contains."""


class Runs:
    """A pickle that creates a file when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (self.mark,)


def metadata(**changed: Any) -> bytes:
    node = {**NODE, **changed}
    schemas = {name: {"nodes": {"a": node}} for name in ("train_schema", "predict_schema")}
    return json.dumps({"domain": {"slots": {"a": {"type": "any"}}}, **schemas}).encode()


def parts() -> dict[str, bytes]:
    return {
        "metadata.json": metadata(),
        "components/domain_provider/domain.yml": yaml.safe_dump({"slots": {"a": {"type": "any"}}}).encode(),
        "components/train_x/x.skops": skops.io.dumps({"words": ["a"], "weights": numpy.ones(3)}),
        "components/train_rules/rules.json": b"{}",
    }


def archive(file: Path, files: dict[str, bytes], *more: tarfile.TarInfo) -> Path:
    with tarfile.open(file, "w:gz") as tar:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        for info in more:
            tar.addfile(info)
    return file


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one model, as a training leaves it."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setattr(model, "MODELS", folder)
    monkeypatch.setattr(model, "fingerprint", lambda: "0123456789abcdef")
    made = archive(folder / "new.tar.gz", parts())
    model_archive.write_checksum(made, model.path().name)
    made.rename(model.path())
    return folder


def test_an_unchanged_model_is_used(models: Path) -> None:
    assert model.current() == model.path() and model.usable()
    checked = subprocess.run(["sha256sum", "--check", "--status", f"{model.path()}.sha256"], cwd=models, check=False)
    assert checked.returncode == 0, "sha256sum can check the file by hand"


def _flip_a_byte(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def _replace_model(file: Path) -> None:
    archive(file, parts() | {"components/train_rules/rules.json": b'{"a": 1}'})


def _truncate(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-20])


def _remove_checksum(file: Path) -> None:
    Path(f"{file}.sha256").unlink()


def _empty_checksum(file: Path) -> None:
    Path(f"{file}.sha256").write_bytes(b"\xff")


@pytest.mark.parametrize("change", [_flip_a_byte, _replace_model, _truncate, _remove_checksum, _empty_checksum])
def test_a_model_that_was_changed_is_refused_and_trained_again(
    models: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    change(model.path())
    with pytest.raises(ModelRefused) as refused:
        model.current()
    said = str(refused.value)
    assert said.startswith("Modellen models/0123456789abcdef.tar.gz ") and "script/train" in said
    assert not model.usable()
    lines: list[str] = []
    monkeypatch.setattr(training, "_TRAIN", "")
    assert training.ensure_model(dataclasses.replace(settings(), data_dir=models), lines.append)
    assert lines[0] == said and lines[1].startswith("Træner modellen."), "the terminal says why"


def test_a_training_writes_a_checksum_and_removes_old_ones(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for age in range(4):
        old = archive(models / f"old{age}.tar.gz", parts())
        model_archive.write_checksum(old, old.name)
        os.utime(old, (age, age))
    _flip_a_byte(model.path())

    class Result:
        code, model = 0, str(models / "0123456789abcdef-new.tar.gz")

    def rasa_train(**_: Any) -> Result:
        archive(Path(Result.model), parts())
        return Result()

    monkeypatch.setattr("rasa.model_training.train", rasa_train)
    monkeypatch.chdir(models)
    assert model.train() == model.path() and model.usable()
    kept = {file.name for file in models.iterdir()}
    names = {"0123456789abcdef.tar.gz", "old2.tar.gz", "old3.tar.gz"}
    assert kept == names | {f"{name}.sha256" for name in names}


OUTSIDE: dict[str, tuple[dict[str, bytes], list[tarfile.TarInfo]]] = {
    "a way up": ({"components/../../ramt": b"x"}, []),
    "a way up into a folder with the same beginning": ({"../models-ramt/x.json": b"x"}, []),
    "an absolute path": ({f"/tmp/{MARK}.json": b"x"}, []),
    "a symbolic link": ({}, [link("components/train_x/a.json", "/etc/passwd")]),
    "a symbolic link for a folder": ({}, [link("components/train_x", "/tmp")]),
    "a link inside": ({}, [link("components/train_x/a.json", "metadata.json")]),
    "a hard link": ({}, [link("components/train_x/a.json", "../../a", tarfile.LNKTYPE)]),
    "a device": ({}, [link("components/train_x/a.json", "", tarfile.CHRTYPE)]),
    "a queue": ({}, [link("components/train_x/a.json", "", tarfile.FIFOTYPE)]),
    "a pickle": ({"components/train_x/x.pkl": pickle.dumps(1)}, []),
    "a program": ({"components/train_x/x.py": b"1"}, []),
    "a file beside the metadata": ({"sitecustomize.json": b"1"}, []),
    "a folder in a component": ({"components/train_x/y/z.json": b"1"}, []),
    "a backslash": ({"components/train_x/..\\..\\a.json": b"1"}, []),
}
CODE: dict[str, dict[str, bytes]] = {
    "a type that skops does not know": {"components/train_x/x.skops": skops.io.dumps(Foreign())},
    "a pickle under the name of skops": {"components/train_x/x.skops": pickle.dumps(Runs(Path(MARK)))},
    "metadata that names a module": {"metadata.json": metadata(uses="antigravity.Flight")},
    "metadata that names a process": {"metadata.json": metadata(uses="subprocess.Popen")},
    "metadata that calls something else": {"metadata.json": metadata(constructor_name="__init_subclass__")},
    "metadata with another place": {"metadata.json": metadata(resource={"name": "../../tmp"})},
    "metadata that is none": {"metadata.json": b"[]"},
    "a slot's type in the domain": {
        "components/domain_provider/domain.yml": b"slots: {a: {type: subprocess.Popen}}",
    },
    "a slot's type in the metadata": {
        "metadata.json": metadata().replace(b'"any"', b'"subprocess.Popen"'),
    },
    "YAML that makes an object": {
        "components/domain_provider/domain.yml": b"slots: !!python/object/apply:os.system ['touch ramt']",
    },
}
EVERY = {
    **{name: (parts() | files, more) for name, (files, more) in OUTSIDE.items()},
    **{name: (parts() | files, []) for name, files in CODE.items()},
}


@pytest.mark.parametrize(("files", "more"), EVERY.values(), ids=EVERY)
def test_a_made_up_archive_is_refused_before_rasa_unpacks_it(
    tmp_path: Path, files: dict[str, bytes], more: list[tarfile.TarInfo], monkeypatch: pytest.MonkeyPatch
) -> None:
    guard_rasa()
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "place"
    place.mkdir()
    made = archive(tmp_path / "made.tar.gz", files, *more)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(ModelRefused) as refused:
        LocalModelStorage.from_model_archive(place, made)
    assert "script/train" in str(refused.value) and "\n" not in str(refused.value)
    assert sorted(tmp_path.rglob("*")) == before, "something was unpacked or run"
    assert not Path(f"/tmp/{MARK}.json").exists()


def test_an_archive_that_unpacks_to_far_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_archive, "_MOST_BYTES", 10_000)
    made = archive(tmp_path / "made.tar.gz", parts() | {"components/train_x/y.json": b" " * 20_000})
    with pytest.raises(ModelRefused, match="fylder for meget"):
        model_archive.check_content(made)


def test_an_archive_as_it_should_be_is_unpacked(tmp_path: Path) -> None:
    guard_rasa()
    guard_rasa()
    made = archive(tmp_path / "made.tar.gz", parts())
    place = tmp_path / "place"
    place.mkdir()
    LocalModelStorage._extract_archive_to_directory(made, place)
    assert (place / "components" / "train_x" / "x.skops").is_file()
    shutil.rmtree(place)


def test_every_process_that_serves_or_runs_rasas_commands_is_guarded(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot import server
    from workbench import rasa_commands

    guarded: list[str] = []
    monkeypatch.setattr(server, "guard_rasa", lambda: guarded.append("server"))
    # Set here so that monkeypatch restores what the commands set.
    for name in ("ACTION_URL", "ACTION_SECRET"):
        monkeypatch.setenv(name, "")
    monkeypatch.setattr(rasa_commands, "guard_rasa", lambda: guarded.append("commands"))
    monkeypatch.setattr("rasa.__main__.main", lambda: None)
    app = server.build(settings(), Path("x"))
    type(app).unregister_app(app)
    rasa_commands.main()
    assert guarded == ["server", "commands"]
