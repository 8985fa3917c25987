"""Choices named by phrases: which of them are meant as an answer."""

from itertools import pairwise

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.limits import FEW_WORDS
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.sentences import sentence_around, sentence_spans
from common.slots import LOOSE

# Slots by entity, where the values are the same.
CHOICES = {
    "meeting_kind": "meeting_kind",
    "recording_medium": "recording_medium",
    "recording_purpose": "recording_purpose",
    "support_person": "support_person_possible",
    "email": "applicant_email",
    "phone": "applicant_phone",
}


# Choices that a question in passing does not make.
_NOT_BY_ASKING = ("recording_purpose", "support_person_possible")


def named_choices(message: Message, asked: str | None) -> list[Found]:
    """The choices named; where one phrase can mean two, the one asked for."""
    found = message.values(*CHOICES)
    answers = [one for one in found if CHOICES[one.entity] == asked]
    return [
        one
        for one in found
        if one in answers or not any(other.start < one.end and one.start < other.end for other in answers)
    ]


def is_meant(message: Message, found: Found, slot: str, asked: str | None, *, prompted: bool) -> bool:
    """Whether a named choice is chosen, not only mentioned."""
    if not counts(found, slot, asked) or (slot != asked and is_choice(message, found.entity)):
        return False
    if slot == "support_person_possible" and not (
        # A bare 'ja' or 'har ikke nogen' answers only where it was asked, and 'ja og nej' never.
        ((asked == slot and prompted) or message.cue("brings"))
        and not message.cue("torn")
        and not (found.value == "no" and message.cue("one_of_two_comes"))
    ):
        return False
    if (
        slot in LOOSE
        and not _says_with_whom(message, found)
        and not learned_answers.possible(message, slot, found.value, asked)
    ):
        return False
    if (slot, found.value) == ("recording_purpose", "other") and asked not in (None, slot):
        # The purpose `other` is never guessed (request.md, Slots): 'min datter arbejder'.
        around = sentence_around(message.text, found.start, found.end, message.unbroken)
        of_use = message.cue("records") or message.cue_in("other_use", around)
        if not (of_use and message.cue_in("uses", around)) and slot not in message.named_slots():
            return False
    # A question states none: 'må jeg dele den?', 'må han, når jeg tager med?'
    return not (slot in _NOT_BY_ASKING and slot != asked and _in_a_question(message, found))


def _says_with_whom(message: Message, found: Found) -> bool:
    """Whether a phrase of at least three words says that somebody comes along: 'min søn kommer med'."""
    said = message.text[found.start : found.end].lower().split()
    comes = found.entity == "support_person" and found.value != "no"
    return comes and len(said) >= FEW_WORDS and not {"med", "bisidder"}.isdisjoint(said)


def _in_a_question(message: Message, found: Found) -> bool:
    """Whether the sentence around a value ends as a question."""
    ends = (end for _, end in sentence_spans(message.text, message.unbroken) if end >= found.end)
    return message.text[: next(ends, 0)].rstrip().endswith("?")


def counts(found: Found, slot: str, asked: str | None) -> bool:
    """Whether a value that some phrases give only as an answer counts here."""
    return asked == slot or found.rule not in ("alone", "clause") or (asked is None and found.rule == "alone")


def is_choice(message: Message, entity: str) -> bool:
    """Whether the choice itself is named ('lyd eller video') and not one of its values."""
    found = message.values(entity)
    return any(message.text[one.end : two.start].strip().lower() == "eller" for one, two in pairwise(found))
