"""Citizens of version 2 of the contract, whose requests take so many messages at most."""

from collections.abc import Callable

import pytest
from scripted_citizens import ScriptedCitizen, read_citizens

FILES = (
    "version_2/corrected_reasons",
    "version_2/for_somebody_else",
    "version_2/one_meeting",
    "version_2/second_requests",
    "version_2/several_meetings",
)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("scripted", read_citizens(*FILES), ids=lambda one: one.id)
def test_jura_receives_what_the_citizen_said(
    scripted: ScriptedCitizen, play_in_chat: Callable[[ScriptedCitizen], None]
) -> None:
    play_in_chat(scripted)
