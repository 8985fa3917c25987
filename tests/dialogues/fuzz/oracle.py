"""The oracle of the fuzz: which values may be stored, given what was said."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from fuzz.sentences import Sentence

from actions.conversation import LOOKED_BACK
from common.cpr import mask
from common.plain_text import cleaned
from common.slots import TOLD_BESIDE

# The citizen's slots, as in request.md; without `review` and the form's own slots.
MEETING = (
    "meeting_department",
    "meeting_department_text",
    "meeting_kind",
    "meeting_date",
    "meeting_time",
    "meeting_recurrence",
)
BEHALF = ("behalf_name", "behalf_relation", "behalf_who", "behalf_words")
SLOTS = (
    "request_type",
    *MEETING,
    "recording_medium",
    "recording_grounds",
    "recording_explanation",
    "support_person_possible",
    "recording_purpose",
    "terms_accepted",
    "notes_wanted",
    "question_text",
    *BEHALF,
    "applicant_name",
    "applicant_email",
    "applicant_phone",
)
FREE_TEXT = ("recording_explanation", "notes_wanted", "question_text")
# Buttons that begin a request.
_REQUESTS = {
    "/request_recording": {"request_type": "recording"},
    "/request_notes": {"request_type": "notes"},
    "/request_question": {"request_type": "question"},
}
# Messages after which 'ja' accepts the terms, answers about a support person, or sends.
ASKS_FOR_TERMS = {
    *("utter_prompt_terms_accepted", "utter_terms_needed", "utter_terms_still_needed"),
    *("utter_example_terms_accepted", "utter_terms_plainly", "utter_terms_plainly_again"),
}
ASKS_FOR_SUPPORT = {"utter_prompt_support_person_possible", "utter_example_support_person_possible"}
ASKS_TO_SEND = {
    *("utter_review", "utter_send_failed", "utter_example_review"),
    *("utter_send_plainly", "utter_send_plainly_again"),
}


@dataclass(frozen=True)
class Act:
    """A citizen's act: a sentence, or a button with its payload."""

    sentence: Sentence | None = None
    title: str | None = None
    payload: str | None = None

    @property
    def shown(self) -> str:
        """The act as in a transcript."""
        return f"[{self.title}]" if self.sentence is None else self.sentence.text

    @property
    def text(self) -> str:
        """The text as it is stored: masked and stripped."""
        return as_stored(self.sentence.text) if self.sentence else ""

    @property
    def marks(self) -> frozenset[str]:
        """The marks of a sentence; none for a button."""
        return self.sentence.marks if self.sentence else frozenset()

    @property
    def yes(self) -> bool:
        """Whether this is an explicit yes to what was asked."""
        return "yes" in self.marks if self.sentence else self.payload == "/affirm"

    def values(self) -> dict[str, set[str]]:
        """The values that a person would read from it, by slot."""
        if self.sentence:
            return {slot: set(values) for slot, values in self.sentence.fills.items()}
        name, brace, rest = str(self.payload).partition("{")
        given = _REQUESTS.get(name, {}) if not brace else json.loads(brace + rest) if name == "/inform" else {}
        return {slot: {value} for slot, value in given.items()}


@dataclass(frozen=True)
class _New:
    """A new value and the acts it may be read from. `prompts`: the messages that the last act answers."""

    slot: str
    value: Any
    before: Mapping[str, Any]
    prompts: set[str]
    sources: list[Act]
    acts: list[Act]

    @property
    def act(self) -> Act:
        """The citizen's last act."""
        return self.acts[-1]

    @property
    def asked(self) -> bool:
        """Whether the slot was asked for, alone or with others."""
        return self.slot in {self.before.get("requested_slot"), *(self.before.get("request_together") or ())}

    def tagged(self, value: Any = None, acts: list[Act] | None = None) -> bool:
        """Whether one of the acts says the value."""
        value = self.value if value is None else value
        return any(value in act.values().get(self.slot, ()) for act in (acts or self.sources))


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
        if not {"utter_told_before", "utter_who_kept"}.isdisjoint(told):
            # A request that begins uses values of earlier messages, and says so.
            sources += self.acts[-1 - LOOKED_BACK : -1]
        if asked is None and act.payload and len(self.acts) > 1:
            # A question that names a day ('Må jeg optage på torsdag?'), and then the button.
            sources.append(self.acts[-2])
        return _RULES.get(slot, _is_tagged)(_New(slot, value, before, prompts, sources, self.acts))

    def ever(self, slot: str, value: Any) -> bool:
        """Whether any act says the value."""
        return any(value in act.values().get(slot, ()) for act in self.acts)


