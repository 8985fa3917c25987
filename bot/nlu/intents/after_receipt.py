"""Whether a question after a receipt is about the request that was sent ('må jeg så optage nu') or another."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from bot.nlu.intents.follow_ups import of_receipts, says_new, says_where
from bot.nlu.values import Value, values_in
from bot.nlu.values.people.mentions import mark_people
from bot.past import Past
from common.request import sent_before

# Kinds of people whom a meeting is of; others are mentioned in passing.
_WHOSE = ("relative", "child", "representative")
_WEEKDAY = "weekday"


def of_what_was_sent(question: str, text: str, past: Past) -> str:
    """Return the label of a question after a receipt; `text`: the message."""
    row = of_receipts().get(question)
    if row is None:
        return question
    if "where" in row:
        return next((asks for cue, asks in row["where"].items() if says_where(text, cue)), question)
    of_this_kind = past.slots.get("sent_type") in row.get("sent", (past.slots.get("sent_type"),))
    return str(row["asks"]) if of_this_kind and not _names_another(text, past, row["unless"]) else question


def _names_another(text: str, past: Past, cues: Iterable[str]) -> bool:
    """Whether the text speaks in general, or of another meeting or person than those of the request."""
    people = mark_people(text).people.values()
    whose = (one.who for one in people if one.kind in _WHOSE and not one.owner)
    known = past.slots.get("behalf_who")
    sent = sent_before(past.slots.get("request_last_meeting"))
    return says_new(text, cues) or any(who != known for who in whose) or _is_another_meeting(text, sent)


def _is_another_meeting(text: str, sent: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a department or a day is named that no meeting of the request has."""
    departments = {one.get("meeting_department") for one in sent} - {None}
    days = {str(one["meeting_date"]) for one in sent if one.get("meeting_date")}
    told = [value for value in values_in(text) if not value.negated]
    elsewhere = any(one.entity == "department" and one.value["key"] not in departments for one in told)
    then = any(one.entity == "date" and one.value["kind"] == "exact" and not _may_be(one, days) for one in told)
    return bool(departments and elsewhere) or bool(days and then)


def _may_be(told: Value, days: Iterable[str]) -> bool:
    """Whether a day told may be one of the days; of a weekday alone the week is not known."""
    said = {*told.value["future"], *told.value["past"]}
    if told.rule.startswith(_WEEKDAY) and "+" not in told.rule:
        return bool({date.fromisoformat(day).weekday() for day in said} & {*map(_weekday, days)})
    return bool(said & {*days})


def _weekday(day: str) -> int:
    return date.fromisoformat(day).weekday()
