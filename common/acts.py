"""Acts: what a message does, one by one, under the names of conversation.md."""

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
# Which of the meetings is meant: none of them, but one more.
NEW = "new"
# The slot of a change of one of the meetings by several values.
MEETINGS = "meetings"
# `about`: a yes that binds (bot/nlu/acts/request/dialogue/binding.py); a value that is known already; a wish that takes
# the place of the request under way; a value that is to be another; a text that is added.
BINDS, AGAIN, INSTEAD, CORRECTS, ADDS = "binds", "again", "instead", "corrects", "adds"
# A wish that stands beside a yes to the request under way, and begins after it.
ALSO = "also"
# A sentence of which nothing was read, beside others.
LEFT = "left"
# What a message asks, beside each `faq_*`.
_ASKS = ("help", "bot_challenge", "human_handover", "check_status")
# Inside a request these have an answer of the form's own.
_ASKED_OF_THE_FORM = ("help", "check_status")
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
    """One act. `value`: the label that is asked for, how it is asked on (`why`), the kind of request, or a value.

    `about`: what a follow-up names beside ('second', 'phone'), or what qualifies the act (`BINDS`, `AGAIN` ...).
    `label`: of labels.md, that its words have by themselves. `certainty`: of the label, from 0 to 1. `words`: what it
    was read from, which stands at `start` to `end` of the message.

    What a request is told has, besides, `slot`: the slot or the question in between that it is of; `readings`: the days
    or hours that may be meant, where it is not sure which, or the meetings; `meeting`: of which meeting it is, from 0,
    where that is said; `to`: `FORM` where it is said to the request under way, and
    the kind of request where one of that kind may yet begin with it.
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
        """The act as it is kept with its message."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Act":
        """The act that was kept."""
        return cls(**{**kept, "readings": tuple(kept.get("readings") or ())})


def named(label: str | None) -> tuple[str, str]:
    """The act that a label of labels.md stands for, and its value: `faq_notes` is to ask for `faq_notes`."""
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
    """A meeting on each of these days (ISO), the first of them the one asked about; `shared`: what else each has."""
    others = [Act(ADD_MEETING, {**shared, "meeting_date": day}) for day in days[1:]]
    return [Act(SET, days[0], slot="meeting_date"), *others]


def is_follow_up(label: str) -> bool:
    """Whether a label means something only after an answer."""
    return label.startswith(_FOLLOW)


def is_answered_before(act: Act) -> bool:
    """Whether an act is answered by the policy before the form runs, inside a request as outside it."""
    if act.act == ASK:
        return not act.slot and act.value not in _ASKED_OF_THE_FORM
    if act.act == SIMPLIFY:
        return bool(act.value)
    return act.act in (ASK_MORE, WHY) or (act.act == UNREAD and act.to != FORM)
