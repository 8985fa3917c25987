"""The development lines, the training lines and the trained model, each loaded once."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from known_faults import KnownFaults
from model_once import load_models_once
from parsing import TODAY

from bot import model
from workbench.evaluate.command import DEVELOPMENT, TRAINING
from workbench.shared.limits import LIMITS, Limits, read_limits
from workbench.shared.lines import Line, read_lines


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


@pytest.fixture(scope="session")
def every_row(pytestconfig: pytest.Config) -> bool:
    """Whether all rows are read where many are alike, or an even share of them (`--every-row`)."""
    return bool(pytestconfig.getoption("--every-row"))


@pytest.fixture(scope="session")
def known_faults(pytestconfig: pytest.Config) -> KnownFaults:
    return KnownFaults(renews=bool(pytestconfig.getoption("--renew-faults")))


@pytest.fixture(scope="module")
def agent(trained_model: str) -> Iterator[Any]:
    """The trained pipeline; its clock shows the day of parsing.py."""
    from rasa.core.agent import Agent

    from bot.model_loading import load_models_fast

    load_models_fast()
    load_models_once()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOW", f"{TODAY}T10:00:00+01:00")
        yield Agent.load(trained_model)
