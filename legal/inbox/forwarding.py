"""The text with which staff forward a request to the department that holds the meeting.

It asks what the page says: the department considers the wish, and gives reasons if it says no.
"""

from typing import Any

from legal import labels
from legal.inbox import presentation
from legal.inbox.legible import legible
from legal.inbox.presentation import Value
from legal.payload import Applicant, Meeting, Payload
from legal.upgrade import upgraded

_ASKS = {
    "recording": (
        "En borger har bedt om lov til at optage et møde eller en samtale hos jer. I bedes vurdere, om mødet kan "
        "optages, og give borgeren besked inden mødet. Siger I nej, skal borgeren have en begrundelse."
    ),
    "notes": (
        "En borger har bedt om notater eller referat fra et møde eller en samtale hos jer. I bedes sende det til "
        "borgeren eller kontakte borgeren, hvis I mangler oplysninger."
    ),
    "question": "En borger har stillet et spørgsmål om optagelse af møder og samtaler. I bedes svare borgeren.",
}
# For several or recurring meetings: the text may go to several departments.
_ASKS_SEVERAL = {
    "recording": (
        "En borger har bedt om lov til at optage flere møder eller samtaler. I bedes vurdere, om dem hos jer kan "
        "optages, og give borgeren besked inden hvert møde. Siger I nej, skal borgeren have en begrundelse."
    ),
    "notes": (
        "En borger har bedt om notater eller referat fra flere møder eller samtaler. I bedes sende det fra dem hos jer "
        "til borgeren eller kontakte borgeren, hvis I mangler oplysninger."
    ),
}


def forwarding_text(payload: dict[str, Any], names: dict[str, str]) -> str:
    """The message in Danish, with all that the department needs and nothing about how the request was sent.

    `payload`: of either version; `names`: departments' names by key.
    """
    content: Payload = legible(upgraded(payload))
    person, meetings = content["applicant"], content["meetings"]
    several = len(meetings) > 1 or any(meeting["recurrence"] for meeting in meetings)
    parts = [
        f"Emne: {labels.TYPES[content['type']]} (reference {content['reference']})",
        f"Til {_receivers(meetings, names)}",
        (_ASKS_SEVERAL if several else _ASKS)[content["type"]],
        _block("Borgeren", _person(person)),
        *(_block(heading, values) for heading, values in presentation.sections(content, names)),
        f"Skriv referencen {content['reference']}, hvis du svarer os om sagen.",
        "Venlig hilsen\nJura, Frederiksberg Kommune",
    ]
    return "\n\n".join(parts)


def _receivers(meetings: list[Meeting], names: dict[str, str]) -> str:
    """The departments that hold the meetings, each once."""
    receivers = list(dict.fromkeys(names.get(meeting["department"], "rette afdeling") for meeting in meetings))
    return " og ".join(filter(None, [", ".join(receivers[:-1]), *receivers[-1:]])) or "rette afdeling"


def _person(person: Applicant) -> list[Value]:
    phone = labels.telephone(person["phone"] or "")
    return [
        Value("Navn", person["name"] or labels.NOT_GIVEN),
        Value("E-mail", person["email"] or ""),
        Value("Telefon", phone),
    ]


def _block(heading: str, values: list[Value]) -> str:
    return "\n".join([heading, *(_line(value) for value in values if value.text)])


def _line(value: Value) -> str:
    lines = value.text.split("\n")
    if value.own and len(lines) > 1:
        # Quoted as in mails, so that no line of the citizen's looks like one of ours.
        return "\n".join([f"{value.label}:", *(f"> {line}".rstrip() for line in lines)])
    return f"{value.label}: " + "\n  ".join(lines)
