"""The form's one action: it has a message understood, applies what was decided, and asks on."""

import uuid
from datetime import date, datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import pending, which_request, wording
from actions.again import in_other_words
from actions.answers import telephone_now
from actions.conversation import last_answer, moment_set, names_said, previous_message, seconds_silent, was_prompted
from actions.deadlines import is_close
from actions.decision import Decision, Kind, Say, State
from actions.message import Message
from actions.reading import read
from actions.send import send
from actions.slots import BESIDE, BOOKKEEPING, KEPT, ORDER, PARTS, is_settled, next_slot
from actions.unclear import unclear
from actions.understanding import decide
from actions.values import Reading
from common import patterns
from common.clock import COPENHAGEN, now
from common.danish import format_date
from common.markdown import Markdown, escaped, filled
from common.settings import settings

SILENCE_SECONDS = 30 * 60
_PROMPTS_FOR_NOTES = {"meeting_department", "meeting_date"}
# Where the question that was in between is answered by none of these, it is still the slot before it that is asked for.
_BETWEEN = (Kind.UNCLEAR, Kind.QUESTION, Kind.TALK, Kind.WHY, Kind.ASK_BACK, Kind.STOP)
# What keeps an answer that is to be given anew.
_REOPENS = (Kind.CORRECTION, Kind.BACK)
_RECEIPTS = {"delivered": "utter_receipt_delivered", "refused": "utter_receipt_refused"}


class ValidateRequestForm(Action):
    """Rasa calls it with each message while the form is active, and when it begins."""

    def name(self) -> str:
        """The name by which Rasa's form finds it."""
        return "validate_request_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The slots that the message changes, and what is said."""
        return Turn(dispatcher, tracker).take()