def as_stored(text: str) -> str:
    """A text as the channel passes it on."""
    return mask(cleaned(text))[0].strip()


def _is_tagged(new: _New) -> bool:
    return new.tagged()


def _text(new: _New) -> bool:
    """A free text holds the citizen's words; earlier ones stay in front, what was kept behind (conversation.md, 4)."""
    chosen = "choice" in new.act.values() or "anmodning" in new.act.text.lower()
    texts = [one.text for one in (new.acts if chosen else new.sources)]
    lines = new.value.removeprefix(f"{new.before.get(new.slot)}\n").split("\n")
    kept = [*str(new.before.get(TOLD_BESIDE) or "").split("\n"), *_open_days(new)]
    added = "\n".join(line for line in lines if line not in kept)
    return any(added in text for text in texts if text)


def _told_beside(new: _New) -> bool:
    """What has no field is kept in the citizen's words; of days that were asked about, which ones they are."""
    kept = [*str(new.before.get(TOLD_BESIDE) or "").split("\n"), *_open_days(new)]
    return all(line in kept or any(line in one.text for one in new.sources) for line in new.value.split("\n"))


def _open_days(new: _New) -> list[str]:
    """The words in which the days were told that were asked about, where the citizen could not say which one."""
    pending = new.before.get("request_pending") or {}
    return [str(pending["words"])] if pending.get("kind") == "date" and pending.get("words") else []


def _terms(new: _New) -> bool:
    asked = new.before.get("requested_slot") == "terms_accepted"
    return new.value is True and asked and new.act.yes and bool(new.prompts & ASKS_FOR_TERMS)


def _own_words(new: _New) -> bool:
    return any(new.value in one.text for one in new.sources)


def _grounds(new: _New) -> bool:
    """Each ground that is new was said; where the reason is asked for, any text may be `other`."""
    reason = new.before.get("requested_slot") in ("recording_grounds", "recording_explanation")
    own_words = reason and bool(new.act.text) and new.value == ["other"]
    # A second reason is put beside the first.
    before = new.before.get(new.slot) or ()
    return own_words or all(one in before or new.tagged(one) for one in new.value)


def _day_or_hour(new: _New) -> bool:
    return new.tagged(acts=new.acts if "picks" in new.act.marks else None)


def _department(new: _New) -> bool:
    # Own words or nothing at all name no department.
    return new.tagged() or (new.asked and new.value == "unknown")


def _recurrence(new: _New) -> bool:
    """A recurrence is kept in the citizen's words."""
    return new.tagged() and _own_words(new)


def _support(new: _New) -> bool:
    """Said, or a bare yes or no to this very question."""
    marks = new.act.marks
    if new.tagged() or not new.asked:
        return new.tagged()
    yes = {"yes"} if "no" in marks else {"yes", "half_yes"}
    wanted = {"yes": yes, "no": {"no"}, "unsure": {"skip", "unknown"}}[str(new.value)]
    return bool(marks & wanted) and (new.value == "unsure" or bool(new.prompts & ASKS_FOR_SUPPORT))


def _name(new: _New) -> bool:
    return new.tagged() or (new.asked and new.value in new.act.text)


def _behalf_words(new: _New) -> bool:
    """A sentence of a message that says that the request is for somebody else."""
    return any(new.value in one.text and "behalf_relation" in one.values() for one in new.sources)


_RULES: dict[str, Callable[[_New], bool]] = {
    **dict.fromkeys(FREE_TEXT, _text),
    TOLD_BESIDE: _told_beside,
    "terms_accepted": _terms,
    "meeting_department": _department,
    "meeting_department_text": _own_words,
    "meeting_date": _day_or_hour,
    "meeting_time": _day_or_hour,
    "meeting_recurrence": _recurrence,
    "recording_grounds": _grounds,
    "support_person_possible": _support,
    "applicant_name": _name,
    "behalf_name": _name,
    "behalf_words": _behalf_words,
}
