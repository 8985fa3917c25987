"""The maximum length of a conversation, and what a citizen can still do at its end."""

import pytest

from bot.channel.conversation_limit import ConversationLimit
from bot.channel.refusals import Refusal
from bot.conversations.tracker import Stored

LENGTH = ConversationLimit(turns=3, characters=5000)


def _said(*said: str) -> Stored:
    return Stored(turns=len(said), characters=len("".join(said)))


def _refused(said: Stored, text: str | None, unsent: bool = False, buttons: bool = False) -> str:
    with pytest.raises(Refusal) as refused:
        LENGTH.check(said, text, unsent, buttons)
    assert refused.value.status == 409 and refused.value.field is None
    assert "Din seneste besked er ikke sendt" in refused.value.message
    assert "Start en ny samtale, eller ring til Jura på 3821 4236." in refused.value.message
    return refused.value.message


@pytest.mark.parametrize("said", [(), ("hej", "hej"), ("x" * 4990, "x" * 9)])
def test_messages_up_to_the_limits_are_accepted(said: tuple[str, ...]) -> None:
    LENGTH.check(_said(*said), "x", unsent=True, buttons=False)


@pytest.mark.parametrize("said", [("hej",) * 3, ("hej",) * 300, ("x" * 4991, "x" * 9)])
def test_a_text_beyond_the_limits_is_refused(said: tuple[str, ...]) -> None:
    message = _refused(_said(*said), "x")
    assert "anmodning" not in message and "knapperne" not in message


def test_the_refusal_says_that_the_current_request_is_not_sent() -> None:
    message = _refused(_said(*["hej"] * 3), "ja, send", unsent=True, buttons=True)
    assert "Din anmodning er heller ikke sendt." in message
    assert "Du kan stadig bruge knapperne i det seneste svar." in message


def test_buttons_have_a_higher_limit_than_texts() -> None:
    LENGTH.check(_said(*["Ja, send"] * 22), None, unsent=True, buttons=True)
    LENGTH.check(_said("x" * 5000), None, unsent=True, buttons=True)
    message = _refused(_said(*["Ja, send"] * 23), None, unsent=True, buttons=True)
    assert "knapperne" not in message, "they work no more"
    assert "knapperne" not in _refused(_said(*["Ja, send"] * 23), "ja, send", unsent=True, buttons=True)
