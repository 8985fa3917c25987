"""The fuzz's assistant and log, how long it walks, and its figures at the end of the run."""

import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from fuzz.walk import Figures, Log, Open

from tests.assistant_with_model import assistant_with_model

if TYPE_CHECKING:
    from fuzz.citizen import FuzzCitizen

    from workbench.shared.assistant import Assistant


@pytest.fixture(scope="module")
def assistant() -> Iterator["Assistant"]:
    """The whole assistant with the trained model, the module's own."""
    with assistant_with_model() as running:
        yield running


@pytest.fixture(scope="module")
def open_fuzz(assistant: "Assistant") -> Open:
    """Opens a chat for a walk."""
    from fuzz.citizen import FuzzCitizen

    from common.clock import parse_now
    from workbench.dialogues.format import DEFAULT_NOW

    return lambda jura: FuzzCitizen(assistant, parse_now(DEFAULT_NOW), jura)


@pytest.fixture
def open_chat(open_fuzz: Open) -> Iterator[Callable[[], "FuzzCitizen"]]:
    """Opens a chat with Jura's system up; all of them are closed after the test."""
    opened: list[FuzzCitizen] = []

    def opening() -> "FuzzCitizen":
        opened.append(open_fuzz("up"))
        return opened[-1]

    yield opening
    for citizen in opened:
        citizen.leave()


@pytest.fixture
def fuzz_log() -> Iterator[Log]:
    """All that is logged as an error, wherever it is logged."""
    handler = Log()
    loggers = [logging.getLogger(name) for name in (None, "sanic.error", "sanic.root")]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture
def fuzz_figures(request: pytest.FixtureRequest) -> Iterator[Figures]:
    """Counts what the walks come by: turns, seed and broken invariants; shown when the run is over."""
    figures = Figures(seed=request.config.getoption("--fuzz-seed"))
    yield figures
    request.node.user_properties.append(("summary", str(figures)))
