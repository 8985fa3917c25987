"""What is known of the request under way, how it changes, and how it is said and asked for."""

from datetime import date, datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wording
from actions.answers import telephone_now
from actions.conversation import moment_set, names_said
from actions.turn import between
from actions.turn.again import in_other_words
from actions.turn.result import Kind, Result, Say
from common.clock import COPENHAGEN, now
from common.danish import format_date
from common.markdown import Markdown, escaped, filled
from common.request import ASKED_AGAIN
from common.slots import BESIDE, BOOKKEEPING, KEPT, ORDER, PARTS, is_settled

_PROMPTS_FOR_NOTES = {"meeting_department", "meeting_date"}
# What keeps an answer that is to be given anew.
_REOPENS = (Kind.CORRECTION, Kind.BACK)


class OpenRequest:
    """The request under way as the tracker has it, and the dispatcher that speaks of it."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        """Reads what is known from the tracker."""
        self.dispatcher = dispatcher
        self.tracker = tracker
        self.known: dict[str, Any] = {slot: tracker.get_slot(slot) for slot in PARTS}
        self.known = {slot: value for slot, value in self.known.items() if value is not None}
        self._date_the_terms()
        self.settled = set(tracker.get_slot("request_settled") or ())
        self.failures = int(tracker.get_slot("request_failures") or 0)
        self.draft = tracker.get_slot("request_draft")
        self.pending: dict[str, Any] | None = None
        self.former: dict[str, Any] = dict(tracker.get_slot("request_former") or {})
        self.waiting: dict[str, Any] | None = tracker.get_slot("request_waiting")
        self.said = names_said(tracker)

    def _date_the_terms(self) -> None:
        """A yes from a version that kept no moment: it was said when the slot was set; where that is unknown, never."""
        if not self.known.get("terms_accepted") or self.known.get("terms_accepted_at"):
            return
        moment = moment_set(self.tracker, "terms_accepted", True)
        if moment is None:
            self.known.pop("terms_accepted")
            return
        self.known["terms_accepted_at"] = datetime.fromtimestamp(moment, COPENHAGEN).isoformat(timespec="seconds")

    def _clear(self, keep: tuple[str, ...] = KEPT) -> None:
        self.known = {slot: value for slot, value in self.known.items() if slot in keep}
        # One of e-mail and telephone was enough the first time, and is again.
        contacts = {"applicant_email", "applicant_phone"}
        self.settled = contacts - set(self.known) if contacts & set(self.known) else set()
        self.failures = 0
        self.former = {}

    def _take(self, result: Result) -> None:
        """What is known and settled changes as was decided; what is opened again is remembered as it was."""
        if result.kind in _REOPENS:
            self._remember(result.reopened)
        self.known |= result.values
        self.known = {s: v for s, v in self.known.items() if s not in result.reopened and v is not None}
        if result.values.get("terms_accepted"):
            self.known["terms_accepted_at"] = now().isoformat(timespec="seconds")
        elif not self.known.get("terms_accepted"):
            self.known.pop("terms_accepted_at", None)
        self.settled = (self.settled | result.settled) - result.reopened - set(result.values)
        self.settled |= {slot for slot, value in result.values.items() if value is None}
        if "meeting_date" in result.settled and "meeting_time" not in result.values:
            # No day, no hour: what the review does not show is not sent.
            self.known.pop("meeting_time", None)

    def _remember(self, reopened: set[str]) -> None:
        for slot in sorted(reopened):
            asked_as = "meeting_date" if slot == "meeting_time" else slot
            values = {part: self.known[part] for part in (slot, *BESIDE.get(slot, ())) if part in self.known}
            if values or slot in self.settled:
                before = self.former.get(asked_as) or {"values": {}}
                self.former[asked_as] = {"values": before["values"] | values, "settled": slot in self.settled}

    def _say(self, result: Result) -> None:
        for say in result.says:
            fill = dict(say.fill)
            if fill.get("date"):
                fill["date"] = wording.capital(format_date(date.fromisoformat(fill["date"])))
            self._utter(Say(say.response, fill, say.buttons))
            if say.response == "utter_faq_opening_hours":
                self._utter(telephone_now(now()))

    def _utter(self, say: Say, card: dict[str, Any] | None = None) -> None:
        buttons = [{"title": title, "payload": payload} for title, payload in say.buttons]
        custom = {"card": card} if card else None
        self.dispatcher.utter_message(response=say.response, buttons=buttons, json_message=custom, **filled(say.fill))

    def _ask(self, slot: str, prompt: bool = True) -> list[EventType]:
        kept = {s: held for s, held in self.former.items() if s == slot or not is_settled(s, self.known, self.settled)}
        self.former = kept
        if prompt and self._asks_in_between(slot):
            assert self.pending is not None
            question = between.question(self.pending, self.known.get("request_type"))
            self._utter(in_other_words(question, self.said))
        elif prompt and slot == "review":
            self._review()
        elif prompt:
            self.dispatcher.utter_message(response=self._prompt(slot))
        return [*self._slots(), SlotSet("requested_slot", slot)]

    def _asks_in_between(self, slot: str) -> bool:
        """Whether a question in between is asked in place of the slot's own. Which day it is waits for its turn."""
        if self.pending and self.pending["kind"] == "date":
            self.pending["waits"] = slot not in ("meeting_date", "review")
            return not self.pending["waits"]
        return bool(self.pending and self.pending["kind"] in ASKED_AGAIN)

    def _prompt(self, slot: str) -> str:
        if slot in _PROMPTS_FOR_NOTES and self.known.get("request_type") == "notes":
            return f"utter_prompt_{slot}_notes"
        if slot == "applicant_phone" and self.known.get("applicant_email"):
            return "utter_prompt_applicant_phone_optional"
        return f"utter_prompt_{slot}"

    def _review(self) -> None:
        rows = wording.rows(self.known)
        lines = "\n".join(f"- **{row['label']}:** {escaped(row['value'])}" for row in rows)
        self._utter(Say("utter_review", {"lines": Markdown(lines)}), {"type": "review", "rows": rows})

    def _shown(self, values: dict[str, Any]) -> str:
        """Of these values, those that the kind of request has, in one line."""
        slots = ORDER[values["request_type"]]
        beside = [slot for of in slots for slot in BESIDE.get(of, ())]
        return wording.noted({slot: value for slot, value in values.items() if slot in (*slots, *beside)})

    def _emptied(self, keep: tuple[str, ...]) -> list[EventType]:
        return [
            *(SlotSet(slot, self.known.get(slot) if slot in keep else None) for slot in PARTS),
            *(SlotSet(slot, None) for slot in BOOKKEEPING),
            SlotSet("privacy_shown", True),
        ]

    def _slots(self) -> list[EventType]:
        return [
            *(SlotSet(s, self.known.get(s)) for s in PARTS if self.known.get(s) != self.tracker.get_slot(s)),
            # These always: a form whose action sets nothing counts as refused.
            SlotSet("request_draft", self.draft),
            SlotSet("request_settled", sorted(self.settled)),
            SlotSet("request_failures", self.failures),
            SlotSet("request_pending", self.pending),
            SlotSet("request_former", self.former or None),
            SlotSet("request_waiting", self.waiting),
            SlotSet("privacy_shown", True),
        ]
