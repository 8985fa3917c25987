"""The whole assistant with the trained model, for tests that talk with it. One at a time in a process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from model_once import load_models_once

from bot import model
from bot.library_logs import silence_libraries

if TYPE_CHECKING:
    from workbench.shared.assistant import Assistant


@contextmanager
def assistant_with_model() -> Iterator["Assistant"]:
    """The assistant, until the block ends. It changes the process's settings: use it in module fixtures only."""
    silence_libraries()
    # Importing Rasa takes seconds: only where dialogues are held.
    from workbench.shared.assistant import Assistant

    load_models_once()
    try:
        current = model.current()
    except model.ModelMissing as error:
        pytest.fail(f"{error} (script/train)")
    with Assistant(current) as running:
        yield running
