"""For whom a request is, where the citizen says that it is for somebody else."""

from collections.abc import Mapping
from typing import Any

from bot.nlu.acts.request.found import Reading
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.values.behalf import behalf_name
from common.slots import BEHALF, LONGEST_NAME

# In characters, as Jura takes it (legal/request.schema.json).
_LONGEST_WORDS = 500


def read_behalf(message: Message, asked: str | None, known: Mapping[str, Any], reading: Reading) -> None:
    """Adds for whom it is, where that is said and not known yet; None for all of it, where it is said to be nobody."""
    said = message.values("behalf")
    if not said:
        for_oneself = any(found.entity == "behalf" and found.negated for found in message.found)
        for_oneself = for_oneself or message.cue("for_myself")
        if for_oneself and (asked is None or known.get("behalf_relation")):
            # A second request is for whom the first one was for, unless it is said to be otherwise.
            reading.values |= dict.fromkeys(BEHALF)
        elif (asked == "behalf_name" or _names_them(message, known)) and (
            name := (behalf_name(message.text) or "")[:LONGEST_NAME]
        ):
            reading.values["behalf_name"] = name
            reading.values.pop("applicant_name", None)
        return
    value = said[0].value
    if _is_known(value, known):
        if value["name"] and value["name"] != known.get("behalf_name"):
            reading.values["behalf_name"] = value["name"]
        return
    reading.values |= {
        "behalf_relation": value["relation"],
        "behalf_who": value["who"],
        "behalf_words": _sentence(message.text, said[0]),
    }
    if value["name"] or known.get("behalf_relation"):
        # Of another person than before, the name that was told is no longer so.
        reading.values["behalf_name"] = value["name"]


def _names_them(message: Message, known: Mapping[str, Any]) -> bool:
    """'Min mor hedder Kirsten Holm', of the one for whom it is."""
    who = str(known.get("behalf_who") or "").split(" ")[-1]
    return bool(who) and who in message.text.lower() and message.cue("names_another")


def _is_known(value: Mapping[str, Any], known: Mapping[str, Any]) -> bool:
    """Whether it is said once more of the same person."""
    same = value["who"] is not None and value["who"] == known.get("behalf_who")
    named = value["name"] is not None and value["name"] == known.get("behalf_name")
    return bool(known.get("behalf_relation")) and (same or named or (value["who"] is None and value["name"] is None))


def _sentence(text: str, found: Found) -> str:
    """The sentence in which it is said."""
    begin = max(text.rfind(mark, 0, found.start) for mark in ".!?\n") + 1
    ends = [place for mark in ".!?\n" if (place := text.find(mark, found.end)) >= 0]
    return text[begin : min(ends, default=len(text))].strip()[:_LONGEST_WORDS] or text[found.start : found.end]
