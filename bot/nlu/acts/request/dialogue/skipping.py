"""A slot is left out, not known, or answered with the other contact."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.dialogue import corrections
from bot.nlu.acts.request.limits import STEERING_WORDS, SURE
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading, given
from common.acts import NO, SKIP, UNSURE, Act
from common.request import State
from common.slots import may_skip

_CONTACTS = ("applicant_email", "applicant_phone")


def nothing(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Spring over' and 'det ved jeg ikke', where they are an answer and where they cannot be one."""
    # 'Jeg kan ikke huske, hvad de siger' tells a reason.
    unknown = message.cue("dont_know") and "recording_grounds" not in reading.values
    by_label = message.intent == "skip" and message.confidence >= SURE
    # 'Det har jeg skrevet' leaves no name out: that is said in words.
    may = may_skip(state.asked or "", state.known) and state.asked != "applicant_name"
    by_answers = may and learned_answers.leaves_out(message) and not reading.values
    if not (unknown or message.cue("skip") or by_answers or by_label):
        return None
    return [Act(UNSURE if unknown else SKIP, slot=state.asked or "request_type")]


def declines_name(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Kan jeg være anonym?', or, where something else is asked for, 'fjern mit navn'."""
    elsewhere = message.cue("removes_name") and message.words <= STEERING_WORDS and state.kind is not None
    if not elsewhere and (state.asked != "applicant_name" or not message.cue("declines_name")):
        return None
    if message.cue("takes_back") or message.cue("why"):
        return None  # 'Jeg vil ikke oplyse mit navn, annuller det' stops
    name = reading.values.get("applicant_name")
    if name and not message.cue_in("declines_name", name):
        return None  # 'Mit navn er ikke Bo, men Ib Holm'
    contacts = {slot: reading.values[slot] for slot in _CONTACTS if slot in reading.values}
    return [Act(NO, slot="applicant_name"), *given(contacts)]


def no_telephone(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Jeg vil helst ikke ringes op', where the number is asked for and may be left out."""
    if state.asked != "applicant_phone" or not message.cue("not_by_phone") or message.is_question:
        return None
    return [Act(SKIP, slot="applicant_phone")]


def telephone_instead(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """'Kan I ringe i stedet?', where the e-mail is asked for: then the number is."""
    asked = state.asked == "applicant_email" and message.cue("telephone_instead")
    return [Act(SKIP, slot="applicant_email")] if asked and not corrections.is_held(message) else None
