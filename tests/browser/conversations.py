"""The answers of the fake chat server, in the format of the real assistant."""

from typing import Any, TypeAlias

Message: TypeAlias = dict[str, Any]
# The messages, the slot asked for, and where given the other keys of a reply (asks, progress, kept).
Answer: TypeAlias = tuple[list[Message], str | None] | tuple[list[Message], str | None, dict[str, Any]]
NOTHING_ASKED: dict[str, Any] = {"asking": None, "asks": None, "progress": None, "kept": None}

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
        "Har du spørgsmål, så ring til Jura på 3821 4236."
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
PRIVACY = said(
    "- **Frederiksberg Kommune** er ansvarlig for dine oplysninger. Vi bruger dem til din anmodning, som vi sender til "
    "Jura.\n- Samtalen slettes efter 7 dage. En anmodning, du ikke sender, slettes efter 24 timer.\n- Skriv **ikke** "
    "dit CPR-nummer eller detaljer om sygdom. Du kan altid spørge, rette et svar eller skrive 'stop'.",
    ("Mere om dine oplysninger", "/faq_this_chat"),
    name="utter_privacy_notice",
)
MEETING = said(
    "Hvilken afdeling er mødet med, hvornår er det, og hvordan foregår det? Mødes I, taler I i telefon, eller ses I på "
    "video? Skriv det, du ved, for eksempel 'jobcentret, torsdag kl. 14, vi ses'. Resten spørger vi om bagefter.",
    ("Jeg kender ikke afdelingen", '/inform{"meeting_department": "unknown"}'),
    name="utter_prompt_meeting_department_and_when",
)
MEDIUM = said(
    "Vil du optage lyd eller video?",
    ("Kun lyd", '/inform{"recording_medium": "audio"}'),
    ("Video med lyd", '/inform{"recording_medium": "video"}'),
    name="utter_prompt_recording_medium",
)
WHO = said(
    "Hvad hedder du, og hvordan kan du få svar? Skriv dit for- og efternavn og en e-mail eller et telefonnummer.",
    name="utter_prompt_applicant_name_and_contact",
)
KEEP_NAME = said(
    "Hvad hedder du? Skriv for- og efternavn.",
    ("Behold Anne-Marie Ørsted Ng", '/inform{"choice": "keep"}'),
    name="utter_prompt_applicant_name",
)
SUPPORT = said(
    "Ja, du har altid mulighed for at tage en bisidder med til et møde.\n\nDet kan være en ven.",
    name="utter_faq_support",
)


def asked(asking: str | None, more: dict[str, Any] | None = None) -> dict[str, Any]:
    """The keys of a reply that say what is asked for."""
    return {"asking": asking, "asks": [asking] if asking else None, "progress": None, "kept": None, **(more or {})}


def answer(text: str) -> Answer:
    """The messages that answer a text or payload, the slot asked for, and what else is said of it."""
    match text:
        case "anmod":
            together = {"asks": ["meeting_department", "meeting_kind", "meeting_date"], "progress": {"at": 1, "of": 7}}
            return [PRIVACY, MEETING], "meeting_department", together
        case "medium":
            return [MEDIUM], "recording_medium", {"progress": {"at": 2, "of": 7}}
        case "hvem":
            return (
                [WHO],
                "applicant_name",
                {"asks": ["applicant_name", "applicant_email"], "progress": {"at": 7, "of": 7}},
            )
        case "spørg imens":
            return [MAY_I, MEDIUM], "recording_medium", {"progress": {"at": 2, "of": 7}}
        case '/correct{"slot": "applicant_name"}':
            name = "Anne-Marie Ørsted Ng"
            return [KEEP_NAME], "applicant_name", {"kept": {"slot": "applicant_name", "value": name, "shown": name}}
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
