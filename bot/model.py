"""The trained model: where it lies, whether it fits what it was made from and is as it was made, and its training."""

import hashlib
import os
import sys
from pathlib import Path

from bot.model_archive import ModelMissing, ModelRefused, check_seal, seal, unseal
from common.settings import ROOT

__all__ = ["MODELS", "ModelMissing", "ModelRefused", "current", "fingerprint", "keep", "path", "train", "usable"]

MODELS = ROOT / "models"
# Everything that a model depends on: what it learns from, how, and with which libraries.
_SOURCES = (
    "config.yml",
    "domain/**/*.yml",
    "data/nlu/*.yml",
    "data/choices/*.yml",
    "data/rules/*.yml",
    "data/stories/*.yml",
    "bot/nlu/**/*.py",
    "bot/policies/*.py",
    "bot/past.py",
    "common/acts.py",
    "common/topics.py",
    "uv.lock",
)


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
    """The model of the present sources; ModelMissing when it is not trained, ModelRefused when it was changed since."""
    file = path()
    if not file.exists():
        raise ModelMissing(f"Der er ingen trænet model i {MODELS.name}/, der passer til filerne. Kør script/train.")
    check_seal(file)
    return file


def usable() -> bool:
    """Whether there is a model of the present sources that is as it was trained."""
    try:
        return current().exists()
    except ModelMissing:
        return False


def train() -> Path:
    """Trains the model where it is missing or was changed, and returns it. RuntimeError when Rasa refuses the files."""
    file = path()
    if usable():
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
        # Stories are learnt one by one, and none from two put together.
        core_additional_arguments={"augmentation_factor": 0},
    )
    if result.code != 0 or not result.model:
        raise RuntimeError(f"Rasa could not train the model (code {result.code}); script/bot check names what is wrong")
    # The checksum first: whoever finds the model finds it with that.
    seal(Path(result.model), file.name)
    os.replace(result.model, file)
    for old in sorted(MODELS.glob("*.tar.gz"), key=lambda f: f.stat().st_mtime)[:-3]:
        old.unlink()
        unseal(old)
    return file
