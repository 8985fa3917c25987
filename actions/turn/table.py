"""The table of a turn (conversation.md, A turn): which handler each act has at each slot. A new behaviour is a row.

A row is looked up by act and slot, then by act and kind of slot, then by act alone.
"""

from collections.abc import Callable, Sequence

from actions.turn import (
    binding,
    handlers,
    meetings,
    noted,
    same_as_before,
    second_request,
    told_beside,
    undo,
)
from actions.turn.result import Result
from common import acts
from common.acts import Act
from common.request import State
from common.slots import FREE_TEXT, TOLD_BESIDE

# Takes an act, the acts that belong to it (the values given with a wish), and the state.
Handler = Callable[[Act, Sequence[Act], State], Result]
_KINDS = {
    **dict.fromkeys(FREE_TEXT, "text"),
    **dict.fromkeys(("applicant_email", "applicant_phone"), "contact"),
}
TABLE: dict[tuple[str, str], Handler] = {
    (acts.SET, ""): handlers.set_,
    (acts.SET, "meeting_date"): handlers.set_day,
    (acts.SET, "meeting_time"): handlers.set_hour,
    (acts.SET, TOLD_BESIDE): told_beside.keep,
    (acts.EMPTY, ""): handlers.empty,
    (acts.EMPTY, "meeting_time"): handlers.no_hour,
    (acts.CHANGE, ""): handlers.change,
    (acts.CHANGE, acts.MEETINGS): meetings.change,
    (acts.REOPEN, ""): handlers.reopen,
    (acts.KEEP, ""): handlers.keep,
    (acts.KEEP, acts.LAST_CHANGE): undo.undo,
    (acts.VAGUE, ""): handlers.vague,
    (acts.VAGUE, "meeting_department"): handlers.other_authority,
    (acts.YES, "review"): binding.yes_to_sending,
    (acts.YES, "terms_accepted"): binding.yes_to_the_terms,
    (acts.YES, "support_person_possible"): handlers.support_person,
    (acts.YES, "text"): handlers.example_alone,
    (acts.YES, "confirm_stop"): binding.stopped,
    (acts.YES, "confirm_restart"): binding.restarted,
    (acts.YES, "same_time"): handlers.same_hour,
    (acts.YES, "same_meeting"): same_as_before.same_meeting,
    (acts.YES, "which_request"): handlers.still_open,
    (acts.NO, "review"): handlers.reopen,
    (acts.NO, "terms_accepted"): binding.no_to_the_terms,
    (acts.NO, "support_person_possible"): handlers.support_person,
    (acts.NO, "text"): handlers.leave_out,
    (acts.NO, "contact"): handlers.leave_out,
    (acts.NO, "applicant_name"): handlers.name_declined,
    (acts.NO, "behalf_name"): handlers.leave_out,
    (acts.NO, "meeting_date"): handlers.no_day,
    (acts.NO, "confirm_stop"): binding.continues,
    (acts.NO, "confirm_restart"): binding.continues,
    (acts.NO, "same_time"): handlers.other_hour,
    (acts.NO, "same_meeting"): same_as_before.another_meeting,
    (acts.NO, "which_request"): handlers.still_open,
    (acts.NO, "which_slot"): binding.continues,
    (acts.SKIP, ""): handlers.leave_out,
    (acts.SKIP, "meeting_department"): handlers.department_unknown,
    (acts.SKIP, "meeting_date"): handlers.no_day,
    (acts.SKIP, "support_person_possible"): handlers.support_person_unsure,
    (acts.UNSURE, ""): handlers.leave_out,
    (acts.UNSURE, "meeting_department"): handlers.department_unknown,
    (acts.UNSURE, "meeting_date"): handlers.no_day,
    (acts.UNSURE, "support_person_possible"): handlers.support_person_unsure,
    (acts.CHOOSE, "which_request"): second_request.chosen,
    (acts.ADD_MEETING, ""): meetings.add,
    (acts.REMOVE_MEETING, ""): meetings.remove,
    (acts.WHICH_MEETING, ""): meetings.ask_which,
    (acts.CHOOSE, "which_meeting"): handlers.still_open,
    (acts.YES, "which_meeting"): handlers.still_open,
    (acts.NO, "which_meeting"): meetings.none_meant,
    (acts.CHOOSE, "same_meeting"): handlers.still_open,
    (acts.CHOOSE, "same_time"): handlers.still_open,
    (acts.CHOOSE, "question_or_value"): handlers.question_or_value,
    (acts.CHOOSE, "which_slot"): handlers.add_unread_words,
    (acts.START, ""): second_request.wished,
    (acts.WHY, ""): handlers.why,
    (acts.BACK, ""): handlers.back,
    (acts.WAIT, ""): handlers.wait,
    (acts.STOP, ""): binding.stop,
    (acts.RESTART, ""): binding.restart,
    (acts.REPEAT, ""): handlers.repeat,
    (acts.SIMPLIFY, ""): handlers.simplify,
    (acts.SIMPLIFY, "text"): handlers.how_to_write,
    (acts.ASK, ""): handlers.ask,
    (acts.ASK, "text"): handlers.ask_or_tell,
    (acts.SMALL_TALK, ""): handlers.small_talk,
    (acts.SMALL_TALK, "progress"): handlers.progress,
    (acts.SMALL_TALK, "noted"): noted.noted_so_far,
    (acts.UNREAD, ""): handlers.unread,
}


def find(act: str, slot: str) -> tuple[str, Handler]:
    """The name of the row for an act at a slot, and its handler; `unread` if there is no row."""
    for of in (slot, _KINDS.get(slot, ""), ""):
        if handler := TABLE.get((act, of)):
            return f"{act} {of}".strip(), handler
    return acts.UNREAD, handlers.unread
