"""The slots of a request: their order, and which may be left empty (request.md)."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

# Longest texts in characters (legal/request.schema.json).
FREE_TEXT = {"recording_explanation": 2000, "notes_wanted": 2000, "question_text": 4000, "told_beside": 2000}
# Slots for which a yes binds the citizen.
BINDING = ("terms_accepted", "review")
# Slots whose values nobody writes by chance.
EXPLICIT = {
    "meeting_date",
    "meeting_time",
    "meeting_recurrence",
    "meeting_department",
    "meeting_department_text",
    "applicant_email",
    "applicant_phone",
    "applicant_name",
    "behalf_name",
    "behalf_relation",
    "behalf_who",
    "behalf_words",
}
# Choices that a few words may make by chance.
LOOSE = {
    "meeting_kind",
    "recording_medium",
    "recording_grounds",
    "recording_purpose",
    "support_person_possible",
}
# Choices that allow several values.
SEVERAL = {"recording_grounds"}
# By text slot, the choice that is read from the text.
READ_FROM = {"recording_explanation": "recording_grounds"}

_MEETING = ("meeting_department", "meeting_kind", "meeting_date")
# The citizen who writes.
WHO_WRITES = frozenset(("applicant_name", "applicant_email", "applicant_phone"))
# `behalf_name` is asked for only where the request is for somebody else.
_WHO = ("behalf_name", "applicant_name", "applicant_email", "applicant_phone")
ORDER: dict[str, tuple[str, ...]] = {
    "recording": (
        *_MEETING,
        "recording_medium",
        "recording_explanation",
        "recording_grounds",
        "support_person_possible",
        "recording_purpose",
        "terms_accepted",
        *_WHO,
    ),
    "notes": (*_MEETING, "notes_wanted", *_WHO),
    "question": ("question_text", *_WHO),
}
# Slots that one question asks for together, as far as they are open (request.md).
GROUPS = (_MEETING, ("applicant_name", "applicant_email"))
# Of each meeting: what is asked for, and all that is kept.
ORDER_OF_A_MEETING = _MEETING
MEETING = (*_MEETING, "meeting_department_text", "meeting_time", "meeting_recurrence")
ASKED_OF_A_MEETING = frozenset(_MEETING)
MOST_MEETINGS = 5
# By these two meetings differ.
TELLS_APART = ("meeting_department", "meeting_date")
# Said once, these may hold for several meetings.
SHARED_BY_MEETINGS = ("meeting_department", "meeting_department_text", "meeting_kind")
# For whom it is: name, relation, the assistant's words for them ('din mor'), and the citizen's own words.
BEHALF = ("behalf_name", "behalf_relation", "behalf_who", "behalf_words")
# What the citizen tells besides, for which there is no other field: the payload's `remarks`. Asked for only while it is
# empty (""), because the citizen wants it changed.
TOLD_BESIDE = "told_beside"
# Who the support person is, in the citizen's words: shown with `support_person_possible`, and gone with a no.
SUPPORT_PERSON_TEXT = "support_person_text"
# No slot: settled where the reason in a request for another is the citizen's own ('jeg er ordblind').
OWN_REASON = "own_reason"
# In characters (legal/request.schema.json).
LONGEST_NAME = 200
# In characters, by the same schema: the sentence that says for whom it is.
LONGEST_BEHALF_WORDS = 500
# In characters, by the same schema.
LONGEST_SUPPORT_PERSON_TEXT = 500
OPTIONAL = ("recording_explanation", "notes_wanted", "behalf_name", TOLD_BESIDE)
# All slots of one request; those in `KEPT` stay for a second one.
PARTS = (
    "request_type",
    *dict.fromkeys(slot for slots in ORDER.values() for slot in slots),
    # Never asked for by themselves.
    "meeting_department_text",
    "meeting_time",
    "meeting_recurrence",
    SUPPORT_PERSON_TEXT,
    TOLD_BESIDE,
    *BEHALF[1:],
    # When the citizen accepted the terms; set as long as `terms_accepted` is.
    "terms_accepted_at",
    "review",
)
KEPT = (*_WHO, *BEHALF[1:])
# The form's own slots while a request is under way.
BOOKKEEPING = (
    *("request_draft", "request_settled", "request_failures", "request_pending", "request_former"),
    *("request_waiting", "request_together", "request_asked", "request_undo"),
    # All meetings of the request, and the index of the one asked about.
    *("meetings", "asking_about"),
)
# Slots that need no question once another is answered: grounds are read from the reason, one contact is enough.
SETTLED_WITH: dict[str, tuple[str, ...]] = {
    "recording_explanation": ("recording_grounds",),
    "applicant_name": ("applicant_phone",),
    "applicant_email": ("applicant_phone",),
}
# Slots that are set and restored together with another.
BESIDE = {
    "meeting_date": ("meeting_time", "meeting_recurrence"),
    "meeting_department": ("meeting_department_text",),
    "support_person_possible": (SUPPORT_PERSON_TEXT,),
    "behalf_name": BEHALF[1:],
}
# By kind of request, the slot that takes free text.
TEXT_OF = {"recording": "recording_explanation", "notes": "notes_wanted", "question": "question_text"}


def asked_together(slot: str, known: Mapping[str, Any], settled: Iterable[str]) -> tuple[str, ...]:
    """The slots that the question for `slot` asks for: itself and the open ones of its group."""
    settled = set(settled)
    group = next((group for group in GROUPS if slot in group), (slot,))
    return tuple(one for one in group if one == slot or not is_settled(one, known, settled))


def question_key(slots: tuple[str, ...], about: int) -> str:
    """The name under which a question for several slots is remembered as asked; `about`: the meeting, from 0."""
    return f"{slots[-1]} {about}"


def asked_in_one(
    slot: str,
    known: Mapping[str, Any],
    settled: Iterable[str],
    *,
    about: int,
    together: tuple[str, ...],
    asked: Collection[str],
) -> tuple[str, ...]:
    """The slots that the next question for `slot` asks for: its group once, and afterwards each slot by itself.

    `together`: what the last question asked for; `asked`: the keys of the questions for several slots asked before.
    """
    slots = asked_together(slot, known, settled)
    first_time = len(slots) > 1 and question_key(slots, about) not in asked
    return slots if first_time or slots == together else (slot,)


def may_skip(slot: str, known: Mapping[str, Any]) -> bool:
    """Whether a slot may be left empty. One of e-mail and telephone is enough, and a question needs no name."""
    if slot == "applicant_name":
        return known.get("request_type") == "question"
    if slot == "applicant_email":
        return True
    if slot == "applicant_phone":
        return bool(known.get("applicant_email"))
    return slot in OPTIONAL


def is_settled(slot: str, known: Mapping[str, Any], settled: Iterable[str]) -> bool:
    """Whether a slot needs no question: it has a value, was left empty, or does not apply."""
    if (slot == "behalf_name" and not known.get("behalf_relation")) or (slot == TOLD_BESIDE and slot not in known):
        return True
    return known.get(slot) not in (None, [], "") or slot in settled


def next_slot(known: Mapping[str, Any], settled: Iterable[str]) -> str:
    """The slot to ask for: the first open one, else 'review'; 'request_type' where the kind is not known."""
    kind = known.get("request_type")
    if kind not in ORDER:
        return "request_type"
    settled = set(settled)
    if not known.get("applicant_email") and not known.get("applicant_phone"):
        # The telephone was left empty because of an e-mail that has been removed since.
        settled.discard("applicant_phone")
    return next((slot for slot in (*ORDER[kind], TOLD_BESIDE) if not is_settled(slot, known, settled)), "review")


def previous_slot(slot: str | None, known: Mapping[str, Any]) -> str | None:
    """The slot asked for before this one; None for the first."""
    order = ("request_type", *ORDER.get(str(known.get("request_type")), ()), TOLD_BESIDE, "review")
    if slot not in order[1:]:
        return None
    return next(one for one in reversed(order[: order.index(slot)]) if not _is_passed(one, known))


def _is_passed(slot: str, known: Mapping[str, Any]) -> bool:
    """Whether no question asks for the slot, because another slot makes it needless."""
    passed = {
        # Asked for with the reason, as `recording_explanation`.
        "recording_grounds": True,
        "behalf_name": not known.get("behalf_relation"),
        TOLD_BESIDE: True,
        "applicant_email": bool(known.get("applicant_phone")) and not known.get("applicant_email"),
        "applicant_phone": bool(known.get("applicant_email")) and not known.get("applicant_phone"),
    }
    return passed.get(slot, False)
