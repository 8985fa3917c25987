"""Types of a request's payload, version 2 (request.md, Payload). Keys that do not apply are None, never missing."""

from typing import TypedDict


class Applicant(TypedDict):
    """Who writes: an e-mail address or a telephone number (E.164) at least."""

    name: str | None
    email: str | None
    phone: str | None


class Behalf(TypedDict):
    """For whom, with the citizen's words about it."""

    name: str | None
    relation: str
    words: str


class Meeting(TypedDict):
    """A meeting or telephone call; `department` is a key or `unknown`, `date` ISO, `time` `HH:MM`."""

    department: str
    department_text: str | None
    kind: str
    date: str | None
    time: str | None
    recurrence: str | None


class Terms(TypedDict):
    """Which text of the terms was accepted, and when (ISO)."""

    text_version: str
    accepted_at: str


class Recording(TypedDict):
    """What is to be recorded, and why."""

    medium: str
    grounds: list[str]
    explanation: str | None
    support_person_possible: str
    support_person_text: str | None
    purpose: str
    terms: Terms


class Notes(TypedDict):
    """Which notes are wanted."""

    wanted: str | None


class Question(TypedDict):
    """A question to Jura."""

    text: str


class Assistant(TypedDict):
    """The assistant's version, and an opaque id of the conversation."""

    version: str
    conversation: str


class Payload(TypedDict):
    """A request of version 2."""

    schema: str
    id: str
    reference: str
    type: str
    submitted_at: str
    applicant: Applicant
    behalf: Behalf | None
    meetings: list[Meeting]
    recording: Recording | None
    notes: Notes | None
    question: Question | None
    remarks: str | None
    assistant: Assistant
