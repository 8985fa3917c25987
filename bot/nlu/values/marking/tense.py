"""Of several days, drops the reading (to come or past) that the verb beside each excludes.

A day alone keeps both readings: 'det var den 10. december' is also said of an appointment to come.
"""

from dataclasses import replace

from bot.nlu.values.marking.aside import parts_of, telling
from bot.nlu.values.model import Value


def mark_tense(values: list[Value], text: str) -> list[Value]:
    """The same values; where one day has a verb of the past and another one of the future, each keeps that reading."""
    own = [place for place, value in enumerate(values) if value.entity == "date" and not (value.negated or value.aside)]
    if len({str(values[place].value) for place in own}) < 2:
        return values
    said = [part.text for part in parts_of("date", [values[place] for place in own], values, text)]
    been = {place for place, words in zip(own, said, strict=True) if _only("been", "to_come", words)}
    to_come = {place for place, words in zip(own, said, strict=True) if _only("to_come", "been", words)}
    if not been or not to_come:
        return values
    return [
        _without(value, "future") if place in been else _without(value, "past") if place in to_come else value
        for place, value in enumerate(values)
    ]


def _only(wanted: str, other: str, words: str) -> bool:
    return bool(telling(wanted).search(words)) and not telling(other).search(words)


def _without(value: Value, direction: str) -> Value:
    """The day without its readings in that direction ('future' or 'past'), where others are left."""
    if value.value["kind"] != "exact" or not (value.value["future"] and value.value["past"]):
        return value
    return replace(value, value={**value.value, direction: []})
