"""How long a conversation may become, and what a citizen can still do at its end."""

from dataclasses import dataclass

from bot.channel.refusals import conversation_full
from bot.channel.transcript import Turn, offered

# Buttons are pressed on for a while beyond the end: who has answered all questions of a request can still send it by
# 'Ja, send', take it back, or read the answer that a button promises. Words could go on for ever; and what a button
# says is ours, and short.
_BUTTONS_AFTER_THE_END = 20


@dataclass(frozen=True)
class Length:
    """The most turns and characters of a citizen in one conversation."""

    turns: int
    characters: int

    def check(self, conversation: list[Turn], text: str | None, unsent: bool) -> None:
        """Raises the 409 Refusal where one more turn is too much.

        `text`: None for a button; `unsent`: whether a request is under way.
        """
        said = [turn.said for turn in conversation if turn.said is not None]
        last_press = self.turns + _BUTTONS_AFTER_THE_END
        if text is None:
            if len(said) >= last_press:
                raise conversation_full(unsent, buttons=False)
        elif len(said) >= self.turns or sum(map(len, said)) + len(text) > self.characters:
            raise conversation_full(unsent, buttons=bool(offered(conversation)) and len(said) < last_press)
