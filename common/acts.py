"""Acts: what a message does, one by one, under the names of conversation.md."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

ASK, ASK_MORE, START = "ask", "ask_more", "start"
YES, NO, WHY, UNREAD, SMALL_TALK = "yes", "no", "why", "unread", "small_talk"
# What a message asks, beside each `faq_*`.
_ASKS = ("help", "bot_challenge", "human_handover", "check_status")
_FOLLOW, _REQUEST, _FAQ = "follow_", "request_", "faq_"
_OF_LABEL = {
    "affirm": YES,
    "deny": NO,
    "skip": "skip",
    "cancel": "stop",
    "restart": "restart",
    "repeat": "repeat",
    "simplify": "simplify",
    "inform": "set",
    "correct": "change",
    "nlu_fallback": UNREAD,
}


@dataclass(frozen=True)
class Act:
    """One act. `value`: the label that is asked for, how it is asked on (`why`), or the kind of request.

    `about`: what a follow-up names beside ('second', 'phone'). `label`: of labels.md, that its words have by
    themselves. `certainty`: of the label, from 0 to 1. `words`: what it was read from,
    which stands at `start` to `end` of the message.
    """

    act: str
    value: str = ""
    about: str = ""
    label: str = ""
    certainty: float = 1.0
    words: str = ""
    start: int = 0
    end: int = 0

    def kept(self) -> dict[str, Any]:
        """The act as it is kept with its message."""
        return asdict(self)

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Act":
        """The act that was kept."""
        return cls(**kept)


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


def is_follow_up(label: str) -> bool:
    """Whether a label means something only after an answer."""
    return label.startswith(_FOLLOW)
