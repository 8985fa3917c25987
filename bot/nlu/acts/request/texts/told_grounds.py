"""The sentences of a reason that tell one ground and nothing else."""

from bot.nlu.acts.request.limits import WORDS_OF_A_GROUND
from bot.nlu.acts.request.message import Found, Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.texts.ground_mentions import said_of_grounds
from bot.nlu.acts.request.texts.removed_words import without_spans
from bot.nlu.values import values_in


def without_ground(text: str, ground: str, *, for_another: bool) -> str | None:
    """The text without the short sentences that tell only this ground; None where none or all do.

    A longer one says more, and stays in the citizen's words. `for_another`: whether the reason is another person's.
    """
    gone = [span for span in sentence_spans(text) if _tells_only(text[slice(*span)], ground, for_another)]
    return without_spans(text, gone) if gone else None


def _tells_only(said: str, ground: str, for_another: bool) -> bool:
    found = tuple(Found(v.entity, v.value, v.start, v.end, v.negated, v.rule) for v in values_in(said))
    message = Message(said, "inform", 0.0, found)
    return message.words <= WORDS_OF_A_GROUND and said_of_grounds(message, for_another=for_another).told == [ground]
