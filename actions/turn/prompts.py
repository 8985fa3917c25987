"""The response that asks for a slot, or for several at once."""

# The questions that ask for several slots (request.md, Questions that ask for several things).
_OF_SEVERAL = {
    ("meeting_department", "meeting_kind", "meeting_date"): "utter_prompt_meeting_department_and_when",
    ("meeting_department", "meeting_date"): "utter_prompt_meeting_department_and_date",
    ("meeting_department", "meeting_kind"): "utter_prompt_meeting_department_and_kind",
    ("meeting_kind", "meeting_date"): "utter_prompt_meeting_kind_and_date",
    ("applicant_name", "applicant_email"): "utter_prompt_applicant_name_and_contact",
}
# Notes are mostly of a meeting that has been.
_FOR_NOTES = {
    "utter_prompt_meeting_department_and_when": "utter_prompt_meeting_department_and_when_notes",
    "utter_prompt_meeting_department_and_date": "utter_prompt_meeting_department_and_date_notes",
    "utter_prompt_meeting_department_and_kind": "utter_prompt_meeting_department_and_kind_notes",
    "utter_prompt_meeting_kind_and_date": "utter_prompt_meeting_kind_and_date_notes",
    "utter_prompt_meeting_department": "utter_prompt_meeting_department_notes",
    "utter_prompt_meeting_date": "utter_prompt_meeting_date_notes",
}


def response(slot: str, together: tuple[str, ...], kind: str | None) -> str:
    """The name of the response; `together`: the slots asked for in one question; `kind`: the kind of request."""
    name = _OF_SEVERAL.get(together, f"utter_prompt_{slot}")
    return _FOR_NOTES.get(name, name) if kind == "notes" else name
