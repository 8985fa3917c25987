"""Limits the length of a conversation, in turns and characters of the citizen."""

from dataclasses import dataclass

from bot.channel.refusals import conversation_full
from bot.conversations.tracker import Stored

# Buttons work for some turns beyond the limit, so that a request that is filled in can still be sent or cancelled.
# Their texts are ours and short.
_EXTRA_BUTTON_TURNS = 20


@dataclass(frozen=True)
class ConversationLimit:
    """The most turns and characters of a citizen in one conversation."""

    turns: int
    characters: int

    def check(self, said: Stored, text: str | None, unsent: bool, buttons: bool) -> None:
        """Raises the 409 Refusal when the conversation has no room for one more turn.

        `text`: None for a button; `unsent`: whether a request is begun and not sent; `buttons`: whether the last turn
        offers some.
        """
        button_turns = self.turns + _EXTRA_BUTTON_TURNS
        if text is None:
            if said.turns >= button_turns:
                raise conversation_full(unsent, buttons=False)
        elif said.turns >= self.turns or said.characters + len(text) > self.characters:
            raise conversation_full(unsent, buttons=buttons and said.turns < button_turns)
