"""What is taken out of who writes: 'slet nummeret, ellers ringer de'."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import TOLD_OF
from bot.nlu.acts.request.message import Message
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
