"""Long messages do not end a conversation, although Rasa stops after ten actions in a turn."""

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from workbench.dialogues.format import DEFAULT_NOW

if TYPE_CHECKING:
    from workbench.shared.assistant import Assistant

QUESTIONS = (
    "Må jeg filme?",
    "Hvad lægger I vægt på?",
    "Hvem bestemmer, om jeg må optage?",
    "Kan jeg låne udstyr?",
    "Skal de andre vide det?",
    "Kan jeg få notater fra mødet?",
    "Hvad er adressen på Jura?",
    "Hvornår kan jeg ringe?",
    "Hvad med blåbærgrøden?",
    "Hvorfor ikke?",
    "Den anden.",
    "Ja tak.",
)


@pytest.mark.parametrize("wish", ["", "Jeg vil gerne søge om lov til at optage et møde. "], ids=["asks", "wishes"])
@pytest.mark.parametrize("in_form", [False, True], ids=["free", "in a request"])
def test_after_a_message_with_thirty_acts_the_conversation_continues(
    assistant: "Assistant", wish: str, in_form: bool
) -> None:
    from workbench.dialogues.web_citizen import WebCitizen

    citizen = WebCitizen(assistant, datetime.fromisoformat(DEFAULT_NOW), "up")
    if in_form:
        citizen.say("Jeg vil gerne have referatet af et møde", False)
    for _ in range(2):
        turn = citizen.say(wish + " ".join(QUESTIONS[number % len(QUESTIONS)] for number in range(30)), False)
        assert turn.messages
    last = citizen.say("Hvad er adressen på Jura?", False)
    names = {message["name"] for message in last.messages}
    assert names & {"utter_faq_contact", "utter_simple_contact"}, names
