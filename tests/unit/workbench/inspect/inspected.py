"""Events of conversations, as Rasa stores them."""

from typing import Any

from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

WISH = "jeg vil gerne optage på torsdag, (CPR-nummer skjult)"
AT = 1_796_115_600.0  # Tuesday 1 December 2026, 10:00 in Copenhagen


def said(
    id: str, text: str, intent: str, confidence: float = 0.9, values: tuple[dict[str, Any], ...] = (), **about: Any
) -> UserUttered:
    ranking = [{"name": intent, "confidence": confidence}, {"name": "out_of_scope", "confidence": 1 - confidence}]
    return UserUttered(
        text,
        {"name": intent, "confidence": confidence},
        list(values),
        {
            "intent": {"name": intent, "confidence": confidence},
            "intent_ranking": ranking,
            "entities": list(values),
            "text": text,
        },
        message_id=id,
        metadata={"cpr_masked": 0, **about},
        timestamp=AT + 60 * int(id),
    )


def answered(name: str, text: str = "Svar.", card: dict[str, Any] | None = None) -> BotUttered:
    return BotUttered(text, {"buttons": [], "custom": {"card": card} if card else None}, {"utter_action": name})


def tracker(*events: Event) -> DialogueStateTracker:
    found = DialogueStateTracker("samtale", [])
    for event in events:
        found.events.append(event)
    return found


def a_request() -> DialogueStateTracker:
    """A question, a request with a value and a CPR number, a button, and a receipt."""
    receipt = {"type": "receipt", "state": "delivered", "reference": "ABCD-2345", "rows": []}
    day = {"entity": "date", "value": {"future": ["2026-12-03"], "past": []}, "start": 21, "end": 31, "rule": "weekday"}
    return tracker(
        answered("utter_greet"),
        said("1", "må jeg optage?", "faq_may_i_record"),
        ActionExecuted("utter_faq_may_i_record", "RulePolicy", 1.0),
        answered("utter_faq_may_i_record"),
        ActionExecuted("action_listen", "RulePolicy", 1.0),
        said("2", WISH, "request_recording", values=(day,), cpr_masked=1),
        ActionExecuted("request_form", "RulePolicy", 1.0),
        ActiveLoop("request_form"),
        SlotSet("request_type", "recording"),
        SlotSet("meeting_date", "2026-12-03"),
        SlotSet("requested_slot", "meeting_department"),
        answered("utter_prompt_meeting_department"),
        said("3", "/affirm", "affirm", 1.0, title="Ja, send"),
        ActionExecuted("request_form", "RulePolicy", 1.0),
        answered("utter_receipt_delivered", card=receipt),
        SlotSet("meeting_date", None),
        SlotSet("request_type", None),
        SlotSet("requested_slot", None),
        ActiveLoop(None),
    )  # fmt: skip
