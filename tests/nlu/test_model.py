"""The intent model: deterministic training, probabilities, bounded time, storing and loading."""

import time

import numpy as np
import pytest
import skops.io

from bot.nlu.intents.intent_model import IntentModel
from bot.nlu.learning.embedding import embed, embed_few, gist

_LABELS = ("faq_notes", "faq_video", "greet", "out_of_scope")


@pytest.fixture(scope="module")
def sample(training):
    lines = [[line for line in training if line.label == label][:40] for label in _LABELS]
    return [line for group in lines for line in group]


@pytest.fixture(scope="module")
def small(sample) -> IntentModel:
    return IntentModel.fit([line.text for line in sample], [line.label for line in sample])


def test_training_is_deterministic(small, sample, development):
    again = IntentModel.fit([line.text for line in sample], [line.label for line in sample])
    for line in development[::20]:
        assert small.rank(line.text) == again.rank(line.text)


def test_a_stored_model_loads_unchanged_without_pickle(small, development, tmp_path):
    skops.io.dump(small.state(), tmp_path / "model.skops")
    assert skops.io.get_untrusted_types(file=tmp_path / "model.skops") == []
    loaded = IntentModel.of(skops.io.load(tmp_path / "model.skops", trusted=[]))
    for line in development[::20]:
        assert small.rank(line.text) == loaded.rank(line.text)


def test_probabilities_are_a_ranking_that_sums_to_one(small):
    ranking = small.rank("må man filme")
    shares = [share for _, share in ranking]
    assert ranking[0][0] == "faq_video"
    assert shares == sorted(shares, reverse=True)
    assert sum(shares) == pytest.approx(1, abs=1e-4)


def test_spellings_of_danish_letters_are_equivalent(small):
    assert small.rank("MÅ JEG FILME HELE MØDET") == small.rank("maa jeg filme hele moedet")


def test_the_embedding_is_used_for_short_texts_rather_than_long_ones(small, development, monkeypatch):
    """A long text takes longest to embed and seldom gains by it."""
    embedded: list[str] = []
    monkeypatch.setattr(
        "bot.nlu.intents.intent_model.embed_few", lambda texts: embedded.extend(texts) or embed_few(texts)
    )
    # Each embedding takes time; a fifth of the lines holds some 180 short ones and 80 long ones.
    lines = development[::5]
    for line in lines:
        small.rank(line.text)

    def share(texts: list[str]) -> float:
        return sum(text in embedded for text in texts) / len(texts)

    texts = [line.text for line in lines]
    assert share([text for text in texts if len(text) > 60]) < 0.5 * share([text for text in texts if len(text) <= 60])


@pytest.mark.parametrize(
    "text",
    [
        "må " * 7000,
        "x" * 20_000,
        "🤷" * 20_000,
        "\u202e\u0000\u0007\u200b" * 5_000,
        "Hvad? " * 3_400,
        "\ufdfa" * 20_000,
        "!?." * 7_000,
        "a\u0301" * 10_000,
        "",
    ],
    ids=["words", "one word", "emoji", "control", "questions", "expanding", "punctuation", "combining", "empty"],
)
def test_hostile_text_takes_bounded_time(small, text):
    small.rank(text)
    started = time.process_time()
    ranking = small.rank(text)
    assert time.process_time() - started < 1.0
    assert all(np.isfinite(share) for _, share in ranking)


def test_the_embedding_gets_a_shortened_text():
    assert len(gist("Hvad koster det? " * 1000)) <= 60
    assert len(gist("ord " * 1000)) <= 60


def test_a_long_text_is_shortened_to_its_question():
    story = "Jeg har været syg længe, og nu skal vi holde møde igen. Må jeg tage lyden op? Det ville hjælpe mig meget."
    assert gist(story) == "må jeg tage lyden op?"


def test_embedding_one_text_equals_embedding_many():
    texts = ["må jeg optage", "hvornår har I åbent"]
    assert np.allclose(embed(texts), np.vstack([embed_few([text]) for text in texts]), atol=1e-6)


def test_too_few_labels_are_refused_with_a_remedy():
    with pytest.raises(ValueError, match="at least three"):
        IntentModel.fit(["hej", "farvel"], ["greet", "goodbye"])
