"""Danish wording of a request's values for the review, the receipt and replies."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from typing import Any

from common.acts import MEETINGS
from common.danish import format_date, format_time
from common.markdown import one_line
from common.request import KEEP_PAYLOAD
from common.slots import FREE_TEXT, ORDER, ORDER_OF_A_MEETING, OWN_REASON, SUPPORT_PERSON_TEXT, TOLD_BESIDE
from legal.labels import KINDS, load_departments, telephone

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
    TOLD_BESIDE: "Andet, du har skrevet",
}
# An empty slot.
NOTHING = "-"


@dataclass(frozen=True)
class TypeTitle:
    """What a kind of request is called: in a sentence, as one that was sent (begins a sentence), on the review."""

    indefinite: str
    definite: str
    sent: str
    row: str


TYPE_TITLES = {
    "recording": TypeTitle(
        "en anmodning om at optage", "anmodningen om at optage", "Din anmodning om at optage", "Lov til at optage"
    ),
    "notes": TypeTitle(
        "en anmodning om notater eller referat",
        "anmodningen om notater eller referat",
        "Din anmodning om notater eller referat",
        "Notater eller referat",
    ),
    "question": TypeTitle("et spørgsmål til Jura", "spørgsmålet til Jura", "Dit spørgsmål", "Spørgsmål til Jura"),
}
_CHOICES = {
    "request_type": {kind: title.row for kind, title in TYPE_TITLES.items()},
    "meeting_kind": KINDS,
    "recording_medium": {"audio": "Lyd", "video": "Video med lyd"},
    "recording_grounds": {
        "communication_impairment": "Svært ved at høre, se, tale eller forstå",
        "memory": "Svært ved at huske",
        "documentation": "Vil kunne dokumentere, hvad der bliver sagt",
        "other": "En anden grund",
    },
    "support_person_possible": {"yes": "Kan tage en med", "no": "Tager ikke en med", "unsure": "Ved det ikke"},
    "recording_purpose": {"private": "Kun til mig selv eller familien", "other": "Også til andet"},
}
# The relation, if the citizen has no word for the other person ('din mor').
_RELATIONS = {
    "guardian": "du er værge eller forælder",
    "representative": "du er repræsentant",
    "other": "forholdet til dig er ikke oplyst",
}
# Always shown: these give a right to ask for somebody else.
_CAPACITIES = ("guardian", "representative")
# Characters of a value in the title of a button.
_LONGEST_TITLE = 80
# Letters by which two forms of a word are taken for the same.
_STEM = 5
# Labelled with whose reason it is, if the citizen writes for somebody else.
_REASONS = ("recording_explanation", "recording_grounds")


@lru_cache(maxsize=1)
def departments() -> dict[str, str]:
    """The departments' names by key (data/values/departments.yml)."""
    return load_departments()


def value_text(slot: str, known: Mapping[str, Any]) -> str:
    """A slot's value in words, with the slots shown together with it; '-' if empty."""
    if slot in _WORDED_TOGETHER:
        return _WORDED_TOGETHER[slot](known)
    value = known.get(slot)
    if value in (None, "", []):
        return NOTHING
    if isinstance(value, list):
        return ", ".join(_CHOICES[slot][one] for one in value)
    if slot in _WORDED:
        return _WORDED[slot](str(value))
    if slot == "terms_accepted":
        return "Ja, jeg siger ja til vilkårene" if value else "Nej"
    return _CHOICES.get(slot, {}).get(str(value), str(value))


def _department(known: Mapping[str, Any]) -> str:
    """The department's name, and the citizen's words if they differ."""
    own, name = known.get("meeting_department_text"), departments().get(str(known.get("meeting_department")))
    if name and own and not _same_department(str(own), name):
        return f'{name} (du skrev: "{own}")'
    return str(name or own or "Ved det ikke")


