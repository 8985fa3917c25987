"""The assistant with the trained model, chats with it, and the log and figures of the fuzz."""

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
    """The whole assistant with the trained model, one for each module."""
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
    """Opens chats with a working receiver; all are closed after the test."""
    opened: list[FuzzCitizen] = []

    def opening() -> "FuzzCitizen":
        opened.append(open_fuzz("up"))
        return opened[-1]

    yield opening
    for citizen in opened:
        citizen.leave()


@pytest.fixture
def fuzz_log() -> Iterator[Log]:
    """Every record that is logged as an error."""
    handler = Log()
    loggers = [logging.getLogger(name) for name in (None, "sanic.error", "sanic.root")]
    for logger in loggers:
        logger.addHandler(handler)
    yield handler
    for logger in loggers:
        logger.removeHandler(handler)


@pytest.fixture
def fuzz_figures(request: pytest.FixtureRequest) -> Iterator[Figures]:
    """Counts turns and broken invariants of the walks, for the summary of the run."""
    figures = Figures(seed=request.config.getoption("--fuzz-seed"))
    yield figures
    request.node.user_properties.append(("summary", str(figures)))
