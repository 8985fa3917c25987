"""The answers of the fake chat server, in the format of the real assistant."""

from typing import Any

GREETING: dict[str, Any] = {
    "text": (
        "Hej. Du skriver med Frederiksberg Kommunes automatiske assistent. Det er altså ikke en person, der svarer.\n\n"
        "Her kan du få svar om optagelse af møder og telefonsamtaler, om bisidder og om notater. "
        "Du kan også sende en anmodning eller et spørgsmål til Jura.\n\n"
        "Skriv ikke dit CPR-nummer eller oplysninger om sygdom her.\n\nHvad kan vi hjælpe med?"
    ),
    "name": "utter_greet",
    "buttons": [
        {"title": "Må jeg optage et møde?", "payload": "/faq_may_i_record"},
        {"title": "Bed om lov til at optage", "payload": "/request_recording"},
        {"title": "Må jeg tage nogen med?", "payload": "/faq_support_person"},
        {"title": "Bed om notater eller referat", "payload": "/request_notes"},
    ],
    "card": None,
}

ROWS = [
    ("request_type", "Anmodning", "Lov til at optage"),
    ("meeting_department", "Afdeling", "Jobcenter Frederiksberg"),
    ("meeting_date", "Dato", "torsdag den 10. december 2026 kl. 14.30"),
    ("recording_explanation", "Forklaring", "Efter min hjernerystelse glemmer jeg det meste af det, der bliver sagt."),
    ("applicant_name", "Navn", "Anne-Marie Ørsted Ng"),
    ("applicant_email", "E-mail", "anne-marie.oersted.ng@et-meget-langt-navn.eksempel.dk"),
]
REVIEW_ROWS = [
    {"slot": slot, "label": label, "value": value, "payload": f'/correct{{"slot": "{slot}"}}'}
    for slot, label, value in ROWS
]


def said(text: str, *buttons: tuple[str, str], card: Any = None, name: str = "utter_x") -> dict[str, Any]:
    offered = [{"title": title, "payload": payload} for title, payload in buttons]
    return {"text": text, "name": name, "buttons": offered, "card": card}


def review() -> dict[str, Any]:
    lines = "\n".join(f"- **{label}:** {value}" for _, label, value in ROWS)
    text = f"Se det igennem, før vi sender:\n\n{lines}\n\nIntet er sendt endnu. Skal vi sende det?"
    buttons = (("Ja, send", "/affirm"), ("Ret noget", "/correct"), ("Stop anmodningen", "/cancel"))
    return said(text, *buttons, card={"type": "review", "rows": REVIEW_ROWS}, name="utter_review")


def receipt() -> dict[str, Any]:
    text = (
        "**Din anmodning er modtaget hos Jura.**\n\nDit referencenummer er **K7QF3MX5**. Gem det.\n\n"
        "Jura sørger for, at den når den rette afdeling. Vi kan ikke sige, hvornår du får svar. "
        "Har du brug for det, så ring til Jura på 3821 4236."
    )
    card = {
        "type": "receipt",
        "reference": "K7QF3MX5",
        "state": "delivered",
        "at": "2026-12-01T10:00:00+01:00",
        "rows": REVIEW_ROWS,
    }
    return said(text, card=card, name="utter_receipt_delivered")


MAY_I = said(
    "Du kan få lov i nogle tilfælde. Det er **ikke** en ret, og afdelingen vurderer det hver gang.\n\n"
    "Den ser blandt andet på:\n\n- om du har svært ved at høre, tale eller forstå\n- om du har svært ved at huske\n"
    "- om du kan have en bisidder med\n\nSpørg afdelingen i god tid før mødet. Læs mere hos "
    "[Datatilsynet](https://www.datatilsynet.dk), eller ring til Jura på 3821 4236.",
    ("Bed om lov til at optage", "/request_recording"),
    ("Hvad kan jeg gøre i stedet?", "/faq_alternatives"),
    name="utter_faq_may_i_record",
)
WHICH_DAY = said(
    "Hvilken dag er mødet eller samtalen, og hvad tid? Du kan skrive 'torsdag kl. 14' eller '3/12 kl. 14'.",
    ("Der er ikke aftalt en dag", '/inform{"meeting_date": "none"}'),
    name="utter_prompt_meeting_date",
)
SUPPORT = said(
    "Ja, du har altid mulighed for at tage en bisidder med til et møde.\n\nDet kan være en ven.",
    name="utter_faq_support",
)


def answer(text: str) -> tuple[list[dict[str, Any]], str | None]:
    """The messages that answer a text or payload, and the slot asked for."""
    match text:
        case "/request_recording" | "dato":
            return [WHICH_DAY], "meeting_date"
        case "kontrol" | '/correct{"slot": "recording_explanation"}':
            return [review()], "review"
        case "/affirm":
            return [receipt()], None
        case "/faq_support_person":
            return [SUPPORT, said("Har du flere spørgsmål?")], None
        case _ if text.startswith(("/faq", "må jeg optage")):
            return [MAY_I], None
        case _ if "010270-1234" in text:
            return [said("Du skrev et CPR-nummer. Vi har skjult det.", name="utter_cpr_masked"), said("Tak.")], None
        case _:
            return [said(f"Du skrev: {text}")], None
