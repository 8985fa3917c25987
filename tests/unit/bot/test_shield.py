"""Tests, channel: what a citizen writes can always be sent to Jura."""

import json
import re

import pytest

from bot.channel.shield import shield
from tests.system.house import ROOT

SCHEMA = json.loads((ROOT / "legal" / "request.schema.json").read_text(encoding="utf-8"))
ALLOWED = SCHEMA["properties"]["question"]["properties"]["text"]["pattern"]


@pytest.mark.parametrize("code", [*range(0x20), 0x7F])
def test_no_control_character_gets_into_a_request(code: int) -> None:
    assert re.fullmatch(ALLOWED, shield(f"Må jeg{chr(code)}klage?"))


@pytest.mark.parametrize("text", ["\f", "\v \x1c", "\x1f\n\t ", "\u2028"])
def test_white_space_of_any_kind_is_no_message(text: str) -> None:
    assert shield(text) == ""
