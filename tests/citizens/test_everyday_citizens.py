"""Citizens as they write on an ordinary day: tired, angry, thorough."""

from collections.abc import Callable

import pytest
from scripted_citizens import ScriptedCitizen, read_citizens

FILES = ("til_daglig", "til_hverdag", "traette_og_urolige", "vrede_og_grundige")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("scripted", read_citizens(*FILES), ids=lambda one: one.id)
def test_jura_receives_what_the_citizen_said(
    scripted: ScriptedCitizen, play_in_chat: Callable[[ScriptedCitizen], None]
) -> None:
    play_in_chat(scripted)
