"""Actions room: what a message answers to the choice asked for, by what was learnt from citizens' answers. Pure.

The phrases of data/values/choices.yml are few and say the same wherever they stand; what citizens answer is endless.
On 440 answers that neither knew, phrases alone got 248 right, both together as here 386, and 14 wrong.
"""

from typing import Any

from actions.message import Answer, Message

# A value counts as answered from here on.
_LIKELY = 0.4
# As near as this, two values are as good as each other: asked again.
_NEAR = 0.1
# A phrase counts only where the message, or its clause, could be the answer that the phrase stands for.
_POSSIBLE = 0.2
# Of a choice that was not asked for, it must say so itself: 'de ringer bare til mig' is no purpose.
_SAID = 0.4
_OFTEN_BY_CHANCE = ("recording_purpose", "recording_grounds", "support_person_possible")
# A second ground beside the likeliest.
_ALSO = 0.75
SEVERAL = {"recording_grounds"}
_YES = 0.7


def learned(message: Message, slot: str, least: float = _LIKELY) -> list[str]:
    """The values with which the message answers the slot, `least` so probably; none where that is in doubt."""
    denied = {value for found in message.found if found.negated and isinstance(value := found.value, str)}
    shares = {value: one.whole for value, one in message.answers(slot).items() if value not in denied}
    likely = sorted((value for value, share in shares.items() if share >= least), key=lambda value: -shares[value])
    if slot in SEVERAL or not likely:
        return [value for value in likely if value == likely[0] or shares[value] >= _ALSO]
    near = [value for value, share in shares.items() if value != likely[0] and shares[likely[0]] - share < _NEAR]
    return [] if near else likely[:1]


def possible(message: Message, slot: str, value: Any, asked: str | None) -> bool:
    """Whether a phrase's value can be meant. Where nothing was learnt (a button, a test of phrases alone), it can."""
    if not any(found.entity == "answer" for found in message.found):
        return True
    if any(found.negated and found.entity == slot for found in message.found):
        return True  # 'lyd i stedet for video' says it itself
    if slot != asked and slot not in _OFTEN_BY_CHANCE:
        return True
    known = message.answers(slot)
    least = _POSSIBLE if slot == asked else _SAID
    return all(known.get(one, Answer()).part >= least for one in _listed(value))


def agrees(message: Message) -> bool:
    """Whether the message as a whole is a plain yes to the terms or to sending, as far as was learnt."""
    shares = message.answers("agreement")
    best = max(shares, key=lambda value: shares[value].whole, default=None)
    return best == "yes" and shares["yes"].whole >= _YES


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
