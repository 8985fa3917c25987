"""The assistant with the trained model, and playing a citizen with it."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from scripted_citizens import ScriptedCitizen, play

from common.clock import parse_now
from tests.assistant_with_model import assistant_with_model

if TYPE_CHECKING:
    from workbench.shared.assistant import Assistant


@pytest.fixture(scope="module")
def assistant() -> Iterator["Assistant"]:
    with assistant_with_model() as running:
        yield running


@pytest.fixture
def play_in_chat(assistant: "Assistant") -> Callable[[ScriptedCitizen], None]:
    """Plays a citizen in a chat of its own, which is erased afterwards."""
    from workbench.dialogues.web_citizen import WebCitizen

    def playing(scripted: ScriptedCitizen) -> None:
        citizen = WebCitizen(assistant, parse_now(scripted.now), "up")
        try:
            play(citizen, scripted)
        finally:
            citizen.leave()

    return playing