class Turn:
    """One message inside a request."""

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

    def take(self) -> list[EventType]:
        """Decides, applies, says, and asks for the next slot."""
        asked = self.tracker.get_slot("requested_slot")
        state = State(
            kind=self.known.get("request_type"),
            asked=asked,
            known=self.known,
            settled=frozenset(self.settled),
            today=now().date(),
            pending=self.tracker.get_slot("request_pending"),
            failures=self.failures,
            prompted=was_prompted(self.tracker, asked),
            last_answer=last_answer(self.tracker, just_now=True),
            former=self.former,
            waiting=self.waiting,
            said=self.said,
        )
        begins = asked is None and not self.draft
        if asked is None:
            self._begin()
        elif seconds_silent(self.tracker) > SILENCE_SECONDS:
            self.dispatcher.utter_message(response="utter_resumed")
        decision = self._decide(state)
        return self._apply(self._with_what_waited(decision) if begins else decision, state)

    def _decide(self, state: State) -> Decision:
        message = Message.of(self.tracker.latest_message)
        if message.is_answered:
            return Decision(Kind.TALK)
        try:
            with patterns.budget():
                decision = decide(message, state)
        except patterns.OutOfTime:
            return unclear(message, state)
        if state.asked is None and (message.button or message.intent == "affirm"):
            # 'Må jeg optage mødet på torsdag?', and then the button, or 'ja tak': the day is not asked for again.
            before = self._told_before(decision.values.get("request_type"), state.today)
            decision.values = {**before.values, **decision.values}
            decision.settled |= before.settled
        return decision

    def _with_what_waited(self, decision: Decision) -> Decision:
        """A request that waited, begun by the citizen: what was said for it is taken."""
        waited, self.waiting = self.waiting, None
        if not waited or waited["kind"] != decision.values.get("request_type"):
            return decision
        self.waiting = waited.get("then")
        begun = which_request.begun(waited, Kind.VALUE)
        begun.values |= decision.values
        begun.settled |= decision.settled
        if shown := self._shown(begun.values):
            self._utter(which_request.begins(waited, shown))
        return begun

    def _told_before(self, kind: str | None, today: date) -> Reading:
        before = Message.of(previous_message(self.tracker))
        try:
            with patterns.budget():
                return Reading() if before.unread else read(before, kind, None, today)
        except patterns.OutOfTime:
            return Reading()

    def _begin(self) -> None:
        """A new request keeps who and where; one that was interrupted goes on."""
        if self.draft:
            self.dispatcher.utter_message(response="utter_request_resumed")
            return
        self.draft = str(uuid.uuid4())
        self._clear()
        if not self.tracker.get_slot("privacy_shown"):
            self._utter(Say("utter_privacy_notice", wording.kept(settings())))

    def _clear(self, keep: tuple[str, ...] = KEPT) -> None:
        self.known = {slot: value for slot, value in self.known.items() if slot in keep}
        # One of e-mail and telephone was enough the first time, and is again.
        contacts = {"applicant_email", "applicant_phone"}
        self.settled = contacts - set(self.known) if contacts & set(self.known) else set()
        self.failures = 0
        self.former = {}

    def _apply(self, decision: Decision, state: State) -> list[EventType]:
        if decision.kind is Kind.STOPPED:
            self._say(decision)
            return self._stopped(state)
        if decision.kind is Kind.RESTARTED:
            self._clear(keep=())
            self.waiting = None
            return [*self._ask("request_type"), SlotSet("request_left_unsent", True)]
        if decision.kind is Kind.SEND:
            return self._send()
        before = self.known.get("meeting_date")
        self._take(decision)
        self.pending = pending.left_open(decision, state, {**dict.fromkeys(self.settled), **self.known})
        if decision.waiting:
            self.waiting = which_request.behind(self.waiting, decision.waiting)
        self.failures = self.failures + 1 if decision.kind is Kind.UNCLEAR else 0
        self._say(decision)
        day = self.known.get("meeting_date")
        new_day = day if day != before and self.known.get("request_type") == "recording" else None
        if new_day and is_close(state.today, date.fromisoformat(new_day)):
            self.dispatcher.utter_message(response="utter_meeting_close")
        following = decision.ask or next_slot(self.known, self.settled)
        if decision.kind in _BETWEEN and state.asked:
            following = state.asked
        if decision.kind is Kind.BACK and decision.ask == "request_type":
            following = "request_type"
        return self._ask(following, decision.prompt)

    def _take(self, decision: Decision) -> None:
        """What is known and settled changes as was decided; what is opened again is remembered as it was."""
        if decision.kind in _REOPENS:
            self._remember(decision.reopened)
        self.known |= decision.values
        self.known = {s: v for s, v in self.known.items() if s not in decision.reopened and v is not None}
        if decision.values.get("terms_accepted"):
            self.known["terms_accepted_at"] = now().isoformat(timespec="seconds")
        elif not self.known.get("terms_accepted"):
            self.known.pop("terms_accepted_at", None)
        self.settled = (self.settled | decision.settled) - decision.reopened - set(decision.values)
        self.settled |= {slot for slot, value in decision.values.items() if value is None}
        if "meeting_date" in decision.settled and "meeting_time" not in decision.values:
            # No day, no hour: what the review does not show is not sent.
            self.known.pop("meeting_time", None)

    def _remember(self, reopened: set[str]) -> None:
        for slot in sorted(reopened):
            asked_as = "meeting_date" if slot == "meeting_time" else slot
            values = {part: self.known[part] for part in (slot, *BESIDE.get(slot, ())) if part in self.known}
            if values or slot in self.settled:
                before = self.former.get(asked_as) or {"values": {}}
                self.former[asked_as] = {"values": before["values"] | values, "settled": slot in self.settled}

    def _say(self, decision: Decision) -> None:
        for say in decision.says:
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
            question = pending.question(self.pending, self.known.get("request_type"))
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
        return bool(self.pending and self.pending["kind"] in pending.ASKED_AGAIN)

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

    def _send(self) -> list[EventType]:
        if self.known.get("request_type") == "recording" and not self.known.get("terms_accepted"):
            # A yes to sending is none to the terms.
            return self._ask("terms_accepted")
        sent = send(self.known, self.tracker.sender_id, str(self.draft))
        if sent is None:
            self._utter(Say("utter_send_failed"))
            return [*self._slots(), SlotSet("requested_slot", "review")]
        response = _RECEIPTS.get(sent.state, "utter_receipt_stored")
        if response == "utter_receipt_delivered" and self.known.get("request_type") == "question":
            response += "_question"
        card = {
            "type": "receipt",
            "reference": sent.entry.reference,
            "state": sent.state,
            "at": sent.entry.submitted_at.isoformat(),
            "rows": wording.rows(self.known, changeable=False),
        }
        self._utter(Say(response, {"reference": sent.entry.reference}), card)
        if self.known.get("request_type") == "recording":
            self._utter(Say("utter_no_permission_yet"))
        return self._sent(sent.entry.reference, sent.state)

    def _stopped(self, state: State) -> list[EventType]:
        """Nothing is sent. Another request that was wished for is offered, and is not lost with this one."""
        below = state.pending
        while below:
            if below["kind"] == "which_request":
                self.waiting = which_request.behind(self.waiting, below["wish"])
            below = below.get("open")
        if self.waiting:
            self._utter(which_request.offer(self.waiting))
        return [
            *self._emptied(keep=()),
            SlotSet("request_waiting", self.waiting),
            SlotSet("request_left_unsent", True),
            *_left(),
        ]

    def _sent(self, reference: str, state: str) -> list[EventType]:
        """Who and where are kept for the next request; one that waits begins at once.

        What has not reached Jura can be taken back, which in the next request would mean that one: there it is offered.
        """
        references = [*(self.tracker.get_slot("sent_references") or ()), reference]
        emptied = [*self._emptied(keep=KEPT), SlotSet("sent_references", references)]
        if self.waiting and state != "delivered":
            self._utter(which_request.offer(self.waiting))
            return [*emptied, SlotSet("request_waiting", self.waiting), *_left()]
        if not self.waiting:
            return [*emptied, *_left()]
        begun = which_request.begun(self.waiting, Kind.VALUE)
        self.draft = str(uuid.uuid4())
        self._clear()
        self._take(begun)
        self._utter(which_request.begins(self.waiting, self._shown(self.known)))
        self.pending, self.waiting = begun.pending, self.waiting.get("then")
        self._say(begun)
        asked = self._ask(next_slot(self.known, self.settled), begun.prompt)
        return [*emptied, *(SlotSet(slot, self.known.get(slot)) for slot in PARTS), *asked]

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


def _left() -> list[EventType]:
    """The form is left."""
    return [SlotSet("requested_slot", None), ActiveLoop(None)]
