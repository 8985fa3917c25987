"""Jura's room: the text with which staff send a request on to the department that holds the meeting.

What the department is asked to do is the page's own: it considers the wish, and gives reasons where it says no.
"""

from typing import Any

from legal.inbox import labels, shown

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


def forwarding_text(content: dict[str, Any], names: dict[str, str]) -> str:
    """A whole message in Danish, with all that the department needs and nothing of how the request was sent."""
    person = content["applicant"]
    known = names.get(content["meeting"]["department"]) if content["meeting"] else None
    parts = [
        f"Emne: {labels.TYPES[content['type']]} (reference {content['reference']})",
        f"Til {known or 'rette afdeling'}",
        _ASKS[content["type"]],
        _block("Borgeren", [("Navn", person["name"]), ("E-mail", person["email"]), ("Telefon", person["phone"])]),
        *(_block(heading, values) for heading, values in shown.sections(content, names)),
        f"Skriv referencen {content['reference']}, hvis du svarer os om sagen.",
        "Venlig hilsen\nJura, Frederiksberg Kommune",
    ]
    return "\n\n".join(parts)


def _block(heading: str, values: list[tuple[str, Any]]) -> str:
    lines = [f"{label}: {labels.telephone(value) if label == 'Telefon' else value}" for label, value in values if value]
    # Several lines under one label are kept together.
    return "\n".join([heading, *(line.replace("\n", "\n  ") for line in lines)])
