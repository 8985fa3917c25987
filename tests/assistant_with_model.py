"""Tests: the whole assistant with the trained model, for who talks with it. One at a time in a process."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot import model
from bot.library_logs import silence_libraries

if TYPE_CHECKING:
    from workbench.shared.assistant import Assistant


@contextmanager
def assistant_with_model() -> Iterator["Assistant"]:
    """Open until it ends. Its settings are the process's: a fixture of it lives no longer than its module."""
    silence_libraries()
    # Rasa takes its time to be imported: only where dialogues are really held.
    from workbench.shared.assistant import Assistant

    try:
        current = model.current()
    except model.ModelMissing as error:
        pytest.fail(f"{error} (script/train)")
    with Assistant(current) as running:
        yield running
