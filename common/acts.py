"""Acts: what a message does, under the names of conversation.md."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

ASK, ASK_MORE, START = "ask", "ask_more", "start"
YES, NO, UNSURE, CHOOSE, UNREAD, SMALL_TALK = "yes", "no", "unsure", "choose", "unread", "small_talk"
SET, EMPTY, CHANGE, REOPEN, KEEP, VAGUE = "set", "empty", "change", "reopen", "keep", "vague"
SKIP, WHY, BACK, WAIT, STOP, RESTART = "skip", "why", "back", "wait", "stop", "restart"
REPEAT, SIMPLIFY = "repeat", "simplify"
ADD_MEETING, REMOVE_MEETING, WHICH_MEETING = "add_meeting", "remove_meeting", "which_meeting"
FORM = "form"
# In place of the number of a meeting: a new one.
NEW = "new"
# The answer to `which_meeting`: each of them.
ALL = "all"
# The slot of an act that changes several values of one meeting.
MEETINGS = "meetings"
# The slot of `keep` where the change of the turn before is undone.
LAST_CHANGE = "last_change"
# Values of `about`: a yes that binds (bot/nlu/acts/request/dialogue/binding.py); a value that is known already; a wish
# that replaces the request under way; a value that corrects one; a text that is appended.
BINDS, AGAIN, INSTEAD, CORRECTS, ADDS = "binds", "again", "instead", "corrects", "adds"
# A wish for another request, said with a yes to the one under way: it begins after it.
ALSO = "also"
# Of `check_status`: it names the reference of a request.
REFERENCE = "reference"
# A sentence that was not understood, in a message with others that were.
LEFT = "left"
# A question that was not understood.
ASKS = "asks"
# The label of what leads up to a question and asks nothing itself.
WILL_ASK = "will_ask"
# Small talk of an 'okay' to an answer.
ACKNOWLEDGED = "acknowledged"
# Labels of questions about a request: what is noted in it, whether it is sent.
CHECK_NOTED, CHECK_STATUS = "check_noted", "check_status"
# Labels of questions, besides each `faq_*`.
_ASKS = ("help", "bot_challenge", "human_handover", CHECK_STATUS, CHECK_NOTED)
# Inside a request the form answers these itself.
_ASKED_OF_THE_FORM = ("help", CHECK_STATUS, CHECK_NOTED)
_FOLLOW, _REQUEST, _FAQ = "follow_", "request_", "faq_"
_OF_LABEL = {
    "affirm": YES,
    "deny": NO,
    "skip": SKIP,
    "cancel": STOP,
    "restart": RESTART,
    "repeat": REPEAT,
    "simplify": SIMPLIFY,
    "inform": SET,
    "correct": CHANGE,
    "nlu_fallback": UNREAD,
}


@dataclass(frozen=True)
class Act:
    """One act of a message.

    `value`: the label asked about, the kind of follow-up (`why`), the kind of request, or a slot's value.
    `about`: what a follow-up names ('second', 'phone'), or what qualifies the act (`BINDS`, `AGAIN` ...); for `keep` of
    the last change, the slot that alone is put back.
    `label`, `certainty`: the label (labels.md) of its words, and how certain it is, from 0 to 1.
    `words`, `start`, `end`: the words it was read from, and their span in the message.
    `slot`: for a request, the slot or the question in between that it answers.
    `readings`: the days, times or meetings that may be meant, where that is unclear.
    `meeting`: the number of the meeting, from 0, where the message says it.
    `to`: `FORM` where it is for the request under way, or the kind of a request that may begin with it.
    """

    act: str
    value: Any = ""
    about: str = ""
    label: str = ""
    certainty: float = 1.0
    words: str = ""
    start: int = 0
    end: int = 0
    slot: str = ""
    readings: tuple[str, ...] = ()
    to: str = ""
    meeting: int | None = None

    def kept(self) -> dict[str, Any]:
        """The act as JSON, stored with its message."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Act":
        """The act from its JSON."""
        return cls(**{**kept, "readings": tuple(kept.get("readings") or ())})


def named(label: str | None) -> tuple[str, str]:
    """The act and its value for a label of labels.md; `UNREAD` for None, `SMALL_TALK` for any other label."""
    label = label or "nlu_fallback"
    if label.startswith(_FAQ) or label in _ASKS:
        return ASK, label
    if label.startswith(_FOLLOW):
        return ASK_MORE, label.removeprefix(_FOLLOW)
    if label.startswith(_REQUEST):
        return START, label.removeprefix(_REQUEST)
    if label in _OF_LABEL:
        return _OF_LABEL[label], ""
    return SMALL_TALK, label


def on_each_day(days: Sequence[str], shared: Mapping[str, Any]) -> list[Act]:
    """Acts for a meeting on each of these days (ISO): the first is set, the others are added with `shared` values."""
    others = [Act(ADD_MEETING, {**shared, "meeting_date": day}) for day in days[1:]]
    return [Act(SET, days[0], slot="meeting_date"), *others]


def is_follow_up(label: str) -> bool:
    """Whether a label is a follow-up, which has a meaning only after an answer."""
    return label.startswith(_FOLLOW)


def is_about_the_request(act: Act) -> bool:
    """Whether an act asks about the request under way, which the form answers: what is noted, whether it is sent."""
    return act.act == ASK and act.value in (CHECK_NOTED, CHECK_STATUS)


def is_answered_before(act: Act) -> bool:
    """Whether a policy answers the act before the form runs, also inside a request."""
    if act.act == ASK:
        return not act.slot and act.value not in _ASKED_OF_THE_FORM
    if act.act == SIMPLIFY:
        return bool(act.value)
    return act.act in (ASK_MORE, WHY) or (act.act == UNREAD and act.to != FORM)
