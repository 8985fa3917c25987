"""What a recording is for beside the citizen's own use."""

from bot.nlu.acts.request import learned_answers
from bot.nlu.acts.request.clauses import as_message
from bot.nlu.acts.request.limits import MAY_BE_TOLD
from bot.nlu.acts.request.message import Message
from bot.nlu.acts.request.slot_values import Reading
from bot.nlu.values.lexicon import load
from bot.nlu.values.people.mentions import mark_people
from common import patterns

_PURPOSE = "recording_purpose"
# 'Til mig selv og så til min arkitekt', and not 'til mit eget brug'.
_ALSO_FOR = patterns.compile(
    r"\b(?:mig|os)\b(?: selv)?,? (?:og|samt|plus|men) (?:(?:så|også|måske|lidt|sikkert|nok) ){0,2}(?:til )?"
    r"(?:min|mine) (?P<who>(?!egn?e?n?\b|egne\b|hukommelse|familie)[^\W\d_]{3,})",
    patterns.IGNORECASE,
)


def read_further_purpose(message: Message, asked: str | None, reading: Reading) -> None:
    """A clause that tells of another use makes it more than the citizen's own: 'til mig selv, og så til en klage'."""
    clauses = (as_message(message, one.start, one.end, learned=True) for one in message.clauses)
    told = (one for one in clauses if asked == _PURPOSE and _PURPOSE in learned_answers.told_of(one, MAY_BE_TOLD))
    further = any(found.value == "other" for one in told if not one.is_question for found in one.values(_PURPOSE))
    if further or _is_also_for_others(message.text):
        reading.values[_PURPOSE] = "other"


def _is_also_for_others(text: str) -> bool:
    """Whether it is also for somebody who is no family: 'til mig selv og så til min arkitekt'."""
    family = {str(one) for one in load("choices")["lists"]["familie"]}
    others = (found["who"] for found in _ALSO_FOR.finditer(text))
    kin = ("relative", "child")
    return any(
        who.lower() not in family and not any(one.kind in kin for one in mark_people(f"min {who}").people.values())
        for who in others
    )
