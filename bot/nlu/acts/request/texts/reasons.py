"""Reasons and questions told together with a wish or an answer."""

from typing import Any

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import Reading
from bot.nlu.acts.request.texts.grounds import leave_what_is_told
from bot.nlu.acts.request.texts.reason_spans import reason_in
from bot.nlu.parts import asks_outright, split, without_greeting
from bot.nlu.values import values_in
from common.slots import FREE_TEXT

WHO_WHERE_WHEN = {"date", "time", "department", "name", "email", "phone", "reference"}


def add_reason(message: Message, reading: Reading) -> None:
    """Adds the explanation and its grounds, where they are told with the wish."""
    if said := _behind_its_name(message) or reason_in(message):
        grounds = {slot: value for slot, value in reading.values.items() if slot == "recording_grounds"}
        reading.values |= in_words(said, message) | grounds


def _behind_its_name(message: Message) -> str | None:
    """The reason behind 'Begrundelse:', up to a sentence that says who writes."""
    told = message.part("reason_behind_its_name")
    if not told:
        return None
    spans = sentence_spans(told, [(one.start, one.end) for one in values_in(told)])
    end = next((start for start, last in spans if start and _is_of_who(told[start:last])), len(told))
    return told[:end].strip()


def in_words(said: str, message: Message) -> dict[str, Any]:
    """Explanation and grounds; without grounds they are asked for (request.md)."""
    told = grounds_of(message)
    return {"recording_explanation": said} | ({"recording_grounds": told} if told else {})


def grounds_of(message: Message) -> list[str]:
    """Learnt grounds, else those named, without those that are denied."""
    named = (ground for one in message.values("recording_grounds") for ground in one.value)
    read = Reading({"recording_grounds": learned_answers.grounds(message) or list(dict.fromkeys(named))})
    leave_what_is_told(message, read)
    return list(read.values.get("recording_grounds", ()))


def asked_before(message: Message, before: str) -> str | None:
    """The question that the citizen asked last, where the message says that it is to be sent: 'send det til Jura'."""
    if not message.cue("sends_what_was_asked"):
        return None
    # 'Må jeg dele den med min advokat, kan I spørge Jura om det': else the last one before this message.
    for text in (message.text, before):
        asked = [one.text.strip() for one in split(text) if _asks_jura(one.text) and len(one.text.split()) > FEW_WORDS]
        asked = [one for one in asked if not message.cue_in("sends_what_was_asked", one)]
        if asked:
            return asked[-1]
    return None


def _asks_jura(text: str) -> bool:
    """Whether words are a question beyond doubt: not 'så er det nemmest for mig'."""
    return text.rstrip().endswith("?") or asks_outright(text)


def _is_of_who(sentence: str) -> bool:
    """Whether a sentence greets, or says who writes and how to reach them."""
    values = {one.entity for one in values_in(sentence)}
    return not without_greeting(f"{sentence.rstrip(' .!')} ").strip() or bool(values & {"name", "email", "phone"})


def own_question(message: Message) -> str | None:
    """The question to Jura within the message; None where only the wish is there."""
    head, colon, rest = message.text.partition(":")
    said = [message.text[start:end].strip() for start, end in sentence_spans(message.text, message.unbroken)]
    # With what leads up to it: 'min ekskone vil optage vores fælles møde. Må hun det?' (conversation.md, 4)
    told = [sentence for sentence in said if not message.cue_in("wish_question", sentence) and not _is_of_who(sentence)]
    asked = told if any(sentence.endswith("?") for sentence in told) else []
    # 'Et spørgsmål til Jura, må kommunen optage mig?'
    parts = [one.text for one in split(message.text) if one.text.rstrip().endswith("?")]
    asked = asked or [part for part in parts if not message.cue_in("wish_question", part)]
    # A message without a question: 'skriv til Jura: jeg er døv'.
    told_behind = rest.strip() if colon and ("?" in rest or message.cue_in("tells_jura", head)) else " ".join(asked)
    # 'Send en besked til Jura om, at min mail er ny: bo@eksempel.dk' tells it with the colon in it.
    own = max(told_behind, message.part("asks_jura") or "", key=len)
    return own[: FREE_TEXT["question_text"]] if len(own.split()) >= FEW_WORDS else None
