"""The slots of a request: in which order they are asked for, and what may be left out (request.md)."""

from collections.abc import Iterable, Mapping
from typing import Any

# In characters: what Jura takes (legal/request.schema.json).
FREE_TEXT = {"recording_explanation": 2000, "notes_wanted": 2000, "question_text": 4000}
# Where a yes binds the citizen.
BINDING = ("terms_accepted", "review")
# Values that nobody writes by chance.
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
# Choices that a few words may seem to make by chance.
LOOSE = {
    "meeting_kind",
    "recording_medium",
    "recording_grounds",
    "recording_purpose",
    "support_person_possible",
}
# Choices of which several may be made.
SEVERAL = {"recording_grounds"}
# The choice that is read from what is told in a text.
READ_FROM = {"recording_explanation": "recording_grounds"}

_MEETING = ("meeting_department", "meeting_kind", "meeting_date")
# Who writes, and how to reach them.
WHO_WRITES = frozenset(("applicant_name", "applicant_email", "applicant_phone"))
# For whom it is is asked for by name, where the citizen says that it is for somebody else.
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
# The slots that one question asks for together: of each group those that are open, the first time (request.md).
GROUPS = (_MEETING, ("applicant_name", "applicant_email"))
# What is known of a meeting, and what is asked for of each.
ORDER_OF_A_MEETING = _MEETING
MEETING = (*_MEETING, "meeting_department_text", "meeting_time", "meeting_recurrence")
ASKED_OF_A_MEETING = frozenset(_MEETING)
MOST_MEETINGS = 5
# Told once, these may be said of several meetings.
SHARED_BY_MEETINGS = ("meeting_department", "meeting_department_text", "meeting_kind")
# For whom it is: the name, the relation, what the citizen calls them ('din mor'), and the words in which it was said.
BEHALF = ("behalf_name", "behalf_relation", "behalf_who", "behalf_words")
# No slot, and settled where the reason of a request for another is told of the citizen: 'jeg er ordblind'.
OWN_REASON = "own_reason"
# In characters, as Jura takes it (legal/request.schema.json).
LONGEST_NAME = 200
OPTIONAL = ("recording_explanation", "notes_wanted", "behalf_name")
# What a request holds of its own; who writes is kept for a second one.
PARTS = (
    "request_type",
    *dict.fromkeys(slot for slots in ORDER.values() for slot in slots),
    # Said along with another slot, and never asked for by themselves.
    "meeting_department_text",
    "meeting_time",
    "meeting_recurrence",
    *BEHALF[1:],
    # When the citizen said yes to the terms; there as long as `terms_accepted` is.
    "terms_accepted_at",
    "review",
)
KEPT = (*_WHO, *BEHALF[1:])
# What the form keeps for itself while one request is under way.
BOOKKEEPING = (
    *("request_draft", "request_settled", "request_failures", "request_pending", "request_former"),
    # What is asked for together, and which questions for several slots have been asked.
    *("request_waiting", "request_together", "request_asked"),
    # All meetings of the request, and which of them is asked about.
    *("meetings", "asking_about"),
)
# What needs no asking once a slot is answered: the grounds are read from the reason, and one contact is enough.
_WITH = {
    "recording_explanation": ("recording_grounds",),
    "applicant_name": ("applicant_phone",),
    "applicant_email": ("applicant_phone",),
}
# Said along with a slot, and put back with it.
BESIDE = {
    "meeting_date": ("meeting_time", "meeting_recurrence"),
    "meeting_department": ("meeting_department_text",),
    "behalf_name": BEHALF[1:],
}
# Where a sentence stands that no slot is asked for.
TEXT_OF = {"recording": "recording_explanation", "notes": "notes_wanted", "question": "question_text"}


def asked_together(slot: str, known: Mapping[str, Any], settled: Iterable[str]) -> tuple[str, ...]:
    """The slots that are asked for with this one, itself the first, where their question has not been asked yet."""
    settled = set(settled)
    group = next((group for group in GROUPS if slot in group), (slot,))
    return tuple(one for one in group if one == slot or not is_settled(one, known, settled))


def may_skip(slot: str, known: Mapping[str, Any]) -> bool:
    """Whether a slot may be left empty: one of e-mail and telephone is enough, and a question needs no name."""
    if slot == "applicant_name":
        return known.get("request_type") == "question"
    if slot == "applicant_email":
        return True
    if slot == "applicant_phone":
        return bool(known.get("applicant_email"))
    return slot in OPTIONAL


def is_settled(slot: str, known: Mapping[str, Any], settled: Iterable[str]) -> bool:
    """Whether a slot needs no asking: it has a value, or was answered with nothing; nobody else's name, for oneself."""
    if slot == "behalf_name" and not known.get("behalf_relation"):
        return True
    return known.get(slot) not in (None, [], "") or slot in settled


def next_slot(known: Mapping[str, Any], settled: Iterable[str]) -> str:
    """The slot to ask for: the first that is open, else the review."""
    kind = known.get("request_type")
    if kind not in ORDER:
        return "request_type"
    settled = set(settled)
    if not known.get("applicant_email") and not known.get("applicant_phone"):
        # Left out while there was an e-mail, which is gone.
        settled.discard("applicant_phone")
    return next((slot for slot in ORDER[kind] if not is_settled(slot, known, settled)), "review")


def questions_left(kind: str | None, known: Mapping[str, Any], settled: Iterable[str]) -> int:
    """How many questions there are before the review, where each is answered with all that it asks for."""
    told, answered, count = {**known, "request_type": kind}, set(settled), 0
    while (slot := next_slot(told, answered)) not in ("review", "request_type"):
        told |= dict.fromkeys(asked_together(slot, told, answered), "?")
        answered |= set(_WITH.get(slot, ()))
        count += 1
    return count


def previous_slot(slot: str | None, known: Mapping[str, Any]) -> str | None:
    """The slot that was asked for before this one; None at the first."""
    order = ("request_type", *ORDER.get(str(known.get("request_type")), ()), "review")
    if slot not in order[1:]:
        return None
    return next(one for one in reversed(order[: order.index(slot)]) if not _is_passed(one, known))


def _is_passed(slot: str, known: Mapping[str, Any]) -> bool:
    """Whether a slot is not asked for, because another one says it or leaves nothing to ask."""
    passed = {
        # The reason is one question, and is asked for by its words.
        "recording_grounds": True,
        "behalf_name": not known.get("behalf_relation"),
        "applicant_email": bool(known.get("applicant_phone")) and not known.get("applicant_email"),
        "applicant_phone": bool(known.get("applicant_email")) and not known.get("applicant_phone"),
    }
    return passed.get(slot, False)
