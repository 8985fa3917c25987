"""Skipping a slot, not knowing it, and declining a name or a contact."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.dialogue import corrections
from bot.nlu.acts.request.limits import STEERING_WORDS
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import CONTACTS, Reading, given
from common.acts import NO, SKIP, UNSURE, Act
from common.request import State
from common.slots import may_skip


def skip_or_unsure(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """SKIP or UNSURE of the slot asked for, also where it may not be skipped."""
    # 'Jeg kan ikke huske, hvad de siger' tells a reason.
    unknown = message.cue("dont_know") and "recording_grounds" not in reading.values
    by_label = message.is_labelled("skip")
    # A name is declined in words only, not by a learnt answer: 'det har jeg skrevet'.
    may = may_skip(state.asked or "", state.known) and state.asked != "applicant_name"
    by_answers = may and learned_answers.leaves_out(message) and not reading.values
    if not (unknown or message.cue("skip") or by_answers or by_label):
        return None
    # 'Spring nummeret over', where an e-mail or a number is asked for
    other = [slot for slot in CONTACTS if slot in message.named_slots()]
    slot = other[0] if state.asked in CONTACTS and len(other) == 1 else state.asked
    return [Act(UNSURE if unknown else SKIP, slot=slot or "request_type")]


def declines_name(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The citizen gives no name, or takes it back."""
    elsewhere = message.cue("removes_name") and message.words <= STEERING_WORDS and state.kind is not None
    if not elsewhere and (state.asked != "applicant_name" or not message.cue("declines_name")):
        return None
    if message.cue("takes_back") or message.cue("why"):
        return None  # 'Jeg vil ikke oplyse mit navn, annuller det' stops
    name = reading.values.get("applicant_name")
    if name and not message.cue_in("declines_name", name):
        return None  # 'Mit navn er ikke Bo, men Ib Holm'
    contacts = {slot: reading.values[slot] for slot in CONTACTS if slot in reading.values}
    return [Act(NO, slot="applicant_name"), *given(contacts)]


def no_phone(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The telephone number is skipped, where it is asked for."""
    if state.asked != "applicant_phone" or not message.cue("not_by_phone") or message.is_question:
        return None
    return [Act(SKIP, slot="applicant_phone")]


def phone_instead(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The e-mail address is skipped in favour of the telephone."""
    asked = state.asked == "applicant_email" and message.cue("telephone_instead")
    return [Act(SKIP, slot="applicant_email")] if asked and not corrections.says_how_held(message) else None
