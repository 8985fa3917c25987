"""Values in good Danish, as the review, the receipt and the notes on the way show them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

import yaml

from common.acts import MEETINGS
from common.danish import format_amount, format_date, format_time
from common.markdown import one_line
from common.settings import ROOT, Settings
from common.slots import FREE_TEXT, ORDER, ORDER_OF_A_MEETING, OWN_REASON

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
    "behalf_name": "På vegne af",
    "applicant_name": "Navn",
    "applicant_email": "E-mail",
    "applicant_phone": "Telefon",
}
# What is shown of a slot that is empty.
NOTHING = "-"
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
        "documentation": "Vil kunne dokumentere, hvad der bliver sagt",
        "other": "En anden grund",
    },
    "support_person_possible": {"yes": "Kan tage en med", "no": "Kan ikke tage en med", "unsure": "Ved det ikke"},
    "recording_purpose": {"private": "Kun til mig selv eller familien", "other": "Også til andet"},
}
# What the citizen is to the one for whom they write, where they have not called them anything ('din mor').
_RELATIONS = {
    "guardian": "du er værge eller forælder",
    "representative": "du er repræsentant",
    "other": "forholdet til dig er ikke oplyst",
}
# Said also where it is said who they are: by these a citizen may ask in another's place.
_CAPACITIES = ("guardian", "representative")
# So many letters of a word say which it is.
_STEM = 5
# Whose reason it is, where the citizen writes for somebody else.
_OF_THE_OTHER = ("recording_explanation", "recording_grounds")


@lru_cache(maxsize=1)
def departments() -> dict[str, str]:
    """The departments' names by key, from data/values/departments.yml."""
    file = yaml.safe_load((ROOT / "data" / "values" / "departments.yml").read_text(encoding="utf-8"))
    return {key: entry["display"] for key, entry in file["departments"].items()}


def value_text(slot: str, known: Mapping[str, Any]) -> str:
    """One value in words; '-' where there is none."""
    if slot in _OF_SEVERAL:
        return _OF_SEVERAL[slot](known)
    value = known.get(slot)
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(_CHOICES[slot][one] for one in value)
    if slot in _IN_WORDS:
        return _IN_WORDS[slot](str(value))
    if slot == "terms_accepted":
        return "Ja, jeg siger ja til vilkårene" if value else "Nej"
    return _CHOICES.get(slot, {}).get(str(value), str(value))


def _department(known: Mapping[str, Any]) -> str:
    """The department's name, with the citizen's own words where they are others."""
    own, name = known.get("meeting_department_text"), departments().get(str(known.get("meeting_department")))
    if name and own and not _names(str(own), name):
        return f'{name} (du skrev: "{own}")'
    return str(name or own or "Ved det ikke")


def _when(known: Mapping[str, Any]) -> str:
    """The day and the hour, or the citizen's words for meetings that come again."""
    day, hour, again = (known.get(slot) for slot in ("meeting_date", "meeting_time", "meeting_recurrence"))
    date_text = format_date(date.fromisoformat(str(day))) if day else ""
    at = hour_text(str(hour)) if hour else ""
    if again:
        # Of meetings that come again the words may tell the hour as well; what was read from them is shown behind.
        first = f", første gang {date_text} {at}".rstrip() if day else f" ({at})" if at else ""
        return f"{again}{first}"
    return f"{date_text} {at}".strip() if day else ", ".join(filter(None, ("Ingen dag aftalt eller kendt", at)))


def _for_whom(known: Mapping[str, Any]) -> str:
    """'Karen Holm (din mor)', 'Per Holm (din nevø, du er værge eller forælder)', or what of it is known."""
    name, who, relation = known.get("behalf_name"), known.get("behalf_who"), str(known.get("behalf_relation"))
    says = not who or relation in _CAPACITIES
    of_them = ", ".join(filter(None, (who, _RELATIONS.get(relation) if says else None)))
    return f"{name} ({of_them})" if name and of_them else str(name or of_them or NOTHING)


def _names(own: str, name: str) -> bool:
    """Whether the citizen's own words are the department's name, or nearly: 'jobcentret', 'Jobcenter Frederiksberg'."""
    return any(word[:_STEM] in name.lower() for word in own.lower().split() if len(word) >= _STEM)


def hour_text(hour: str) -> str:
    """'14:30' as 'kl. 14.30'."""
    return format_time(time.fromisoformat(hour))


def moment_text(moment: datetime) -> str:
    """'fredag den 4. december 2026 kl. 10.00'."""
    return f"{format_date(moment.date())} {format_time(moment.time())}"


def phone_text(number: str) -> str:
    """'+4538214236' as Danes write it: '38 21 42 36'; a foreign number with its code."""
    if number.startswith("+45") and len(number) == 11:
        digits = number[3:]
        return " ".join(digits[i : i + 2] for i in range(0, 8, 2))
    return number


