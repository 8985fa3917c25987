"""Values that a request is told: taken, with the question about the day or hour that they leave open."""

from collections.abc import Iterable, Mapping
from typing import Any

from actions.request.wording import date_buttons, time_buttons
from actions.say import Say
from actions.turn.result import Kind, Result
from common.acts import EMPTY, SET, Act


def taken(
    acts: Iterable[Act] = (),
    values: Mapping[str, Any] | None = None,
    settled: Iterable[str] = (),
    days: Iterable[str] = (),
    hours: Iterable[str] = (),
) -> Result:
    """What `set` and `empty` give, beside `values` and `settled`; of several `days` or `hours` it is asked which."""
    result = Result(Kind.VALUE, dict(values or {}), set(settled))
    for act in acts:
        if act.act == EMPTY:
            result.settled.add(act.slot)
        elif act.act == SET and act.readings:
            open_between(result, act.slot, act.readings)
        elif act.act == SET:
            result.values[act.slot] = act.value
    if list(days):
        open_between(result, "meeting_date", days)
    elif list(hours):
        open_between(result, "meeting_time", hours)
    one_contact(result)
    return result


def open_between(result: Result, slot: str, readings: Iterable[str]) -> None:
    """Asks which of several days or hours is meant."""
    several = list(readings)
    day = slot == "meeting_date"
    buttons = date_buttons(several) if day else time_buttons(several)
    result.says.append(Say("utter_which_date" if day else "utter_which_time", buttons=buttons))
    result.pending = {"kind": "date" if day else "time", "readings": several}
    result.prompt = False


def one_contact(result: Result) -> None:
    """One of e-mail and telephone is enough: the other is asked for no more."""
    if "applicant_phone" in result.values:
        result.settled.add("applicant_email")
    elif "applicant_email" in result.values:
        result.settled.add("applicant_phone")
