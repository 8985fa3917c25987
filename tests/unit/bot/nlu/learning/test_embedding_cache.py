"""Kept embeddings: those shipped equal computed ones, and those that are missing are computed."""

import numpy as np
import pytest

from bot.nlu.learning.embedding import embed, gist
from bot.nlu.learning.embedding_cache import SHIPPED, Kept, kept_embeddings, key
from common.settings import ROOT
from workbench.shared.lines import read_lines

# Not trained on, so that they are not shipped: another processor rounds a number to the next step.
_TEXTS = [
    "må jeg optage fra månen",
    "hejsa derude i rummet",
    "må jeg optage fra månen",
    "hvornår har rumstationen åbent",
]
# Each twentieth that is missing adds some 25 s to a training.
_SHIPPED_AT_LEAST = 0.95


@pytest.fixture(scope="module")
def shipped() -> Kept:
    kept = Kept.read(SHIPPED)
    assert kept is not None
    return kept


@pytest.fixture(scope="module")
def known(shipped) -> list[str]:
    gists = sorted({gist(line.text) for line in read_lines(ROOT / "data" / "nlu")})
    return [text for text in gists if key(text) in shipped.codes]


def test_shipped_embeddings_equal_computed_ones(shipped, known):
    texts = known[::400]
    fresh = Kept(shipped.middle, shipped.step)
    fresh.add(texts, embed(texts))
    # Another processor may round a number to the next step.
    assert np.abs(shipped.rows(texts) - fresh.rows(texts)).max() <= shipped.step.max() * 1.01


def test_enough_lines_have_a_shipped_embedding(known):
    lines = {gist(line.text) for line in read_lines(ROOT / "data" / "nlu")}
    assert len(known) / len(lines) >= _SHIPPED_AT_LEAST, "CONTRIBUTING.md says how data/embeddings.npz is renewed"
    assert SHIPPED.stat().st_size < 11_000_000


def test_a_rounded_embedding_is_like_its_text(shipped, known):
    texts = known[::400]
    exact, rounded = embed(texts) - shipped.middle, shipped.rows(texts) - shipped.middle
    likeness = (exact * rounded).sum(axis=1) / np.linalg.norm(exact, axis=1) / np.linalg.norm(rounded, axis=1)
    assert likeness.min() > 0.97


def test_a_text_that_is_not_shipped_is_computed_and_kept(shipped, tmp_path):
    rows = kept_embeddings(_TEXTS, tmp_path)
    kept = Kept(shipped.middle, shipped.step)
    kept.add(_TEXTS, embed(_TEXTS))
    assert np.array_equal(rows, kept.rows(_TEXTS))
    assert np.array_equal(kept_embeddings(_TEXTS, tmp_path, compute=_nothing), rows)


@pytest.mark.parametrize("name", ["lost.npz", "damaged.npz"])
def test_without_shipped_embeddings_all_are_computed(tmp_path, name):
    (tmp_path / "damaged.npz").write_bytes(b"not an archive")
    rows = kept_embeddings(_TEXTS, tmp_path / "own", tmp_path / name)
    assert rows.shape == (4, 384) and np.array_equal(rows[0], rows[2])
    (file,) = (tmp_path / "own").iterdir()
    assert np.array_equal(kept_embeddings(_TEXTS, tmp_path / "own", tmp_path / name, _nothing), rows)
    file.write_bytes(b"not an archive")
    assert np.array_equal(kept_embeddings(_TEXTS, tmp_path / "own", tmp_path / name), rows)


def test_the_file_can_be_shipped(tmp_path):
    kept_embeddings(_TEXTS, tmp_path / "first")
    kept_embeddings(_TEXTS[::-1], tmp_path / "second")
    first, second = ((tmp_path / name / SHIPPED.name).read_bytes() for name in ("first", "second"))
    assert first == second
    kept_embeddings(_TEXTS, tmp_path / "third", tmp_path / "first" / SHIPPED.name, _nothing)
    assert not (tmp_path / "third").exists()


def test_no_texts_have_no_embeddings(tmp_path):
    assert kept_embeddings([], tmp_path, tmp_path / "lost.npz").shape == (0, 384)


def _nothing(texts):
    raise AssertionError(f"computed: {texts}")
