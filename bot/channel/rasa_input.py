"""What Rasa is given for a turn: a masked text, or the payload of a button that was offered."""

from collections.abc import Mapping
from typing import Any

from bot.channel import refusals
from bot.channel.escaping import escape
from bot.channel.masking import masked
from bot.channel.transcript import Turn, offered


def rasa_input(turns: list[Turn], text: str | None, payload: str | None) -> tuple[str, dict[str, Any]]:
    """The message for Rasa and its metadata: `title` for a button, `cpr_masked` (a count) for a text."""
    titles = offered(turns)
    if payload is None and (typed := _payload_of_title(text or "", titles)):
        # The transcript shows the title as it was typed.
        return typed, {"title": (text or "").strip()}
    if payload is None:
        masked_text, count = masked(text or "", turns)
        return escape(masked_text), {"cpr_masked": count}
    if payload not in titles:
        raise refusals.malformed("payload", "det er ikke en af de knapper, der sidst blev vist.")
    return payload, {"title": titles[payload]}


def _payload_of_title(text: str, titles: Mapping[str, str]) -> str | None:
    """The payload of the one button whose title was typed, as keyboard and voice users do."""
    payloads = [payload for payload, title in titles.items() if _folded(title) == _folded(text)]
    return payloads[0] if len(payloads) == 1 and _folded(text) else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?\"'")
