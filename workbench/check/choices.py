"""Checks the answers that choices are learnt from (data/choices)."""

from collections.abc import Iterator
from pathlib import Path

from bot.nlu.choices.choice_model import NOTHING, SEVERAL
from workbench.shared.problems import Problem
from workbench.shared.vocabulary import meant
from workbench.shared.yaml_lines import line_of, load

_PHRASES = Path("data/values/choices.yml")
_FOLDER = Path("data/choices")
# Learnt choices that are not in data/values/choices.yml.
_OTHERS = {
    "place": {"own_words"},
    "reason": {"told"},
    "told_of": {
        *("meeting_department", "meeting_date", "meeting_time", "meeting_kind", "recording_medium", "applicant"),
        *("support_person_possible", "recording_purpose", "recording_explanation"),
    },
    "taken_back": {
        *("communication_impairment", "memory", "documentation", "part", "reason", "capacity", "for_oneself"),
        *("applicant_phone", "applicant_email", "meeting_time", "meeting_kind", "support_person_possible"),
    },
    "capacity": {"guardian", "representative"},
    "text_edit": {"add", "replace", "remove"},
    "told_beside": {"no_field", "field", "reason", "to_us", "reach"},
    "steering": {"back", "why", "correct", "wait"},
    "leaving_out": {"leave_out"},
    "agreement": {"yes", "no", "unsure"},
    "meeting_date": {"none"},
}
_SLOT_OF_ENTITY = {"support_person": "support_person_possible"}


def answers(root: Path) -> Iterator[Problem]:
    """Files without slot or answers, unknown slots and values, lines without '- ', duplicate answers."""
    allowed = _allowed(root)
    for file in sorted((root / _FOLDER).glob("*.yml")):
        content = load(file)
        slot = str(content.get("slot") or "") if isinstance(content, dict) else ""
        said = content.get("answers") if isinstance(content, dict) else None
        if not slot or not isinstance(said, dict):
            yield Problem(
                file, 1, "Filen mangler 'slot' eller 'answers'. Se, hvordan de andre filer i mappen er skrevet."
            )
            continue
        if slot not in allowed:
            line = line_of(content, "slot")
            yield Problem(file, line, f"Feltet '{slot}' findes ikke.{meant(slot, sorted(allowed))} Ret 'slot'.")
            continue
        yield from _values(file, slot, said, allowed[slot])


def _values(file: Path, slot: str, said: dict[str, str], allowed: set[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for value, texts in said.items():
        first = line_of(said, value)
        if str(value) not in {*allowed, NOTHING}:
            yield Problem(
                file, first, f"'{value}' er ingen værdi for {slot}.{meant(str(value), sorted(allowed))} Ret værdien."
            )
        for place, line in enumerate(str(texts or "").splitlines(), first + 1):
            text = line.strip()
            if not text:
                continue
            if not text.startswith("- "):
                yield Problem(file, place, f"Linjen begynder ikke med '- ': '{text[:40]}'. Skriv '- ' foran svaret.")
                continue
            answer = text.removeprefix("- ").strip().lower()
            if answer in seen and (seen[answer] == value or slot not in SEVERAL):
                where = (
                    f"står to gange under '{value}'" if seen[answer] == value else f"står også under '{seen[answer]}'"
                )
                yield Problem(file, place, f"Svaret '{answer[:40]}' {where}. Slet det ene.")
            seen.setdefault(answer, str(value))


def _allowed(root: Path) -> dict[str, set[str]]:
    """The slots that are learnt, each with its values."""
    phrases = load(root / _PHRASES)["entities"]
    known = {
        _SLOT_OF_ENTITY.get(str(name), str(name)): {str(value) for value in values} for name, values in phrases.items()
    }
    return {**known, **_OTHERS}
