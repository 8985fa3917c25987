"""What is taken out of who writes: 'slet nummeret, ellers ringer de'."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message, clause_spans
from bot.nlu.acts.request.limits import TOLD_OF
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import CONTACTS
from bot.nlu.clauses import clauses

_OF_A_MEETING = ("department", "date", "time", "meeting_kind", "recurrence")


def takes_out_who_writes(message: Message) -> bool:
    """Whether a clause takes out something of who writes, and neither a meeting nor the request."""
    parts = [as_message(message, *span, learned=True) for span in clauses(message.text)] or [message]
    return any(
        learned_answers.told_of(one, TOLD_OF)[:1] == ["applicant"] and not one.values(*_OF_A_MEETING)
        for one in parts
        if one.cue("takes_back") and not one.cue("the_meeting")
    )


def contacts_taken_out(message: Message) -> list[str]:
    """The one contact that a clause takes out: 'telefonen skal ikke stå der, jeg vil hellere have mail'."""
    spoken = [message.within(*span) for span in clause_spans(message)]
    named = [slot for one in spoken if one.cue("takes_out") for slot in CONTACTS if slot in one.named_slots()]
    if len({*named}) == 1:
        return named[:1]
    # 'Fjern mit telefonnummer, kun mail' takes out the telephone.
    parts = [message.text[slice(*span)] for span in clauses(message.text)] or [message.text]
    without_email = any(message.cue_in("leaves_out_email", part) for part in parts)
    without_phone = any(message.cue_in("removes_phone", part) for part in parts)
    if without_email == without_phone:
        return []
    return ["applicant_email" if without_email else "applicant_phone"]
