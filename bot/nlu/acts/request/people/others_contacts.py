"""E-mail addresses and telephone numbers of others than the writer: 'hans mor vil gerne have en kopi, signe@...'."""

from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.sentences import sentence_around
from bot.nlu.acts.request.slot_values import Reading
from bot.nlu.values.people.mentions import mark_people
from common.acts import ADDS, CHANGE, LEFT, UNREAD, Act
from common.request import State

_SLOTS = {"email": "applicant_email", "phone": "applicant_phone"}


# People whose contact it is; a name alone may be a place.
_WHOSE = ("relative", "child", "representative", "other")


def drop_others_contacts(message: Message, state: State, reading: Reading) -> None:
    """Drops a contact of somebody else, where one of the writer is known and none is asked for."""
    if not any(state.known.get(slot) for slot in _SLOTS.values()) or {*state.asks} & {*_SLOTS.values()}:
        return
    for found in message.values(*_SLOTS):
        slot = _SLOTS[found.entity]
        if reading.values.get(slot) == found.value and _is_of_another(message, found):
            del reading.values[slot]


def keep_in_wish(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Adds a contact of somebody else to what is wanted of the notes, with its sentence; elsewhere it is named."""
    if state.asked != "review" or reading.values or message.is_question:
        return None
    others = [found for found in message.values(*_SLOTS) if _is_of_another(message, found)]
    if not others:
        return None
    if state.kind != "notes":
        return [Act(UNREAD, about=LEFT, words=message.text)]
    return [Act(CHANGE, message.text.strip(), ADDS, slot="notes_wanted")]


def _is_of_another(message: Message, found: Found) -> bool:
    said = sentence_around(message.text, found.start, found.end, message.unbroken)
    if message.cue_in("own_contact", said):
        return False
    people = mark_people(said).people.values()
    return message.cue_in("anothers_contact", said) or any(one.kind in _WHOSE for one in people)
