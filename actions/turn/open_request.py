"""What is known of the request under way, how it changes, and how it is said and asked for."""

from datetime import date, datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import moment_set, names_said
from actions.deadlines import telephone_now
from actions.request import wording
from actions.say import Say
from actions.turn import between, meetings
from actions.turn.again import in_other_words
from actions.turn.result import Kind, Result
from common.clock import COPENHAGEN, now
from common.danish import format_date
from common.markdown import Markdown, escaped, filled
from common.request import ASKED_AGAIN
from common.slots import (
    ASKED_OF_A_MEETING,
    BEHALF,
    BESIDE,
    BOOKKEEPING,
    KEPT,
    MEETING,
    ORDER,
    OWN_REASON,
    PARTS,
    asked_together,
    is_settled,
)

# What is asked for together is asked for in words of its own, and so is a meeting that has been.
_TOGETHER = {
    ("meeting_department", "meeting_kind", "meeting_date"): "utter_prompt_meeting_department_and_when",
    ("meeting_department", "meeting_date"): "utter_prompt_meeting_department_and_date",
    ("meeting_department", "meeting_kind"): "utter_prompt_meeting_department_and_kind",
    ("meeting_kind", "meeting_date"): "utter_prompt_meeting_kind_and_date",
    ("applicant_name", "applicant_email"): "utter_prompt_applicant_name_and_contact",
}
_FOR_NOTES = {
    "utter_prompt_meeting_department_and_when": "utter_prompt_meeting_department_and_when_notes",
    "utter_prompt_meeting_department_and_date": "utter_prompt_meeting_department_and_date_notes",
    "utter_prompt_meeting_department_and_kind": "utter_prompt_meeting_department_and_kind_notes",
    "utter_prompt_meeting_kind_and_date": "utter_prompt_meeting_kind_and_date_notes",
    "utter_prompt_meeting_department": "utter_prompt_meeting_department_notes",
    "utter_prompt_meeting_date": "utter_prompt_meeting_date_notes",
}
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
        self.meetings: list[meetings.Meeting] = [dict(one) for one in tracker.get_slot("meetings") or ()]
        self.about = min(int(tracker.get_slot("asking_about") or 0), max(0, len(self.meetings) - 1))
        self.together: tuple[str, ...] = tuple(tracker.get_slot("request_together") or ())
        self.asked_once: set[str] = set(tracker.get_slot("request_asked") or ())
        self._mirror_the_meeting()

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
        self.meetings, self.about = [], 0
        self.together, self.asked_once = (), set()

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
        if "recording_explanation" in result.values:
            self.settled.discard(OWN_REASON)  # another text may be of another
        self.settled = (self.settled | result.settled) - result.reopened - set(result.values)
        self.settled |= {slot for slot, value in result.values.items() if value is None}
        if "meeting_date" in result.settled and "meeting_time" not in result.values:
            # No day, no hour: what the review does not show is not sent.
            self.known.pop("meeting_time", None)
        if not self.known.get("behalf_relation"):
            self.known = {slot: value for slot, value in self.known.items() if slot not in BEHALF}
        if self.known.get("meeting_recurrence") and "meeting_date" not in self.known:
            # The day is that of the first one, where it was said.
            self.settled.add("meeting_date")
        self._take_meetings(result)

    def _take_meetings(self, result: Result) -> None:
        """The meeting asked about as it is now, those that are told beside it, and without those that are taken out."""
        self._mirror_the_meeting()
        if not self._has_meetings():
            return
        for place, told in result.fills:
            if place < len(self.meetings):
                self.meetings[place] = {**told, **self.meetings[place]}
        for place, new in result.moves:
            self.meetings[place] = {**self.meetings[place], **new}
        if result.moves:
            self._ask_about(self.about)
        self.meetings, too_many = meetings.added(self.meetings, result.adds, self.about)
        if too_many:
            result.says.append(Say("utter_most_meetings"))
        left = [place for place in range(len(self.meetings)) if place not in result.removes]
        if result.removes and left:
            about = left.index(self.about) if self.about in left else 0
            self.meetings = [self.meetings[place] for place in left]
            self._ask_about(about)

    def _mirror_the_meeting(self) -> None:
        """Of the meeting asked about, `meetings` holds what the single slots hold; a question leaves them."""
        if self._has_meetings():
            self.meetings[self.about : self.about + 1] = [meetings.told_of(self.known, self.settled)]

    def _has_meetings(self) -> bool:
        """Whether this kind of request is about meetings."""
        return not ASKED_OF_A_MEETING.isdisjoint(ORDER.get(str(self.known.get("request_type")), ()))

    def _ask_about(self, place: int) -> None:
        """The single slots mirror that meeting from now on."""
        self.about = place
        self.known, self.settled = meetings.asked_about(self.meetings[place], self.known, self.settled)
        self.former = {slot: held for slot, held in self.former.items() if slot not in MEETING}

    def _to_the_next_meeting(self) -> None:
        """Turns to a meeting of which something is to be asked, and says which it is."""
        several = self._has_meetings() and len(self.meetings) > 1
        if several and (place := meetings.first_open(self.meetings, self.about)) != self.about:
            self._ask_about(place)
            told = wording.noted(self.meetings[place])
            fill = {"number": str(place + 1), "count": str(len(self.meetings)), "noted": told}
            self._utter(Say("utter_next_meeting_of" if told else "utter_next_meeting", fill))

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
        self.together = self._together(slot)
        if prompt and self._asks_in_between(slot):
            assert self.pending is not None
            question = between.question(self.pending, self.known.get("request_type"), self.meetings)
            self._utter(in_other_words(question, self.said))
        elif prompt and slot == "review":
            self._review()
        elif prompt:
            fill = {"who": self.known.get("behalf_who") or "den, det handler om"}
            self._utter(Say(self._prompt(slot), fill if slot == "behalf_name" else {}))
        return [*self._slots(), SlotSet("requested_slot", slot)]

    def _together(self, slot: str) -> tuple[str, ...]:
        """What is asked for with this slot: the others of its question, until that was answered in part."""
        asked = asked_together(slot, self.known, self.settled)
        question = f"{asked[-1]} {self.about}"
        if asked == self.together or (len(asked) > 1 and question not in self.asked_once):
            self.asked_once.add(question)
            return asked
        return (slot,)

    def _asks_in_between(self, slot: str) -> bool:
        """Whether a question in between is asked in place of the slot's own. Which day it is waits for its turn."""
        if self.pending and self.pending["kind"] == "date":
            self.pending["waits"] = slot not in ("meeting_date", "review")
            return not self.pending["waits"]
        return bool(self.pending and self.pending["kind"] in ASKED_AGAIN)

    def _prompt(self, slot: str) -> str:
        prompt = _TOGETHER.get(self.together, f"utter_prompt_{slot}")
        return _FOR_NOTES.get(prompt, prompt) if self.known.get("request_type") == "notes" else prompt

    def _review(self) -> None:
        rows = wording.rows(self.known, self.meetings, settled=self.settled)
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
            SlotSet("request_together", list(self.together)),
            SlotSet("request_asked", sorted(self.asked_once)),
            SlotSet("meetings", self.meetings if self.meetings and self._has_meetings() else None),
            SlotSet("asking_about", self.about),
            SlotSet("privacy_shown", True),
        ]
