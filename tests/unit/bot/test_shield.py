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