def _when(known: Mapping[str, Any]) -> str:
    """Day and hour, or the citizen's words for recurring meetings."""
    day, hour, again = (known.get(slot) for slot in ("meeting_date", "meeting_time", "meeting_recurrence"))
    date_text = format_date(date.fromisoformat(str(day))) if day else ""
    at = hour_text(str(hour)) if hour else ""
    if again:
        # The citizen's words may name the hour as well, so what was read from them comes last.
        first = f", første gang {date_text} {at}".rstrip() if day else f" ({at})" if at else ""
        return f"{again}{first}"
    return f"{date_text} {at}".strip() if day else ", ".join(filter(None, ("Ingen dag aftalt eller kendt", at)))


def _for_whom(known: Mapping[str, Any]) -> str:
    """The other person's name and relation, e.g. 'Karen Holm (din mor)'."""
    name, who, relation = known.get("behalf_name"), known.get("behalf_who"), str(known.get("behalf_relation"))
    with_relation = not who or relation in _CAPACITIES
    about = ", ".join(filter(None, (who, _RELATIONS.get(relation) if with_relation else None)))
    return f"{name} ({about})" if name and about else str(name or about or NOTHING)


def _support_person(known: Mapping[str, Any]) -> str:
    """Whether a support person comes, and who it is in the citizen's words."""
    answer = _CHOICES["support_person_possible"].get(str(known.get("support_person_possible")), "")
    own = known.get(SUPPORT_PERSON_TEXT)
    if not own:
        return answer or NOTHING
    return f'{answer} (du skrev: "{own}")' if answer else f'du skrev: "{own}"'


def _same_department(own: str, name: str) -> bool:
    """Whether the citizen's words say nearly no more than the department's name."""
    longer = [word for word in own.lower().split() if len(word) >= _STEM]
    return bool(longer) and all(word[:_STEM] in name.lower() for word in longer)


def hour_text(hour: str) -> str:
    """An hour `HH:MM` as 'kl. 14.30'."""
    return format_time(time.fromisoformat(hour))


def phone_text(number: str) -> str:
    """A telephone number (E.164) as Danes write it: '38 21 42 36'; a foreign one unchanged."""
    return telephone(number).removeprefix("+45 ")


_WORDED_TOGETHER = {
    "meeting_department": _department,
    "meeting_date": _when,
    "support_person_possible": _support_person,
    "behalf_name": _for_whom,
}
_WORDED = {"meeting_time": hour_text, "applicant_phone": phone_text}


def keep_button(slot: str, values: Mapping[str, Any]) -> tuple[str, str]:
    """Title and payload of the button that leaves a reopened slot as it was; `values`: what it held."""
    shown = one_line(value_text(slot, values))
    if slot in FREE_TEXT and shown != NOTHING:
        return ("Behold teksten", KEEP_PAYLOAD)
    if shown == NOTHING:
        return ("Behold feltet tomt", KEEP_PAYLOAD)
    title = shown if len(shown) <= _LONGEST_TITLE else f"{shown[: _LONGEST_TITLE - 1].rstrip()}…"
    # 'Behold: Lyd', but 'Behold Anne Ng' and 'Behold torsdag den 3. december 2026'
    own = slot not in _CHOICES and values.get(slot) not in (None, "unknown")
    return (f"Behold {title}" if own else f"Behold: {title}", KEEP_PAYLOAD)


def limit_text(slot: str) -> str:
    """A free text's limit in characters: '2.000'."""
    return f"{FREE_TEXT[slot]:,}".replace(",", ".")


def noted(values: Mapping[str, Any], whose: str = "") -> str:
    """Values in one line: 'Dato: fredag den 4. december 2026; Navn: ...'; `whose` a reason is, if not the citizen's."""
    shown = {slot: value for slot, value in values.items() if slot in SLOT_TITLES}
    if not {"behalf_relation", "behalf_who"}.isdisjoint(values):
        shown["behalf_name"] = values.get("behalf_name")
    if values.get(SUPPORT_PERSON_TEXT):
        shown["support_person_possible"] = values.get("support_person_possible")
    if values.get("meeting_recurrence"):
        shown["meeting_date"] = values.get("meeting_date")
    if "meeting_date" in shown:
        shown.pop("meeting_time", None)
    # The full stop is that of the sentence around it.
    return "; ".join(f"{_title(slot, whose)}: {value_text(slot, values)}" for slot in shown).removesuffix(".")


