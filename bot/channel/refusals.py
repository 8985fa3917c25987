"""Every way in which the web chat says no, in Danish, with its HTTP status."""

import dataclasses
from dataclasses import dataclass

PHONE = "3821 4236"


@dataclass
class Refusal(Exception):
    """A request that is not taken; nothing has been done. `field` names what was wrong in the body."""

    status: int
    message: str
    field: str | None = None
    headers: dict[str, str] = dataclasses.field(default_factory=dict)

    def body(self) -> dict[str, object]:
        """What the page receives as JSON."""
        return {"error": {"status": self.status, "message": self.message, "field": self.field}}


def malformed(name: str, why: str) -> Refusal:
    """422: the body does not have the shape; names the field."""
    return Refusal(422, f"Feltet '{name}' kan ikke bruges: {why}", name)


def unknown_session() -> Refusal:
    """401: the token is missing, forged, expired or its session is erased."""
    message = "Samtalen er slut eller findes ikke. Start en ny samtale."
    return Refusal(401, message, headers={"WWW-Authenticate": "Bearer"})


def unknown_origin() -> Refusal:
    """403: the page that asks is not one of CHAT_ORIGINS."""
    return Refusal(403, "Chatten kan ikke bruges fra denne side.")


def wrong_address(status: int) -> Refusal:
    """404, 405, 400: there is nothing at this address, or not for this method, or the request is no HTTP."""
    return Refusal(status, "Adressen findes ikke." if status == 404 else "Adressen kan ikke bruges på den måde.")


def too_long(limit: int) -> Refusal:
    """413: the text is longer than the limit in characters."""
    text = f"{limit:,}".replace(",", ".")
    return Refusal(413, f"Din besked er for lang. Skriv højst {text} tegn, eller del den i flere beskeder.", "text")


def unreadable() -> Refusal:
    """422: it takes too long to look for CPR numbers in the text, and none may be kept."""
    text = f"Vi kan ikke læse din besked. Skriv den kortere og med færre tal, eller ring til Jura på {PHONE}."
    return Refusal(422, text, "text")


def too_fast(seconds: int) -> Refusal:
    """429: more than the rate; `seconds` until the next try."""
    return Refusal(
        429, f"Det gik lidt for hurtigt. Vent {seconds} sekunder, og prøv igen.", headers={"Retry-After": str(seconds)}
    )


def too_slow() -> Refusal:
    """408: the request did not arrive whole within its time."""
    return Refusal(408, "Forbindelsen var for langsom. Prøv igen.", headers={"Retry-After": "1"})


def conversation_full(unsent: bool, buttons: bool) -> Refusal:
    """409: the conversation is as long as it may become. `unsent`: a request is under way; `buttons`: some work."""
    parts = ["Samtalen kan ikke blive længere. Din seneste besked er ikke sendt."]
    if unsent:
        parts.append("Din anmodning er heller ikke sendt.")
    if buttons:
        parts.append("Du kan stadig bruge knapperne i det seneste svar.")
    parts.append(f"Start en ny samtale, eller ring til Jura på {PHONE}.")
    return Refusal(409, " ".join(parts))


def busy() -> Refusal:
    """503: there is more to do than can be done at once, for this address or in all."""
    return Refusal(
        503,
        f"Der er travlt i chatten lige nu. Prøv igen om et øjeblik, eller ring til Jura på {PHONE}.",
        headers={"Retry-After": "2"},
    )


def unavailable() -> Refusal:
    """503: a database does not answer, or not in time; the same message may be sent again."""
    return Refusal(
        503,
        f"Vi kan ikke komme til samtalen lige nu. Prøv igen om et øjeblik, eller ring til Jura på {PHONE}.",
        headers={"Retry-After": "5"},
    )


def not_ready() -> Refusal:
    """503: the assistant is starting."""
    return Refusal(
        503,
        f"Assistenten er ikke klar endnu. Prøv igen om et øjeblik, eller ring til Jura på {PHONE}.",
        headers={"Retry-After": "5"},
    )


def failed() -> Refusal:
    """500: something broke; the same message may be sent again."""
    return Refusal(500, f"Der skete en fejl hos os. Send beskeden igen, eller ring til Jura på {PHONE}.")
