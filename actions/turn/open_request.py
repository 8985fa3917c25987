"""The request under way: its slots, how a result changes them, and how it is shown and asked for."""

from datetime import date, datetime
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import moment_set, names_said
from actions.deadlines import telephone_now
from actions.request import wording
from actions.say import Say
from actions.turn import meetings, prompts, questions
from actions.turn.repetition import in_other_words
from actions.turn.result import Kind, Result
from actions.turn.slot_types import Former, Kept, Meeting, Pending, Snapshot, Wish
from actions.turn.undo import restored, snapshot, undoable, with_button
from common.clock import COPENHAGEN, now
from common.danish import format_date
from common.markdown import Markdown, escaped, filled
from common.request import ASKED_AGAIN
from common.slots import (
    ASKED_OF_A_MEETING,
    BEHALF,
    BESIDE,
    BINDING,
    BOOKKEEPING,
    KEPT,
    MEETING,
    ORDER,
    OWN_REASON,
    PARTS,
    SUPPORT_PERSON_TEXT,
    TOLD_BESIDE,
    asked_in_one,
    is_settled,
    question_key,
)

# Reopened slots are remembered after these.
_REOPENS = (Kind.CORRECTION, Kind.BACK)


class OpenRequest:
    """The request in the tracker's slots, and the dispatcher that its replies go to."""

    def __init__(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
        self.dispatcher = dispatcher
        self.tracker = tracker
        self.known: dict[str, Any] = {slot: tracker.get_slot(slot) for slot in PARTS}
        self.known = {slot: value for slot, value in self.known.items() if value is not None}
        self._set_terms_moment()
        self.settled = set(tracker.get_slot("request_settled") or ())
        self.failures = int(tracker.get_slot("request_failures") or 0)
        self.draft = tracker.get_slot("request_draft")
        self.pending: Pending | None = None
        self.former: dict[str, Former] = dict(tracker.get_slot("request_former") or {})
        self.waiting: Wish | None = tracker.get_slot("request_waiting")
        self.said = names_said(tracker)
        self.meetings: list[Meeting] = [dict(one) for one in tracker.get_slot("meetings") or ()]
        self.about = min(int(tracker.get_slot("asking_about") or 0), max(0, len(self.meetings) - 1))
        self.together: tuple[str, ...] = tuple(tracker.get_slot("request_together") or ())
        self.asked_once: set[str] = set(tracker.get_slot("request_asked") or ())
        self._mirror_meeting()
        self._before = self._snapshot()

    def _snapshot(self) -> Snapshot:
        return snapshot(self.known, self.settled, self.meetings, self.about)

    def _set_terms_moment(self) -> None:
        """Dates a yes without `terms_accepted_at` (an older version's) by its slot event; without one drops the yes."""
        if not self.known.get("terms_accepted") or self.known.get("terms_accepted_at"):
            return
        moment = moment_set(self.tracker, "terms_accepted", True)
        if moment is None:
            self.known.pop("terms_accepted")
            return
        self.known["terms_accepted_at"] = datetime.fromtimestamp(moment, COPENHAGEN).isoformat(timespec="seconds")

    def _clear(self, keep: tuple[str, ...] = KEPT) -> None:
        self.known = {slot: value for slot, value in self.known.items() if slot in keep}
        # One of e-mail and telephone is enough (request.md).
        contacts = {"applicant_email", "applicant_phone"}
        self.settled = contacts - set(self.known) if contacts & set(self.known) else set()
        self.failures = 0
        self.former = {}
        self.meetings, self.about = [], 0
        self.together, self.asked_once = (), set()

    def _take(self, result: Result) -> None:
        """Takes over a result: values, settled and reopened slots, meetings."""
        if result.restores:
            again = restored(result.restores, self._snapshot())
            self.known |= again["known"]
            self.settled, self.meetings = set(again["settled"]), again["meetings"]
            if self.meetings:
                self._ask_about(again["about"])
        if result.kind in _REOPENS:
            self._remember(result.reopened)
        self.known |= result.values
        self.known = {s: v for s, v in self.known.items() if s not in result.asked_anew and v is not None}
        self.known |= {TOLD_BESIDE: ""} if TOLD_BESIDE in result.reopened else {}
        if result.values.get("terms_accepted"):
            self.known["terms_accepted_at"] = now().isoformat(timespec="seconds")
        elif not self.known.get("terms_accepted"):
            self.known.pop("terms_accepted_at", None)
        if "recording_explanation" in result.values:
            self.settled.discard(OWN_REASON)  # the new text may be about the other person
        self.settled = (self.settled | result.settled) - result.reopened - set(result.values)
        self.settled |= {slot for slot, value in result.values.items() if value is None}
        if TOLD_BESIDE in self.settled and not self.known.get(TOLD_BESIDE):
            self.known.pop(TOLD_BESIDE, None)
        if self.known.get("support_person_possible") == "no":
            self.known.pop(SUPPORT_PERSON_TEXT, None)  # nobody comes
        if "meeting_date" in result.settled and "meeting_time" not in result.values:
            # Without a day the review shows no hour, and what it does not show is not sent.
            self.known.pop("meeting_time", None)
        if not self.known.get("behalf_relation"):
            self.known = {slot: value for slot, value in self.known.items() if slot not in BEHALF}
        if self.known.get("meeting_recurrence") and "meeting_date" not in self.known:
            # For recurring meetings the day of the first one is optional (request.md).
            self.settled.add("meeting_date")
        self._take_meetings(result)

    def _take_meetings(self, result: Result) -> None:
        """Takes over what a result says of meetings: values, new ones, removed ones."""
        self._mirror_meeting()
        if not self._has_meetings():
            return
        for place, new in result.fills:
            if place < len(self.meetings):
                self.meetings[place] = {**new, **self.meetings[place]}
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
        corrected = {self.about, *(left.index(place) for place, _ in result.moves if place in left)}
        if result.kind is Kind.CORRECTION and (equal := meetings.equal_ones(self.meetings, corrected)):
            self._make_one(*equal, result)

    def _make_one(self, earlier: int, later: int, result: Result) -> None:
        """Keeps one of two meetings that a correction has made equal, with what is known of either."""
        fill = {"first": str(earlier + 1), "second": str(later + 1)}
        result.says.append(Say("utter_meetings_made_one", fill))
        gone = self.meetings.pop(later)
        self.meetings[earlier] = {**gone, **self.meetings[earlier]}
        self._ask_about(earlier if self.about == later else self.about - (self.about > later))

    def _mirror_meeting(self) -> None:
        """Copies the single slots into the meeting that is asked about (request.md, Slots)."""
        if self._has_meetings():
            self.meetings[self.about : self.about + 1] = [meetings.told_of(self.known, self.settled)]

    def _has_meetings(self) -> bool:
        return not ASKED_OF_A_MEETING.isdisjoint(ORDER.get(str(self.known.get("request_type")), ()))

    def _ask_about(self, place: int) -> None:
        """Makes the single slots mirror that meeting."""
        self.about = place
        self.known, self.settled = meetings.asked_about(self.meetings[place], self.known, self.settled)
        self.former = {slot: held for slot, held in self.former.items() if slot not in MEETING}

    def _to_next_meeting(self) -> None:
        """Turns to the next meeting that has open slots, and says which it is."""
        several = self._has_meetings() and len(self.meetings) > 1
        if several and (place := meetings.first_open(self.meetings, self.about)) != self.about:
            self._ask_about(place)
            known = wording.noted(self.meetings[place])
            fill = {"number": str(place + 1), "count": str(len(self.meetings)), "noted": known}
            self._utter(Say("utter_next_meeting_of" if known else "utter_next_meeting", fill))

    def _remember(self, reopened: set[str]) -> None:
        for slot in sorted(reopened):
            asked_as = "meeting_date" if slot == "meeting_time" else slot
            values = {part: self.known[part] for part in (slot, *BESIDE.get(slot, ())) if part in self.known}
            if values or slot in self.settled:
                former = self.former.get(asked_as)
                held = (former["values"] if former else {}) | values
                hour_alone = slot == "meeting_time" and "meeting_date" not in held
                kept: Kept = {
                    "slot": slot if hour_alone else asked_as,
                    "value": held.get(slot if hour_alone else asked_as),
                    "shown": wording.value_text(slot if hour_alone else asked_as, held),
                }
                self.former[asked_as] = {"values": held, "settled": slot in self.settled, "kept": kept}

    def _undoable(self) -> Snapshot | None:
        return undoable(self._before, self._snapshot())

    def _say(self, result: Result) -> None:
        can_undo = self._undoable() is not None
        for say in result.says:
            fill = dict(say.fill)
            if fill.get("date"):
                fill["date"] = wording.capital(format_date(date.fromisoformat(fill["date"])))
            self._utter(with_button(Say(say.response, fill, say.buttons), can_undo=can_undo))
            if say.response == "utter_faq_opening_hours":
                self._utter(telephone_now(now()))

    def _utter(self, say: Say, card: dict[str, Any] | None = None) -> None:
        buttons = [{"title": title, "payload": payload} for title, payload in say.buttons]
        custom = {"card": card} if card else None
        self.dispatcher.utter_message(response=say.response, buttons=buttons, json_message=custom, **filled(say.fill))

    def _ask(self, slot: str, prompt: bool = True) -> list[EventType]:
        open_slots = (s for s in self.former if s == slot or not is_settled(s, self.known, self.settled))
        self.former = {s: self.former[s] for s in open_slots}
        self.together = self._together(slot)
        if prompt and self._asks_in_between(slot):
            assert self.pending is not None
            question = questions.question(self.pending, self.known.get("request_type"), self.meetings)
            self._utter(in_other_words(question, self.said))
        elif prompt and slot == "review":
            self._review()
        elif prompt:
            fill = {"who": self.known.get("behalf_who") or "den, det handler om"}
            prompt_name = prompts.response(slot, self.together, self.known.get("request_type"))
            self._utter(Say(prompt_name, fill if slot == "behalf_name" else {}, self._keep_button(slot)))
        return [*self._slots(), SlotSet("requested_slot", slot)]

    def _keep_button(self, slot: str) -> tuple[tuple[str, str], ...]:
        """The button that leaves a reopened slot as it was; none for the terms, which need a yes each time."""
        former = self.former.get(slot)
        return (wording.keep_button(slot, former["values"]),) if former and slot not in BINDING else ()

    def _together(self, slot: str) -> tuple[str, ...]:
        """The slots to ask for in one question: its group, the first time that it is asked."""
        asked = asked_in_one(
            slot, self.known, self.settled, about=self.about, together=self.together, asked=self.asked_once
        )
        if len(asked) > 1:
            self.asked_once.add(question_key(asked, self.about))
        return asked

    def _asks_in_between(self, slot: str) -> bool:
        """Whether the open question replaces the slot's own; which day is meant waits for the day or the review."""
        if self.pending and self.pending["kind"] == "date":
            self.pending["waits"] = slot not in ("meeting_date", "review")
            return not self.pending["waits"]
        return bool(self.pending and self.pending["kind"] in ASKED_AGAIN)

    def _review(self) -> None:
        rows = wording.rows(self.known, self.meetings, settled=self.settled)
        lines = "\n".join(f"- **{row['label']}:** {escaped(row['value'])}" for row in rows)
        self._utter(Say("utter_review", {"lines": Markdown(lines)}), {"type": "review", "rows": rows})

    def _shown(self, values: dict[str, Any]) -> str:
        """The values that the kind of request has, in one line."""
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
        # While the kind is asked for again, its meetings are kept: it may stay as it was.
        kind_open = "request_type" not in self.known
        return [
            *(SlotSet(slot, self.known.get(slot)) for slot in PARTS),
            SlotSet("request_draft", self.draft),
            SlotSet("request_settled", sorted(self.settled)),
            SlotSet("request_failures", self.failures),
            SlotSet("request_pending", self.pending),
            SlotSet("request_former", self.former or None),
            SlotSet("request_waiting", self.waiting),
            SlotSet("request_undo", self._undoable()),
            SlotSet("request_together", list(self.together)),
            SlotSet("request_asked", sorted(self.asked_once)),
            SlotSet("meetings", self.meetings if self.meetings and (self._has_meetings() or kind_open) else None),
            SlotSet("asking_about", self.about),
            SlotSet("privacy_shown", True),
        ]
