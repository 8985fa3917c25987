"""Escaped texts hold nothing that the request schema refuses."""

import json
import re

import pytest

from bot.channel.escaping import escape, unescape
from bot.channel.static_files import openapi
from tests.system.deployment import ROOT

SCHEMA = json.loads((ROOT / "legal" / "request.schema.json").read_text(encoding="utf-8"))
ALLOWED = SCHEMA["properties"]["question"]["properties"]["text"]["pattern"]


@pytest.mark.parametrize("code", [*range(0x20), *range(0x7F, 0xA0), 0x202E, 0x200B, 0xE0041, 0xE000, 0xFFFE])
def test_no_control_character_gets_into_a_request(code: int) -> None:
    escaped = escape(f"Må jeg{chr(code)}klage?")
    assert re.fullmatch(ALLOWED, escaped) and (chr(code) in "\t\n\r" or chr(code) not in escaped)


@pytest.mark.parametrize("text", ["\f", "\v \x1c", "\x1f\n\t ", "\u2028", "\u200b", "\u2060 \ufeff\u202e"])
def test_white_space_alone_is_refused(text: str) -> None:
    assert escape(text) == ""


@pytest.mark.parametrize("text", ["/restart", " \u200b/restart", "\u2060/restart", "\ufeff \U000e0041/restart", "hej"])
def test_escaping_twice_is_escaping_once(text: str) -> None:
    assert escape(escape(text)) == escape(text)
    assert unescape(escape(text)) == text[text.find("/") if "/" in text else 0 :]
    assert not escape(text).startswith("/")


def test_the_openapi_pattern_agrees_with_the_code_on_empty_messages() -> None:
    """Other clients judge by the pattern in bot/channel/openapi.yml whether a text is empty."""
    body = json.loads(openapi())["components"]["schemas"]["Turn"]["properties"]["text"]
    for code in (
        *range(0x3400),
        *range(0xFB00, 0x11000),
        *range(0x1BC90, 0x1BCB0),
        *range(0x1D170, 0x1D180),
        *range(0xE0000, 0xE1010),
    ):
        assert bool(re.search(body["pattern"], chr(code))) == bool(escape(chr(code))), f"U+{code:04X}"
