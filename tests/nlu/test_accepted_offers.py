"""A yes that says more than yes begins the request offered; a yes alone, or one to something else, does not."""

import asyncio
from typing import Any

import pytest

from common.acts import START

_BUTTONS = [
    {"title": "Hvad lægger I vægt på?", "payload": "/faq_criteria"},
    {"title": "Bed om lov til at optage", "payload": "/request_recording"},
]


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("ja tak, det vil vi gerne", True),
        ("Ja, det er den 10. hos jobcentret", True),
        ("ja, det vil vi meget gerne. det er min bror, der glemmer", True),
        ("ja, gør det", True),
        ("ja tak", False),
        ("det er den 10.", False),
        ("ja, det vil jeg gerne vide mere om", False),
        ("nej tak, det vil jeg ikke", False),
        ("ja ja jeg har jo lige søgt. må vi filme den 16. på video, hvis vi ikke har hørt noget?", False),
    ],
)
def test_a_yes_that_says_more_begins_the_request_offered(agent: Any, text: str, begins: bool) -> None:
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.events import BotUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    answer = BotUttered("Du kan få lov.", {"buttons": _BUTTONS}, {"utter_action": "utter_faq_may_i_record"})
    tracker = DialogueStateTracker.from_events("a", [answer], domain=agent.domain)
    parsed = asyncio.run(agent.processor.parse_message(UserMessage(text), tracker))
    begun = {act["value"] for act in parsed["acts"] if act["act"] == START}
    assert begun == ({"recording"} if begins else set())
