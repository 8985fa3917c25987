"""The trained model keeps the limits of limits.yml."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from workbench.evaluate.pipeline import judge
from workbench.shared.limits import passed_limits, read_limits
from workbench.shared.measures import Judgement, measure


@pytest.fixture(scope="module")
def judgements(trained_model, development) -> list[Judgement]:
    # In its own process: Rasa leaves settings that would affect other tests.
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return pool.submit(judge, Path(trained_model), list(development)).result()[0]


def test_the_model_keeps_the_limits(judgements, development, limits):
    # `script/bot evaluate` measures time, on an idle machine.
    assert passed_limits(measure(development, judgements), limits, with_time=False) == []


def test_the_median_reading_time_is_within_the_limit(judgements, development, limits):
    # Those that need no embedding, which even a busy machine reads in time.
    assert measure(development, judgements).milliseconds_median <= limits.milliseconds_p95_at_most


def test_a_worse_model_is_refused(judgements, development, limits):
    worse = [Judgement("greet", 0.99, False, one.milliseconds) for one in judgements]
    passed = " ".join(passed_limits(measure(development, worse), limits, with_time=False))
    assert "Rigtige" in passed
    assert "Forkerte uden at spørge" in passed
    assert "Andre emner besvaret" in passed


def test_a_slow_model_is_refused(judgements, development, limits):
    slow = [Judgement(one.label, one.confidence, one.asks_back, one.milliseconds + 100) for one in judgements]
    passed = passed_limits(measure(development, slow), limits)
    assert [line for line in passed if "én del" in line], passed
    assert [line for line in passed if "flere dele" in line], passed


def test_a_mistyped_limit_is_named(tmp_path):
    file = tmp_path / "limits.yml"
    file.write_text("accuracy: 0.9\n", encoding="utf-8")
    with pytest.raises(ValueError, match="accuracy"):
        read_limits(file)
