"""Values in good Danish, as the review, the receipt and the notes on the way show them."""

from collections.abc import Mapping
from datetime import date, time
from functools import lru_cache
from typing import Any

import yaml

from common.danish import format_amount, format_date, format_time
from common.markdown import one_line
from common.settings import ROOT, Settings
from common.slots import FREE_TEXT, ORDER

SLOT_TITLES = {
    "request_type": "Anmodning",
    "meeting_department": "Afdeling",
    "meeting_kind": "Mødeform",
    "meeting_date": "Dato",
    "meeting_time": "Tidspunkt",
    "recording_medium": "Lyd eller video",
    "recording_grounds": "Grund",
    "recording_explanation": "Forklaring",
    "support_person_possible": "Bisidder",
    "recording_purpose": "Formål",
    "terms_accepted": "Vilkår",
    "notes_wanted": "Hvad du vil have",
    "question_text": "Spørgsmål",
    "applicant_name": "Navn",
    "applicant_email": "E-mail",
    "applicant_phone": "Telefon",
}
TYPE_TITLES = {
    "recording": "en anmodning om at optage",
    "notes": "en anmodning om notater eller referat",
    "question": "et spørgsmål til Jura",
}
# A request that was sent, at the beginning of a sentence.
SENT_TITLES = {
    "recording": "Din anmodning om at optage",
    "notes": "Din anmodning om notater eller referat",
    "question": "Dit spørgsmål",
}
_CHOICES = {
    "request_type": {
        "recording": "Lov til at optage",
        "notes": "Notater eller referat",
        "question": "Spørgsmål til Jura",
    },
    "meeting_kind": {"in_person": "Fysisk møde", "phone_call": "Telefonsamtale", "video_call": "Videomøde"},
    "recording_medium": {"audio": "Lyd", "video": "Video med lyd"},
    "recording_grounds": {
        "communication_impairment": "Svært ved at høre, tale eller forstå",
        "memory": "Svært ved at huske",
        "other": "En anden grund",
    },
    "support_person_possible": {"yes": "Kan tage en med", "no": "Kan ikke tage en med", "unsure": "Ved det ikke"},
    "recording_purpose": {"private": "Kun til mig selv eller familien", "other": "Også til andet"},
}
# So many letters of a word say which it is.
_STEM = 5
_EMPTY = {"meeting_date": "Ingen dag aftalt eller kendt", "meeting_department": "Ved det ikke"}


@lru_cache(maxsize=1)
def departments() -> dict[str, str]:
    """The departments' names by key, from data/values/departments.yml."""
    file = yaml.safe_load((ROOT / "data" / "values" / "departments.yml").read_text(encoding="utf-8"))
    return {key: entry["display"] for key, entry in file["departments"].items()}


def value_text(slot: str, known: Mapping[str, Any]) -> str:
    """One value in words; '-' where there is none."""
    value = known.get(slot)
    if slot == "meeting_department":
        own = known.get("meeting_department_text")
        name = departments().get(str(value))
        if name and own and not _names(str(own), name):
            return f'{name} (du skrev: "{own}")'
        return name or own or _EMPTY[slot]
    hour = f" {hour_text(known['meeting_time'])}" if slot == "meeting_date" and known.get("meeting_time") else ""
    if value in (None, "", []):
        return _EMPTY.get(slot, "-") + hour.replace(" ", ", ", 1)
    if slot == "meeting_date":
        return format_date(date.fromisoformat(str(value))) + hour
    if slot == "meeting_time":
        return hour_text(str(value))
    if slot == "terms_accepted":
        return "Ja, jeg siger ja til vilkårene" if value else "Nej"
    if isinstance(value, list):
        return ", ".join(_CHOICES[slot][one] for one in value)
    if slot == "applicant_phone":
        return phone_text(str(value))
    return _CHOICES.get(slot, {}).get(str(value), str(value))


def _names(own: str, name: str) -> bool:
    """Whether the citizen's own words are the department's name, or nearly: 'jobcentret', 'Jobcenter Frederiksberg'."""
    return any(word[:_STEM] in name.lower() for word in own.lower().split() if len(word) >= _STEM)


def hour_text(hour: str) -> str:
    """'14:30' as 'kl. 14.30'."""
    return format_time(time.fromisoformat(hour))


def phone_text(number: str) -> str:
    """'+4538214236' as Danes write it: '38 21 42 36'; a foreign number with its code."""
    if number.startswith("+45") and len(number) == 11:
        digits = number[3:]
        return " ".join(digits[i : i + 2] for i in range(0, 8, 2))
    return number


def limit_text(slot: str) -> str:
    """How many characters Jura takes: '2.000'."""
    return f"{FREE_TEXT[slot]:,}".replace(",", ".")


def noted(values: Mapping[str, Any]) -> str:
    """Values in one line: 'Dato: fredag den 4. december 2026'."""
    shown = {slot: value for slot, value in values.items() if slot in SLOT_TITLES}
    if "meeting_date" in shown:
        shown.pop("meeting_time", None)
    return "; ".join(f"{SLOT_TITLES[slot]}: {value_text(slot, values)}" for slot in shown)


def rows(known: Mapping[str, Any], changeable: bool = True) -> list[dict[str, str]]:
    """Slot, label and value of all that the request holds, with the payload that changes it while it can be changed."""
    slots = ["request_type", *ORDER.get(str(known.get("request_type")), ())]
    values = {slot: one_line(value_text(slot, known)) for slot in slots}
    shown = [{"slot": slot, "label": SLOT_TITLES[slot], "value": values[slot]} for slot in slots]
    return [row | {"payload": correct_payload(row["slot"])} for row in shown] if changeable else shown


def correct_payload(slot: str) -> str:
    """The payload of the button that changes a value."""
    return f'/correct{{"slot": "{slot}"}}'


def date_buttons(days: list[str]) -> tuple[tuple[str, str], ...]:
    """A button for each possible day, and one for another."""
    titles = [(capital(format_date(date.fromisoformat(day))), day) for day in days[:5]]
    buttons = [(title, f'/inform{{"meeting_date": "{day}"}}') for title, day in titles]
    return (*buttons, ("En anden dag", correct_payload("meeting_date")))


def time_buttons(hours: list[str]) -> tuple[tuple[str, str], ...]:
    """A button for each possible hour."""
    return tuple((capital(hour_text(hour)), f'/inform{{"meeting_time": "{hour}"}}') for hour in hours[:5])


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def kept(config: Settings) -> dict[str, str]:
    """How long what a citizen writes is kept, for the privacy notice."""
    return {
        "conversation_kept": format_amount(config.conversation_days, "dag", "dage"),
        "unfinished_kept": format_amount(config.unfinished_hours, "time", "timer"),
    }
