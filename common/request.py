"""The state of a request when a message arrives, from the slots of the conversation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from common.slots import KEPT, ORDER, PARTS, TOLD_BESIDE

_ASKS = ("utter_prompt", "utter_example", "utter_plain")
# Other responses that ask for the same slot.
_PROMPTS = {
    "review": ("utter_review", "utter_send_failed", "utter_send_plainly"),
    "terms_accepted": ("utter_terms_needed", "utter_terms_still_needed", "utter_terms_plainly"),
}
# Questions in between that are repeated until they are answered, before the slot is asked for again.
ASKED_AGAIN = ("which_request", "same_time", "same_meeting", "which_meeting")
# The payload of the button that leaves a reopened slot as it was.
KEEP_PAYLOAD = '/inform{"choice": "keep"}'
_ANSWER, _PLAINER = "utter_faq_", "utter_simple_"


@dataclass(frozen=True)
class State:
    """What is known when a message arrives.

    `asked`: the slot asked for, None where a request begins with the message. `pending`: a question in between.
    `failures`: misunderstandings in a row. `prompted`: whether the last question was for `asked`.
    `last_answer`: the last answer from the page in the turn before. `former`: by slot, its value before it was
    reopened. `waiting`: a second request, which begins after this one. `said`: the responses of the turn before.
    `meetings`: all meetings of the request; the single slots hold number `about` (from 0).
    `together`: the slots that the last question asked for. `groups_asked`: the questions for several slots asked so far
    (`question_key`). `last`: the meetings of the request sent before.
    `sent`: whether a request was sent before this one.
    `undo`: the request before the last message, if that changed a value or took a meeting out.
    """

    kind: str | None
    asked: str | None
    known: Mapping[str, Any]
    settled: frozenset[str]
    today: date
    pending: Mapping[str, Any] | None = None
    failures: int = 0
    prompted: bool = True
    last_answer: str | None = None
    former: Mapping[str, Any] = field(default_factory=dict)
    waiting: Mapping[str, Any] | None = None
    said: frozenset[str] = frozenset()
    meetings: tuple[Mapping[str, Any], ...] = ()
    about: int = 0
    together: tuple[str, ...] = ()
    groups_asked: frozenset[str] = frozenset()
    last: tuple[Mapping[str, Any], ...] = ()
    undo: Mapping[str, Any] | None = None
    sent: bool = False

    @classmethod
    def of(cls, slots: Mapping[str, Any], said: Iterable[str], today: date) -> "State":
        """The state from a conversation's slots; `said`: the responses of the turn before, in order."""
        said = list(said)
        known = {slot: slots[slot] for slot in PARTS if slots.get(slot) is not None}
        asked = slots.get("requested_slot")
        own = (*(f"{how}_{asked}" for how in _ASKS), *_PROMPTS.get(asked or "", ()))
        answers = [name for name in said if name.startswith((_ANSWER, _PLAINER))]
        return cls(
            kind=known.get("request_type"),
            asked=asked,
            known=known,
            settled=frozenset(slots.get("request_settled") or ()),
            today=today,
            pending=slots.get("request_pending"),
            failures=int(slots.get("request_failures") or 0),
            prompted=any(name.startswith(own) for name in said),
            last_answer=answers[-1].replace(_PLAINER, _ANSWER) if answers else None,
            former=dict(slots.get("request_former") or {}),
            waiting=slots.get("request_waiting"),
            said=frozenset(said),
            meetings=tuple(slots.get("meetings") or ()),
            about=int(slots.get("asking_about") or 0),
            together=tuple(slots.get("request_together") or ()),
            groups_asked=frozenset(slots.get("request_asked") or ()),
            last=sent_before(slots.get("request_last_meeting")),
            undo=slots.get("request_undo"),
            sent=bool(slots.get("sent_references")),
        )

    @property
    def asks(self) -> tuple[str, ...]:
        """The slots that the last question asked for."""
        return self.together or ((self.asked,) if self.asked else ())

    @property
    def has_given(self) -> bool:
        """Whether any slot besides the request's kind, and who writes of one sent before, has a value or is empty."""
        given = {slot for slot, value in self.known.items() if value not in (None, [], "")} - {"request_type"}
        kept = {*KEPT} if self.sent else set()
        return bool((given | self.settled) - kept)

    @property
    def held(self) -> list[str]:
        """The slots of the request that have a value or were left empty, except the one asked for."""
        order = (slot for slot in (*ORDER.get(self.kind or "", ()), TOLD_BESIDE) if slot != self.asked)
        return [slot for slot in order if self.known.get(slot) not in (None, [], "") or slot in self.settled]


def sent_before(last: Any) -> tuple[Mapping[str, Any], ...]:
    """The meetings in the slot `request_last_meeting`, which in older conversations holds a single one."""
    return (last,) if isinstance(last, Mapping) else tuple(last or ())
