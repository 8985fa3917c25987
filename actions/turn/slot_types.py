"""Types of what the form keeps in slots as JSON: meetings, questions in between, requests that wait."""

from typing import Any, NotRequired, Required, TypedDict, cast

from common.request import State

# A meeting's values by slot. None: answered with nothing. A missing slot is still to be asked for.
Meeting = dict[str, Any]


class Wish(TypedDict):
    """A request that waits for the one under way; the slot `request_waiting` (request.md, Slots)."""

    kind: str
    values: dict[str, Any]
    settled: list[str]  # slots answered with nothing
    dates: list[str]  # ISO days, where several are possible
    times: list[str]  # hours, where several are possible
    more: NotRequired[list[Meeting]]  # meetings besides the first
    then: NotRequired["Wish | None"]  # the request that waits behind this one


class Pending(TypedDict, total=False):
    """A question in between (conversation.md, Acts); the slot `request_pending`. Its keys depend on `kind`."""

    kind: Required[str]
    readings: list[str]  # date, time: the possible days or hours
    words: str  # date, time: the citizen's words for them
    waits: bool  # date: it is asked later, with the meeting's day or at the review
    wish: Wish  # which_request
    time: str  # same_time: the known hour
    meeting: Meeting  # same_meeting: the first meeting of the request sent before
    more: list[Meeting]  # same_meeting: its other meetings
    acts: list[dict[str, Any]]  # which_meeting: the acts to apply once the meeting is known
    of: list[int]  # which_meeting: the possible meetings, from 0
    new: bool  # which_meeting: a new meeting is possible as well
    text: str  # question_or_value, which_slot: the citizen's words
    intent: str  # question_or_value: the topic, if it is a question
    grounds: list[str]  # question_or_value: recording grounds read from the words
    open: "Pending | None"  # the open question that was asked before this one


class Kept(TypedDict):
    """What a reopened slot held, as the chat tells the page (chat-api.md, `kept`)."""

    slot: str  # meeting_time where only the hour of a known day was reopened
    value: Any
    shown: str


class Former(TypedDict):
    """What a slot held before it was reopened, with the values that go with it; the slot `request_former`."""

    values: dict[str, Any]
    settled: bool
    kept: NotRequired[Kept]  # missing where an earlier version reopened it


class Snapshot(TypedDict):
    """A request as it was before a message changed it; the slot `request_undo`."""

    known: dict[str, Any]
    settled: list[str]
    meetings: list[Meeting]
    about: int


def pending_of(state: State) -> Pending | None:
    """A copy of the question in between that is open, None if there is none."""
    return cast(Pending, dict(state.pending)) if state.pending else None
