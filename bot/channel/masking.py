"""What a citizen writes, as it may be kept: CPR numbers masked, those too that are split over several messages."""

from bot.channel import refusals
from bot.channel.transcript import Turn
from common import cpr, patterns, plain_text

# So many of the citizen's last messages may hold the beginning of a number.
_LAST = 2


def masked(text: str, conversation: list[Turn]) -> tuple[str, int]:
    """The text, cleaned and masked, and how many numbers were; raises the Refusal of a text that cannot be masked."""
    said = [turn.said for turn in conversation if turn.said is not None]
    answers = conversation[-1].answers if conversation else []
    asked = "\n".join(str(answer["text"]) for answer in answers)
    try:
        with patterns.budget():
            # Cleaned first: what is hidden between its figures must not hide a number.
            return cpr.mask_after(plain_text.cleaned(text), _open(said[-_LAST:]), asked)
    except patterns.OutOfTime:
        raise refusals.unreadable() from None


def _open(said: list[str]) -> list[str]:
    """The messages from the last one in which a number was masked: what came before it is complete."""
    masked_in = [place for place, text in enumerate(said) if cpr.MASK in text]
    return said[masked_in[-1] :] if masked_in else said
