"""What follows from the acts of a message inside a request: values, replies, the next question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from actions.request.wording import date_buttons, time_buttons
from actions.say import Say
from actions.turn.slot_types import Meeting, Pending, Snapshot, Wish
from common.acts import EMPTY, SET, Act


class Kind(Enum):
    """What a message inside a request turned out to be."""

    VALUE = "value"
    CORRECTION = "correction"
    SKIP = "skip"
    DONT_KNOW = "dont_know"
    WHY = "why"
    QUESTION = "question"
    TALK = "talk"
    TYPE_CHANGE = "type_change"
    BACK = "back"
    STOP = "stop"
    STOPPED = "stopped"
    RESTARTED = "restarted"
    SEND = "send"
    ASK_BACK = "ask_back"
    UNCLEAR = "unclear"


@dataclass
class Result:
    """What follows from a message. `rows`: the rows of the table (actions/turn/table.py) that it follows from."""

    kind: Kind
    values: dict[str, Any] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)  # slots answered with nothing
    reopened: set[str] = field(default_factory=set)  # slots to ask for again
    says: list[Say] = field(default_factory=list)
    pending: Pending | None = None  # a question in between that the next message should answer
    closes: str | None = None  # kind of the question in between that this answers
    adds: list[Meeting] = field(default_factory=list)  # new meetings
    fills: list[tuple[int, Meeting]] = field(default_factory=list)  # missing values of other meetings, by number from 0
    moves: list[tuple[int, Meeting]] = field(default_factory=list)  # changed values of meetings, by number from 0
    removes: list[int] = field(default_factory=list)  # meetings to take out, by number from 0
    restores: Snapshot | None = None  # the request as it is to be again
    waiting: Wish | None = None  # a second request, to begin after this one
    drops: str | None = None  # kind of a waiting request that is no longer wanted
    ask: str | None = None  # the slot to ask for, if not the next open one
    prompt: bool = True  # whether the slot's question follows the replies
    rows: tuple[str, ...] = ()

    @property
    def asked_anew(self) -> set[str]:
        """The reopened slots; with a department go the words that it was told in."""
        return self.reopened | ({"meeting_department_text"} if "meeting_department" in self.reopened else set())

    def ask_which(self, slot: str, readings: Iterable[str], words: str = "") -> None:
        """Asks which of several days (`meeting_date`, ISO) or hours (`HH:MM`) is meant, which were told in `words`."""
        several = list(readings)
        day = slot == "meeting_date"
        buttons = date_buttons(several) if day else time_buttons(several)
        self.says.append(Say("utter_which_date" if day else "utter_which_time", buttons=buttons))
        self.pending = {"kind": "date" if day else "time", "readings": several, "words": words}
        self.prompt = False

    def settle_other_contact(self) -> None:
        """Marks the other contact as settled: one of e-mail and telephone is enough (request.md, Slots)."""
        if "applicant_phone" in self.values:
            self.settled.add("applicant_email")
        elif "applicant_email" in self.values:
            self.settled.add("applicant_phone")


def result_of_values(
    acts: Iterable[Act] = (),
    values: Mapping[str, Any] | None = None,
    settled: Iterable[str] = (),
    days: Iterable[str] = (),
    hours: Iterable[str] = (),
) -> Result:
    """The result of values, settled slots and the acts `set` and `empty`; asks which of several days or hours."""
    result = Result(Kind.VALUE, dict(values or {}), set(settled))
    for act in acts:
        if act.act == EMPTY:
            result.settled.add(act.slot)
        elif act.act == SET and act.readings:
            result.ask_which(act.slot, act.readings, act.words)
        elif act.act == SET:
            result.values[act.slot] = act.value
    if list(days):
        result.ask_which("meeting_date", days)
    elif list(hours):
        result.ask_which("meeting_time", hours)
    result.settle_other_contact()
    return result
