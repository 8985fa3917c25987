"""Bot room: the trained model: where it lies, whether it still fits what it was made from, and its training."""

import hashlib
import os
import sys
from pathlib import Path

from common.settings import ROOT

MODELS = ROOT / "models"
# Everything that a model depends on: what it learns from, how, and with which libraries.
_SOURCES = (
    "config.yml",
    "domain/*.yml",
    "data/nlu/*.yml",
    "data/choices/*.yml",
    "data/rules/*.yml",
    "data/stories/*.yml",
    "bot/nlu/*.py",
    "uv.lock",
)


class ModelMissing(RuntimeError):
    """There is no model of the present sources."""


def fingerprint(root: Path = ROOT) -> str:
    """A digest of all that a model depends on."""
    digest = hashlib.sha256()
    for pattern in _SOURCES:
        for path in sorted(root.glob(pattern)):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def path() -> Path:
    """Where the model of the present sources lies or will lie."""
    return MODELS / f"{fingerprint()}.tar.gz"


def keep(file: Path) -> None:
    """Marks a model as used just now: of the models, the ones used last are kept."""
    try:
        os.utime(file)
    except PermissionError:
        pass  # a folder that only another user may write: then nobody trains here, and nothing is thrown away


def current() -> Path:
    """The model of the present sources; ModelMissing when it is not trained."""
    file = path()
    if not file.exists():
        raise ModelMissing(f"there is no trained model in {MODELS.name}/ that fits the present files; run script/train")
    return file


def train() -> Path:
    """Trains the model where it is missing, and returns it. RuntimeError when Rasa refuses the files."""
    file = path()
    if file.exists():
        return file
    from rasa.model_training import train as rasa_train

    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    result = rasa_train(
        domain="domain",
        config="config.yml",
        training_files=["data"],
        output=str(MODELS),
        fixed_model_name=f"{file.name.removesuffix('.tar.gz')}-new",
        # Rasa's own cache does not know when our components' code changes.
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise RuntimeError(f"Rasa could not train the model (code {result.code}); script/bot check names what is wrong")
    os.replace(result.model, file)
    for old in sorted(MODELS.glob("*.tar.gz"), key=lambda f: f.stat().st_mtime)[:-3]:
        old.unlink()
    return file
