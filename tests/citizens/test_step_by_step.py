"""Citizens who answer one question at a time, and those who correct themselves."""

from collections.abc import Callable

import pytest
from scripted_citizens import ScriptedCitizen, read_citizens

FILES = ("skridt_for_skridt", "rettelser", "optagelser", "notater_og_spoergsmaal")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("scripted", read_citizens(*FILES), ids=lambda one: one.id)
def test_jura_receives_what_the_citizen_said(
    scripted: ScriptedCitizen, play_in_chat: Callable[[ScriptedCitizen], None]
) -> None:
    play_in_chat(scripted)
