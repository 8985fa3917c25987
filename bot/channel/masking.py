"""Masks CPR numbers in a citizen's message, also numbers split over several messages."""

from bot.channel import refusals
from bot.channel.transcript import Turn, citizen_texts
from common import cpr, patterns, plain_text
from common.memo import one_message

# How many earlier messages may hold the first part of a number.
_EARLIER_MESSAGES = 2


def masked(text: str, conversation: list[Turn]) -> tuple[str, int]:
    """The cleaned and masked text, and how many numbers were masked.

    Raises the 422 Refusal when the search takes too long: an unmasked text must not be stored.
    """
    answers = conversation[-1].answers if conversation else []
    question = "\n".join(str(answer["text"]) for answer in answers)
    earlier = _since_last_mask(citizen_texts(conversation)[-_EARLIER_MESSAGES:])
    try:
        with one_message(), patterns.budget():
            # Cleaned first: invisible characters between digits would hide a number.
            return cpr.mask_after(plain_text.cleaned(text), earlier, question)
    except patterns.OutOfTime:
        raise refusals.unreadable() from None


def _since_last_mask(texts: list[str]) -> list[str]:
    """The messages from the last masked one on: a masked number is complete, so what precedes it begins none."""
    masked_at = [place for place, text in enumerate(texts) if cpr.MASK in text]
    return texts[masked_at[-1] :] if masked_at else texts