# Slots that are shown with others, and those of which one value has a form of its own.
_OF_SEVERAL = {"meeting_department": _department, "meeting_date": _when, "behalf_name": _for_whom}
_IN_WORDS = {"meeting_time": hour_text, "applicant_phone": phone_text}


def limit_text(slot: str) -> str:
    """How many characters Jura takes: '2.000'."""
    return f"{FREE_TEXT[slot]:,}".replace(",", ".")


def noted(values: Mapping[str, Any]) -> str:
    """Values in one line: 'Dato: fredag den 4. december 2026'."""
    shown = {slot: value for slot, value in values.items() if slot in SLOT_TITLES}
    if not {"behalf_relation", "behalf_who"}.isdisjoint(values):
        shown["behalf_name"] = values.get("behalf_name")
    if values.get("meeting_recurrence"):
        shown["meeting_date"] = values.get("meeting_date")
    if "meeting_date" in shown:
        shown.pop("meeting_time", None)
    return "; ".join(f"{SLOT_TITLES[slot]}: {value_text(slot, values)}" for slot in shown)


def rows(
    known: Mapping[str, Any],
    meetings: Sequence[Mapping[str, Any]] = (),
    changeable: bool = True,
    *,
    settled: Collection[str] = (),
) -> list[dict[str, str]]:
    """Slot, label and value of all that the request holds, with the payload that changes it while it can be changed.

    Of several meetings each has rows of its own. `settled`: what is answered with nothing, `OWN_REASON` among it.
    """
    slots = ["request_type", *ORDER.get(str(known.get("request_type")), ())]
    if not known.get("behalf_relation"):
        slots = [slot for slot in slots if slot != "behalf_name"]
    shown = [_row(slot, known, _label(slot, known, settled)) for slot in slots]
    if len(meetings) > 1 and set(ORDER_OF_A_MEETING) <= set(slots):
        of_each = [
            _row(slot, one, f"Møde {place + 1}: {SLOT_TITLES[slot].lower()}", place)
            for place, one in enumerate(meetings)
            for slot in ORDER_OF_A_MEETING
        ]
        shown = [shown[0], *of_each, *(row for row in shown[1:] if row["slot"] not in ORDER_OF_A_MEETING)]
    return shown if changeable else [{key: row[key] for key in ("slot", "label", "value")} for row in shown]


def rows_told(
    known: Mapping[str, Any], meetings: Sequence[Mapping[str, Any]], settled: Collection[str]
) -> list[dict[str, str]]:
    """The rows of what was told or answered: of what nobody has been asked nothing is said."""
    answered = {*known, *settled}
    shown = [row for row in rows(known, changeable=False, settled=settled) if row["slot"] in answered]
    if len(meetings) < 2:
        return shown
    of_each = [
        {"slot": MEETINGS, "label": f"Møde {place}", "value": one_line(noted(one)) or "endnu ikke oplyst"}
        for place, one in enumerate(meetings, 1)
    ]
    return [*shown[:1], *of_each, *(row for row in shown[1:] if row["slot"] not in ORDER_OF_A_MEETING)]


def _row(slot: str, values: Mapping[str, Any], label: str, place: int | None = None) -> dict[str, str]:
    """A row of the card; `place`: of which of several meetings it is, from 0."""
    return {
        "slot": slot,
        "label": label,
        "value": one_line(value_text(slot, values)),
        "payload": correct_payload(slot, place),
    }


def _label(slot: str, known: Mapping[str, Any], settled: Collection[str]) -> str:
    """A slot's title, with whose reason it is, where it is not the citizen's own."""
    whose = known.get("behalf_who") or known.get("behalf_name")
    of_the_other = slot in _OF_THE_OTHER and whose and OWN_REASON not in settled
    return f"{SLOT_TITLES[slot]} ({whose})" if of_the_other else SLOT_TITLES[slot]


def correct_payload(slot: str, meeting: int | None = None) -> str:
    """The payload of the button that changes a value, of one of several meetings where that is given (from 0)."""
    of = f', "meeting": {meeting}' if meeting is not None else ""
    return f'/correct{{"slot": "{slot}"{of}}}'


def date_buttons(days: list[str]) -> tuple[tuple[str, str], ...]:
    """A button for each possible day, and one for another."""
    titles = [(capital(format_date(date.fromisoformat(day))), day) for day in days[:5]]
    buttons = [(title, f'/inform{{"meeting_date": "{day}"}}') for title, day in titles]
    several = "Det er to møder" if len(days) == 2 else "Det er flere møder"
    both = (several, '/inform{"choice": "both_days"}')
    return (*buttons, both, ("En anden dag", correct_payload("meeting_date")))


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
