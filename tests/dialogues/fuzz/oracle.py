"""Tests, fuzz of conversations: what has been said so far, and so which values may be stored because of it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from fuzz.sentences import Sentence

from actions.conversation import LOOKED_BACK
from common.cpr import mask
from common.plain_text import cleaned

# As in request.md; `review` and what the form keeps for itself are no values of the citizen's.
SLOTS = (
    "request_type",
    "meeting_department",
    "meeting_department_text",
    "meeting_kind",
    "meeting_date",
    "meeting_time",
    "recording_medium",
    "recording_grounds",
    "recording_explanation",
    "support_person_possible",
    "recording_purpose",
    "terms_accepted",
    "notes_wanted",
    "question_text",
    "applicant_name",
    "applicant_email",
    "applicant_phone",
)
FREE_TEXT = ("recording_explanation", "notes_wanted", "question_text")
# Where nothing is said about a request, a label of the assistant's own buttons may still begin one.
_REQUESTS = {
    "/request_recording": {"request_type": "recording"},
    "/request_notes": {"request_type": "notes"},
    "/request_question": {"request_type": "question"},
}
# Messages after which a 'ja' is a yes to the terms; the same for sending.
ASKS_FOR_TERMS = {"utter_prompt_terms_accepted", "utter_terms_needed", "utter_example_terms_accepted"}
ASKS_FOR_SUPPORT = {"utter_prompt_support_person_possible", "utter_example_support_person_possible"}
ASKS_TO_SEND = {"utter_review", "utter_send_failed", "utter_example_review"}


@dataclass(frozen=True)
class Act:
    """What the citizen did in a turn: a sentence, or a button with its payload."""

    sentence: Sentence | None = None
    title: str | None = None
    payload: str | None = None

    @property
    def shown(self) -> str:
        """As a transcript has it."""
        return f"[{self.title}]" if self.sentence is None else self.sentence.text

    @property
    def text(self) -> str:
        """The words as the assistant may know them: without CPR numbers, and without blanks at the ends."""
        return as_stored(self.sentence.text) if self.sentence else ""

    @property
    def yes(self) -> bool:
        """Whether this is an explicit yes to what was asked."""
        return "yes" in self.sentence.marks if self.sentence else self.payload == "/affirm"

    def values(self) -> dict[str, set[str]]:
        """What a person reads out of it."""
        if self.sentence:
            return {slot: set(values) for slot, values in self.sentence.fills.items()}
        name, brace, rest = str(self.payload).partition("{")
        given = _REQUESTS.get(name, {}) if not brace else json.loads(brace + rest) if name == "/inform" else {}
        return {slot: {value} for slot, value in given.items()}


@dataclass
class Said:
    """The acts of a walk, oldest first."""

    acts: list[Act] = field(default_factory=list)

    def allows(
        self, slot: str, value: Any, before: Mapping[str, Any], prompts: set[str], told: Collection[str] = ()
    ) -> bool:
        """Whether the last act lets the slot take a new value.

        `prompts`: names of the messages it answers; `told`: of those that answer it.
        """
        act, asked = self.acts[-1], before.get("requested_slot")
        sources = [act]
        if "utter_told_before" in told:
            # What a citizen told in the messages before the wish is taken, and is said to be.
            sources += self.acts[-1 - LOOKED_BACK : -1]
        if asked is None and act.payload and len(self.acts) > 1:
            # 'Må jeg optage på torsdag?' and then the button: the day was said.
            sources.append(self.acts[-2])
        marks = act.sentence.marks if act.sentence else frozenset()
        if slot in FREE_TEXT:
            chosen = "choice" in act.values() or "anmodning" in act.text.lower()
            texts = [one.text for one in (self.acts if chosen else sources)]
            # What was told before it was asked for stays in front (conversation.md, 4).
            added = value.removeprefix(f"{before.get(slot)}\n")
            return any(added in text for text in texts if text)
        if slot == "terms_accepted":
            return value is True and asked == "terms_accepted" and act.yes and bool(prompts & ASKS_FOR_TERMS)
        if slot == "meeting_department_text":
            return any(value in one.text for one in sources)
        if slot == "recording_grounds":
            own_words = asked == slot and bool(act.text) and value == ["other"]
            return own_words or all(_tagged(slot, one, sources) for one in value)
        if slot in ("meeting_date", "meeting_time") and "picks" in marks:
            return _tagged(slot, value, self.acts)
        if _tagged(slot, value, sources):
            return True
        if asked != slot:
            return False
        if slot == "meeting_department":
            # Own words, kept as they stand, or nothing at all: neither names a department.
            return bool(value == "unknown")
        if slot == "support_person_possible":
            # A bare answer, to that question and no other. 'Ja, det gør jeg. undefined' binds nobody to anything.
            yes = {"yes"} if "no" in marks else {"yes", "half_yes"}
            wanted = {"yes": yes, "no": {"no"}, "unsure": {"skip", "unknown"}}[str(value)]
            return bool(marks & wanted) and (value == "unsure" or bool(prompts & ASKS_FOR_SUPPORT))
        return slot == "applicant_name" and value in act.text


def as_stored(text: str) -> str:
    """A citizen's words as the channel hands them on."""
    return mask(cleaned(text))[0].strip()


def _tagged(slot: str, value: Any, acts: list[Act]) -> bool:
    return any(value in act.values().get(slot, ()) for act in acts)
