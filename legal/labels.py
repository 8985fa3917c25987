"""Danish wording for Jura and staff: keys of the payload, states, dates, times, refused requests."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, time

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from common.clock import COPENHAGEN
from common.danish import MONTHS, format_date, format_time
from common.settings import ROOT
from legal.payload import Meeting

_DEPARTMENTS_FILE = ROOT / "data" / "values" / "departments.yml"
TYPES = {"recording": "Tilladelse til optagelse", "notes": "Notater eller referat", "question": "Spørgsmål"}
STATES = {"new": "Ny", "active": "I gang", "forwarded": "Videresendt", "closed": "Afsluttet"}
KINDS = {"in_person": "Fysisk møde", "phone_call": "Telefonsamtale", "video_call": "Videomøde"}
MEDIA = {"audio": "Lyd", "video": "Video (billede og lyd)"}
GROUNDS = {
    "communication_impairment": "Kommunikationshæmning",
    "memory": "Svært ved at huske samtalens indhold og aftaler",
    "documentation": "Vil kunne dokumentere, hvad der blev sagt",
    "other": "Anden grund",
}
SUPPORT_PERSON = {"yes": "Ja", "no": "Nej", "unsure": "Ved ikke"}
RELATIONS = {
    "relative": "Pårørende",
    "guardian": "Værge eller forælder til et barn under 18 år",
    "representative": "Partsrepræsentant, advokat eller en anden, der repræsenterer",
    "other": "Andet",
}
NOT_GIVEN = "Ikke oplyst"
PURPOSES = {
    "private": "Kun privat: egen hukommelse eller familien",
    "other": "Også til andet end privat brug",
}

log = logging.getLogger("jura")


def load_departments() -> dict[str, str]:
    """Departments' names by key (data/values/departments.yml); empty if the file is missing or unreadable.

    The file maps a key to a name or to an object with `display` or `name`.
    """
    if not _DEPARTMENTS_FILE.exists():
        return {}
    try:
        read = YAML(typ="safe").load(_DEPARTMENTS_FILE.read_text(encoding="utf-8"))
    except (OSError, YAMLError) as error:
        log.warning("afdelingernes navne kunne ikke læses (%s). Borgerens egne ord bliver vist.", type(error).__name__)
        return {}
    entries = read.get("departments", read) if isinstance(read, dict) else {}
    if not isinstance(entries, dict):
        return {}
    names = {
        key: entry.get("display", entry.get("name")) if isinstance(entry, dict) else entry
        for key, entry in entries.items()
    }
    return {str(key): name for key, name in names.items() if isinstance(name, str)}


def department(meeting: Meeting | None, names: Mapping[str, str]) -> str:
    """A department's name; if it has none the citizen's words, else its key; empty without a meeting."""
    if meeting is None:
        return ""
    key = meeting["department"]
    known = None if key == "unknown" else names.get(key)
    return known or meeting["department_text"] or (NOT_GIVEN if key == "unknown" else key)


def short_date(day: date) -> str:
    """A date as '3. december 2026'."""
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def moment(when: datetime) -> str:
    """A moment as 'torsdag den 3. december 2026 kl. 14.30', in Danish time."""
    local = when.astimezone(COPENHAGEN)
    return f"{format_date(local)} {format_time(local.time())}"


def short_moment(when: datetime) -> str:
    """A moment as '3. december 2026 kl. 14.30', in Danish time."""
    local = when.astimezone(COPENHAGEN)
    return f"{short_date(local)} {format_time(local.time())}"


def meeting_time(meeting: Meeting) -> str:
    """A meeting's day and time, as far as they are known."""
    day = format_date(date.fromisoformat(meeting["date"])) if meeting["date"] else ""
    at = format_time(time.fromisoformat(meeting["time"])) if meeting["time"] else ""
    if not day:
        return f"Ingen dato oplyst, {at}" if at else "Ingen dato oplyst"
    return f"{day} {at}".strip()


def telephone(number: str) -> str:
    """A telephone number (E.164) with spaces: '+45 38 21 42 36'; a foreign one unchanged."""
    if number.startswith("+45") and len(number) == 11:
        return " ".join((number[:3], number[3:5], number[5:7], number[7:9], number[9:]))
    return number


def refused_text(count: int) -> str:
    """The line for staff that requests were refused and what to do; empty if none was."""
    if not count:
        return ""
    what = "1 anmodning er afvist af Juras system og er" if count == 1 else f"{count} anmodninger er afvist og er"
    return (
        f"{what} IKKE nået frem. Se hvilke med 'script/bot outbox list --state afvist', ret årsagen, "
        "og send dem igen med 'script/bot outbox retry'."
    )
