"""The answers that lead to each question of a request."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workbench.dialogues.web_citizen import WebCitizen

_WISHES = {
    "recording": "Jeg vil gerne søge om lov til at optage et møde",
    "notes": "Jeg vil gerne bede om referatet fra et møde",
    "question": "jeg vil gerne sende et spørgsmål til Jura",
}
# For somebody else, so that the name is asked for.
_FOR_ANOTHER = "Jeg vil søge om lov til at optage min mors møde"
ANSWERS = {
    "meeting_department": "jobcentret",
    "meeting_date": "3/12",
    "meeting_kind": "vi mødes på kontoret",
    "recording_medium": "kun lyd",
    "recording_explanation": "jeg hører dårligt",
    "recording_grounds": "jeg har svært ved at huske",
    "support_person_possible": "nej",
    "recording_purpose": "kun til mig selv",
    "terms_accepted": "ja",
    "notes_wanted": "referatet",
    "question_text": "Kan jeg klage?",
    "behalf_name": "Else Marie Bruun",
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
    "applicant_phone": "22 33 44 55",
}
# Notes are of a past meeting.
_OF_NOTES = {"meeting_date": "25/11"}
# Questions that need a certain earlier answer: a reason without a ground, a skipped e-mail address.
_ON_THE_WAY = {
    "recording_grounds": {"recording_explanation": "spring over"},
    "applicant_phone": {"applicant_email": "spring over"},
}
# Each question with a request type that asks it; `review` is the card before sending.
PLACES = {slot: "recording" for slot in (*ANSWERS, "review")} | {"notes_wanted": "notes", "question_text": "question"}


def come_to(slot: str | None, citizen: "WebCitizen") -> None:
    """Answers until `slot` is asked for; says nothing for None."""
    if slot is None:
        return
    answers = ANSWERS | (_OF_NOTES if PLACES[slot] == "notes" else {}) | _ON_THE_WAY.get(slot, {})
    wish = _FOR_ANOTHER if slot == "behalf_name" else _WISHES[PLACES[slot]]
    said: set[str | None] = set()
    asking = citizen.say(wish, twice=False).asking
    while asking != slot:
        assert asking in answers and asking not in said, f"{asking} was asked for on the way to {slot}, after {said}"
        said.add(asking)
        asking = citizen.say(answers[asking], twice=False).asking


def answer_to(slot: str) -> str:
    """A plain answer to the question of a slot."""
    return ANSWERS[slot]
