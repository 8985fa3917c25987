"""The text with which staff send a request on to the department that holds the meeting.

What the department is asked to do is the page's own: it considers the wish, and gives reasons where it says no.
"""

from typing import Any

from legal.inbox import labels, shown
from legal.inbox.legible import legible
from legal.inbox.shown import Value

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
    content = legible(content)
    person = content["applicant"]
    known = names.get(content["meeting"]["department"]) if content["meeting"] else None
    parts = [
        f"Emne: {labels.TYPES[content['type']]} (reference {content['reference']})",
        f"Til {known or 'rette afdeling'}",
        _ASKS[content["type"]],
        _block("Borgeren", _person(person)),
        *(_block(heading, values) for heading, values in shown.sections(content, names)),
        f"Skriv referencen {content['reference']}, hvis du svarer os om sagen.",
        "Venlig hilsen\nJura, Frederiksberg Kommune",
    ]
    return "\n\n".join(parts)


def _person(person: dict[str, Any]) -> list[Value]:
    phone = labels.telephone(person["phone"] or "")
    return [Value("Navn", person["name"]), Value("E-mail", person["email"] or ""), Value("Telefon", phone)]


def _block(heading: str, values: list[Value]) -> str:
    return "\n".join([heading, *(_line(value) for value in values if value.text)])


def _line(value: Value) -> str:
    lines = value.text.split("\n")
    if value.own and len(lines) > 1:
        # Marked as mails mark what another has written: no line of a citizen's looks like one of ours.
        return "\n".join([f"{value.label}:", *(f"> {line}".rstrip() for line in lines)])
    return f"{value.label}: " + "\n  ".join(lines)
