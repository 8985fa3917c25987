"""The table of a turn: what each act does at each kind of slot. A new behaviour is a row here.

A row is found by the act and the slot that it is of, else by the act and the slot's kind, else by the act alone.
"""

from collections.abc import Callable, Sequence

from actions.turn import binding, meetings, rows, same_meeting, which_request
from actions.turn.result import Result
from common import acts
from common.acts import Act
from common.request import State
from common.slots import FREE_TEXT

# What follows from one act, given those that belong to it (what is told with a wish), joined with that of the others.
Row = Callable[[Act, Sequence[Act], State], Result]
_KINDS = {
    **dict.fromkeys(FREE_TEXT, "text"),
    **dict.fromkeys(("applicant_email", "applicant_phone"), "contact"),
}
TABLE: dict[tuple[str, str], Row] = {
    (acts.SET, ""): rows.set_,
    (acts.SET, "meeting_date"): rows.set_day,
    (acts.SET, "meeting_time"): rows.set_hour,
    (acts.EMPTY, ""): rows.empty,
    (acts.EMPTY, "meeting_time"): rows.no_hour,
    (acts.CHANGE, ""): rows.change,
    (acts.CHANGE, acts.MEETINGS): meetings.change,
    (acts.REOPEN, ""): rows.reopen,
    (acts.KEEP, ""): rows.keep,
    (acts.VAGUE, ""): rows.vague,
    (acts.VAGUE, "meeting_department"): rows.elsewhere,
    (acts.YES, "review"): binding.yes_to_sending,
    (acts.YES, "terms_accepted"): binding.yes_to_the_terms,
    (acts.YES, "support_person_possible"): rows.support_person,
    (acts.YES, "text"): rows.example_alone,
    (acts.YES, "confirm_stop"): binding.stopped,
    (acts.YES, "confirm_restart"): binding.restarted,
    (acts.YES, "same_time"): rows.same_hour,
    (acts.YES, "same_meeting"): same_meeting.same,
    (acts.YES, "which_request"): rows.still_open,
    (acts.NO, "review"): rows.reopen,
    (acts.NO, "terms_accepted"): binding.no_to_the_terms,
    (acts.NO, "support_person_possible"): rows.support_person,
    (acts.NO, "text"): rows.leave_out,
    (acts.NO, "contact"): rows.leave_out,
    (acts.NO, "applicant_name"): rows.name_declined,
    (acts.NO, "behalf_name"): rows.leave_out,
    (acts.NO, "meeting_date"): rows.no_day,
    (acts.NO, "confirm_stop"): binding.continues,
    (acts.NO, "confirm_restart"): binding.continues,
    (acts.NO, "same_time"): rows.other_hour,
    (acts.NO, "same_meeting"): same_meeting.another,
    (acts.NO, "which_request"): rows.still_open,
    (acts.NO, "which_slot"): binding.continues,
    (acts.SKIP, ""): rows.leave_out,
    (acts.SKIP, "meeting_department"): rows.department_unknown,
    (acts.SKIP, "meeting_date"): rows.no_day,
    (acts.SKIP, "support_person_possible"): rows.support_person_unsure,
    (acts.UNSURE, ""): rows.leave_out,
    (acts.UNSURE, "meeting_department"): rows.department_unknown,
    (acts.UNSURE, "meeting_date"): rows.no_day,
    (acts.UNSURE, "support_person_possible"): rows.support_person_unsure,
    (acts.CHOOSE, "which_request"): which_request.chosen,
    (acts.ADD_MEETING, ""): meetings.add,
    (acts.REMOVE_MEETING, ""): meetings.remove,
    (acts.WHICH_MEETING, ""): meetings.ask_which,
    (acts.CHOOSE, "which_meeting"): rows.still_open,
    (acts.YES, "which_meeting"): rows.still_open,
    (acts.NO, "which_meeting"): meetings.none_meant,
    (acts.CHOOSE, "same_meeting"): rows.still_open,
    (acts.CHOOSE, "same_time"): rows.still_open,
    (acts.CHOOSE, "question_or_value"): rows.question_or_value,
    (acts.CHOOSE, "which_slot"): rows.add_to_the_text,
    (acts.START, ""): which_request.wished,
    (acts.WHY, ""): rows.why,
    (acts.BACK, ""): rows.back,
    (acts.WAIT, ""): rows.wait,
    (acts.STOP, ""): binding.stop,
    (acts.RESTART, ""): binding.restart,
    (acts.REPEAT, ""): rows.repeat,
    (acts.SIMPLIFY, ""): rows.simplify,
    (acts.SIMPLIFY, "text"): rows.how_to_write,
    (acts.ASK, ""): rows.ask,
    (acts.ASK, "text"): rows.ask_or_tell,
    (acts.SMALL_TALK, ""): rows.small_talk,
    (acts.SMALL_TALK, "progress"): rows.progress,
    (acts.SMALL_TALK, "noted"): rows.noted_so_far,
    (acts.SMALL_TALK, "in_writing"): rows.in_writing,
    (acts.UNREAD, ""): rows.unread,
}


def find(act: str, slot: str) -> tuple[str, Row]:
    """The row for an act of a slot, with its name; what has none is not understood."""
    for of in (slot, _KINDS.get(slot, ""), ""):
        if row := TABLE.get((act, of)):
            return f"{act} {of}".strip(), row
    return acts.UNREAD, rows.unread
