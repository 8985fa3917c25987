"""Tests, NLU: the development lines, the training lines and the trained model, each read once."""

from collections.abc import Sequence

import pytest

from bot import model
from bot.evaluate.command import DEVELOPMENT, LIMITS, TRAINING
from bot.evaluate.limits import Limits, read_limits
from bot.evaluate.lines import Line, read_lines


@pytest.fixture(scope="session")
def development() -> Sequence[Line]:
    return read_lines(DEVELOPMENT)


@pytest.fixture(scope="session")
def training() -> Sequence[Line]:
    return read_lines(TRAINING)


@pytest.fixture(scope="session")
def limits() -> Limits:
    return read_limits(LIMITS)


@pytest.fixture(scope="session")
def trained_model() -> str:
    try:
        return str(model.current())
    except model.ModelMissing as missing:
        pytest.fail(str(missing))
