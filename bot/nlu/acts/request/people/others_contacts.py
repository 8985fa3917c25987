"""E-mail addresses and telephone numbers of others than the writer: 'hans mor vil gerne have en kopi, signe@...'."""

from collections.abc import Mapping
from typing import Any

from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.sentences import sentence_around
from bot.nlu.acts.request.slot_values import Reading
from bot.nlu.values.people.mentions import mark_people

_SLOTS = {"email": "applicant_email", "phone": "applicant_phone"}


def drop_others_contacts(message: Message, known: Mapping[str, Any], reading: Reading) -> None:
    """Drops a contact of somebody else, where one of the writer is known."""
    if not any(known.get(slot) for slot in _SLOTS.values()):
        return
    for found in message.values(*_SLOTS):
        slot = _SLOTS[found.entity]
        if reading.values.get(slot) == found.value and _is_of_another(message, found):
            del reading.values[slot]


def _is_of_another(message: Message, found: Found) -> bool:
    said = sentence_around(message.text, found.start, found.end, message.unbroken)
    if message.cue_in("own_contact", said):
        return False
    return message.cue_in("anothers_contact", said) or bool(mark_people(said).people)
