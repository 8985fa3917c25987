"""'første møde var 2. november, det næste er den 4. januar': one day has been, and one is to come.

Where several days are named, the verb beside each says which way it lies. A day alone keeps both readings: 'det var
den 10. december' is also what people say of an appointment.
"""

from dataclasses import replace

from bot.nlu.values.marking.aside import parts_of, telling
from bot.nlu.values.model import Value


def by_tense(values: list[Value], text: str) -> list[Value]:
    """The same values; of two days or more, each keeps the reading that its verb allows, where both ways occur."""
    own = [place for place, one in enumerate(values) if one.entity == "date" and not (one.negated or one.aside)]
    if len({str(values[place].value) for place in own}) < 2:
        return values
    said = [part.text for part in parts_of("date", [values[place] for place in own], values, text)]
    been = {place for place, words in zip(own, said, strict=True) if _only("been", "to_come", words)}
    to_come = {place for place, words in zip(own, said, strict=True) if _only("to_come", "been", words)}
    if not been or not to_come:
        return values
    return [
        _without(one, "future") if place in been else _without(one, "past") if place in to_come else one
        for place, one in enumerate(values)
    ]


def _only(wanted: str, other: str, words: str) -> bool:
    return bool(telling(wanted).search(words)) and not telling(other).search(words)


def _without(one: Value, direction: str) -> Value:
    """The day without its readings in that direction, where others are left."""
    if one.value["kind"] != "exact" or not (one.value["future"] and one.value["past"]):
        return one
    return replace(one, value={**one.value, direction: []})
