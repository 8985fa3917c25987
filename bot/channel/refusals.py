"""The web chat's error responses: HTTP status, Danish message and headers."""

import dataclasses
from dataclasses import dataclass

from sanic.response import HTTPResponse, json

PHONE = "3821 4236"
ADDRESS = "Frederiksberg Rådhus, Smallegade 1, stuen, værelse 0.003, 2000 Frederiksberg"


@dataclass
class Refusal(Exception):
    """Raised for a request that is refused. `field`: the invalid field of the body, if that is the reason."""

    status: int
    message: str
    field: str | None = None
    headers: dict[str, str] = dataclasses.field(default_factory=dict)

    def response(self) -> HTTPResponse:
        """The response, as chat-api.md describes it."""
        error = {"status": self.status, "message": self.message, "field": self.field}
        return json({"error": error}, self.status, headers=self.headers)


def malformed(name: str, why: str) -> Refusal:
    """422: a field of the body is invalid."""
    return Refusal(422, f"Feltet '{name}' kan ikke bruges: {why}", name)


def unknown_session() -> Refusal:
    """401: the token is missing, forged or expired, or its session is ended."""
    message = "Samtalen er slut eller findes ikke. Start en ny samtale."
    return Refusal(401, message, headers={"WWW-Authenticate": "Bearer"})


def unknown_origin() -> Refusal:
    """403: the page's origin is not in CHAT_ORIGINS."""
    return Refusal(403, "Chatten kan ikke bruges fra denne side.")


def wrong_address(status: int) -> Refusal:
    """404, 405 or 400: no such path, wrong method, or an invalid HTTP request."""
    return Refusal(status, "Adressen findes ikke." if status == 404 else "Adressen kan ikke bruges på den måde.")


def too_long(limit: int) -> Refusal:
    """413: the text is longer than the limit in characters."""
    text = f"{limit:,}".replace(",", ".")
    return Refusal(413, f"Din besked er for lang. Skriv højst {text} tegn, eller del den i flere beskeder.", "text")


def unreadable() -> Refusal:
    """422: masking the text's CPR numbers took too long; an unmasked text must not be stored."""
    text = f"Vi kan ikke læse din besked. Skriv den kortere og med færre tal, eller ring til Jura på {PHONE}."
    return Refusal(422, text, "text")


def too_fast(seconds: int) -> Refusal:
    """429: over the rate limit; `seconds` until the next try."""
    return Refusal(
        429, f"Det gik lidt for hurtigt. Vent {seconds} sekunder, og prøv igen.", headers={"Retry-After": str(seconds)}
    )


def too_slow() -> Refusal:
    """408: the request did not arrive completely in time."""
    return Refusal(408, "Forbindelsen var for langsom. Prøv igen.", headers={"Retry-After": "1"})


def conversation_full(unsent: bool, buttons: bool) -> Refusal:
    """409: the conversation limit is reached. `unsent`: a request is not sent; `buttons`: the last buttons work."""
    parts = ["Samtalen kan ikke blive længere. Din seneste besked er ikke sendt."]
    if unsent:
        parts.append("Din anmodning er heller ikke sendt.")
    if buttons:
        parts.append("Du kan stadig bruge knapperne i det seneste svar.")
    parts.append(f"Start en ny samtale, eller ring til Jura på {PHONE}.")
    return Refusal(409, " ".join(parts))


def busy() -> Refusal:
    """503: too many requests in progress, of this address or in total."""
    return Refusal(
        503,
        f"Der er travlt i chatten lige nu. Prøv igen om et øjeblik, eller ring til Jura på {PHONE}.",
        headers={"Retry-After": "2"},
    )


def unavailable() -> Refusal:
    """503: a database or lock is unavailable; the same message may be sent again."""
    return Refusal(
        503,
        f"Vi kan ikke komme til samtalen lige nu. Prøv igen om et øjeblik, eller ring til Jura på {PHONE}.",
        headers={"Retry-After": "5"},
    )


def not_ready() -> Refusal:
    """503: the model is still loading."""
    return Refusal(
        503,
        f"Assistenten er ikke klar endnu. Prøv igen om et øjeblik, eller ring til Jura på {PHONE}.",
        headers={"Retry-After": "5"},
    )


def paused(text: str) -> Refusal:
    """503: the staff have paused the chat; `text`: what they tell of it."""
    said = text if text.endswith((".", "!", "?")) else f"{text}."
    message = f"{said} Ring til Jura på {PHONE}, eller skriv med digital post. Juras adresse er {ADDRESS}."
    return Refusal(503, message, headers={"Retry-After": "60"})


def failed() -> Refusal:
    """500: an unexpected error; the same message may be sent again."""
    return Refusal(500, f"Der skete en fejl hos os. Send beskeden igen, eller ring til Jura på {PHONE}.")
