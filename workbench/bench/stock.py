"""Trains a config from nothing, and serves Rasa's own: `python -m workbench.bench.stock`.

`train MODEL CONFIG` makes the file MODEL; `serve MODEL PORT` serves it with Rasa's REST channel.
"""

import hashlib
import os
import sys
import time
from pathlib import Path
from unittest.mock import patch

from sanic import Sanic

from bot.library_logs import silence_libraries
from bot.model import train_into
from common.settings import ROOT
from workbench.rasa_commands import in_this_process

OURS = ROOT / "config.yml"
CONFIG = Path(__file__).with_name("stock.yml")
_DATA = ("data/nlu", "data/rules", "data/stories")


def digest(config: str) -> str:
    """Of a config and of all that it is trained on: 16 hexadecimal digits."""
    found = hashlib.sha256(config.encode())
    for file in sorted(file for folder in ("domain", *_DATA) for file in (ROOT / folder).rglob("*.yml")):
        found.update(file.read_bytes())
    return found.hexdigest()[:16]


def train(config: Path, model: Path) -> None:
    """Trains a config on the project's domain, lines, rules and stories."""
    # A new folder, since the cache of an earlier training would shorten this one.
    os.environ["RASA_CACHE_DIRECTORY"] = str(model.parent / f"cache-{time.time_ns()}")
    if config == OURS:
        train_into(model)
        return
    from rasa.model_training import train as train_with_rasa

    result = train_with_rasa(
        str(ROOT / "domain"),
        str(config),
        [str(ROOT / each) for each in _DATA],
        output=str(model.parent),
        fixed_model_name=model.name.removesuffix(".tar.gz"),
    )
    if not result.model:
        raise SystemExit(f"Rasa could not train {config.name}")


def serve(model: Path, port: int) -> None:
    """Serves a model with Rasa's own server, until a signal."""
    from rasa.core.run import serve_application

    with patch.object(Sanic, "run", in_this_process):
        serve_application(str(model), channel="rest", interface="127.0.0.1", port=port)


if __name__ == "__main__":
    silence_libraries()
    os.chdir(ROOT)
    what, file, last = sys.argv[1:]
    train(Path(last), Path(file)) if what == "train" else serve(Path(file), int(last))
