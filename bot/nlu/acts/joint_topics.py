"""The topic that a question has together with what was told before it: 'jeg hører dårligt. Må jeg optage?'."""

from collections.abc import Sequence
from dataclasses import replace

from bot.nlu.intents.follow_ups import particular, together
from bot.nlu.intents.labels import Labels, Ranking
from bot.nlu.parts import Part
from bot.nlu.values import values_in
from common import acts
from common.acts import ASK, Act

_Parts = Sequence[tuple[Part, Labels]]
# What somebody asks who tells what makes it hard to remember or to understand.
_SPECIAL_NEEDS = "faq_special_needs"


def with_what_was_told(found: Sequence[Act], parts: _Parts) -> list[Act]:
    """The acts, a question with the topic it has together with a statement before it, where no other asks that."""
    days = {day for part, _ in parts for day in _values(part, "date")}
    # Of several meetings it is asked in general: 'jobcentret ringer den 8., og den 14. skal jeg møde op. Må jeg det?'
    told = [one for one in parts if not one[0].asks] if len(days) <= 1 else []
    starts = {part.start for part, _ in told}
    asked = {act.value for act in found if act.start not in starts}
    joined: list[Act] = []
    for act in found:
        topic = act.value if act.start in starts else _joint(act, [one for one in told if one[0].start < act.start])
        if topic == act.value or topic in asked:
            joined.append(act)
        else:
            joined = [one for one in joined if one.value != topic]
            joined.append(replace(act, value=topic, label=topic, about=particular(topic, act.words)))
    return joined


def _joint(act: Act, told: _Parts) -> str:
    """The topic of an act after these statements: its own, or the joint one with the last of them that has one."""
    for part, labels in reversed(told):
        topic = _SPECIAL_NEEDS if _values(part, "recording_grounds") else _likeliest_topic(labels.ranking)
        if act.act == ASK and (joint := together(topic, act.value)) != act.value:
            return joint
    return act.value


def _likeliest_topic(labels: Ranking) -> str:
    """The likeliest topic, where it is twice as likely as any other; else ""."""
    if labels and labels[0][0] == acts.WILL_ASK:
        return ""  # 'Jeg har fire spørgsmål:' tells of no topic
    asked = [(label, share) for label, share in labels if acts.named(label)[0] == ASK]
    return asked[0][0] if len(asked) > 1 and asked[0][1] >= 2 * asked[1][1] else ""


def _values(part: Part, entity: str) -> list[str]:
    return [str(value.value) for value in values_in(part.text) if value.entity == entity]