def rows(
    known: Mapping[str, Any],
    meetings: Sequence[Mapping[str, Any]] = (),
    changeable: bool = True,
    *,
    settled: Collection[str] = (),
) -> list[dict[str, str]]:
    """The rows of the review or receipt: slot, label, value, and if `changeable` the payload of its button.

    Each of several meetings has its own rows. `settled`: slots answered with nothing, and `OWN_REASON`.
    """
    slots = ["request_type", *ORDER.get(str(known.get("request_type")), ())]
    slots += [TOLD_BESIDE] if known.get(TOLD_BESIDE) else []
    if not known.get("behalf_relation"):
        slots = [slot for slot in slots if slot != "behalf_name"]
    whose = whose_reason(known, settled)
    shown = [_row(slot, known, _title(slot, whose)) for slot in slots]
    if len(meetings) > 1 and set(ORDER_OF_A_MEETING) <= set(slots):
        of_each = [
            _row(slot, one, f"Møde {place + 1}: {SLOT_TITLES[slot].lower()}", place)
            for place, one in enumerate(meetings)
            for slot in ORDER_OF_A_MEETING
        ]
        shown = [shown[0], *of_each, *(row for row in shown[1:] if row["slot"] not in ORDER_OF_A_MEETING)]
    return shown if changeable else [{key: row[key] for key in ("slot", "label", "value")} for row in shown]


def answered_rows(
    known: Mapping[str, Any], meetings: Sequence[Mapping[str, Any]], settled: Collection[str]
) -> list[dict[str, str]]:
    """The rows of what was given or answered; slots not asked for yet are left out."""
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
    """A row; `place` is the meeting's number from 0, if there are several."""
    return {
        "slot": slot,
        "label": label,
        "value": one_line(value_text(slot, values)),
        "payload": correct_payload(slot, place),
    }


def whose_reason(known: Mapping[str, Any], settled: Collection[str]) -> str:
    """Whose a reason is, in the assistant's words ('din mor'); '' if it is the citizen's own."""
    whose = known.get("behalf_who") or known.get("behalf_name") if known.get("behalf_relation") else ""
    return str(whose) if whose and OWN_REASON not in settled else ""


def _title(slot: str, whose: str) -> str:
    """A slot's title; for a reason also whose it is."""
    return f"{SLOT_TITLES[slot]} ({whose})" if whose and slot in _REASONS else SLOT_TITLES[slot]


def correct_payload(slot: str, meeting: int | None = None) -> str:
    """The payload of the button that changes a value; `meeting` counts from 0."""
    of = f', "meeting": {meeting}' if meeting is not None else ""
    return f'/correct{{"slot": "{slot}"{of}}}'


def date_buttons(days: list[str]) -> tuple[tuple[str, str], ...]:
    """A button for each possible day (ISO), and for several meetings, another day, and who does not know."""
    titles = [(capital(format_date(date.fromisoformat(day))), day) for day in days[:5]]
    buttons = [(title, f'/inform{{"meeting_date": "{day}"}}') for title, day in titles]
    several = "Det er to møder" if len(days) == 2 else "Det er flere møder"
    both = (several, '/inform{"choice": "both_days"}')
    unsure = ("Det ved jeg ikke", '/inform{"choice": "one_of_them"}')
    return (*buttons, both, ("En anden dag", correct_payload("meeting_date")), unsure)


def time_buttons(hours: list[str]) -> tuple[tuple[str, str], ...]:
    """A button for each possible hour (`HH:MM`)."""
    return tuple((capital(hour_text(hour)), f'/inform{{"meeting_time": "{hour}"}}') for hour in hours[:5])


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]
