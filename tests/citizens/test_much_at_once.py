"""Citizens who say much in one message."""

from collections.abc import Callable

import pytest
from scripted_citizens import ScriptedCitizen, read_citizens

FILES = ("alt_paa_en_gang", "med_egne_ord", "hver_sin_maade", "paa_tvaers")


@pytest.mark.one_in(3)
@pytest.mark.parametrize("scripted", read_citizens(*FILES), ids=lambda one: one.id)
def test_jura_receives_what_the_citizen_said(
    scripted: ScriptedCitizen, play_in_chat: Callable[[ScriptedCitizen], None]
) -> None:
    play_in_chat(scripted)
