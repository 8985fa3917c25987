"""Outside a request, a message of uncertain meaning is asked about."""

from dataclasses import replace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.outside.answers import AskBack
from bot.nlu.certainty import UNDERSTOOD
from common.acts import SET, Act

FORGETS = Act(SET, ["memory"], slot="recording_grounds", to="recording")


def ask_back(told: list[Act], **ranking: float) -> list[str]:
    likely = [{"name": name, "confidence": share} for name, share in ranking.items()]
    kept = [act.kept() for act in told]
    latest = {"text": "han har adhd og husker ikke", "acts": kept, "intent": {"name": "nlu_fallback"}}
    tracker = Tracker("chat-1", {}, {**latest, "intent_ranking": likely}, [], False, None, {}, None)
    dispatcher = CollectingDispatcher()
    AskBack().run(dispatcher, tracker, {})
    return [message["response"] for message in dispatcher.messages]


def test_a_reason_is_answered_whether_told_or_asked_about() -> None:
    """Both intents have the same answer, so there is nothing to ask back about."""
    assert ask_back([FORGETS], faq_special_needs=0.7, inform=0.2) == ["utter_faq_special_needs"]


def test_the_shares_of_both_intents_of_a_reason_are_added() -> None:
    assert ask_back([FORGETS], faq_special_needs=UNDERSTOOD - 0.2, inform=0.19) == ["utter_did_you_mean"]
    assert ask_back([FORGETS], faq_special_needs=UNDERSTOOD - 0.2, inform=0.21) == ["utter_faq_special_needs"]


@pytest.mark.parametrize(
    ("told", "ranking"),
    [
        ([FORGETS], {"faq_special_needs": 0.5, "faq_notes": 0.3, "inform": 0.2}),  # may be another question
        ([], {"faq_special_needs": 0.7, "inform": 0.2}),  # no reason is told
        ([replace(FORGETS, value=["other"])], {"faq_special_needs": 0.7, "inform": 0.2}),
    ],
)
def test_a_message_with_two_possible_meanings_is_asked_about(told: list[Act], ranking: dict[str, float]) -> None:
    assert ask_back(told, **ranking) == ["utter_did_you_mean"]
