"""The form's one action: the acts of a message are applied, what follows is said, and the next slot is asked for."""

import uuid
from datetime import date, datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import wording
from actions.answers import telephone_now
from actions.conversation import messages_before, moment_set, names_said, seconds_silent
from actions.deadlines import is_close
from actions.send import send
from actions.turn import between, same_meeting, which_request
from actions.turn.again import in_other_words
from actions.turn.applying import applied
from actions.turn.heard import beginning, heard, told_before, wished_also
from actions.turn.policy import SILENCE_SECONDS
from actions.turn.result import Kind, Result, Say
from common.clock import COPENHAGEN, now
from common.danish import format_date
from common.markdown import Markdown, escaped, filled
from common.request import State
from common.settings import settings
from common.slots import BESIDE, BOOKKEEPING, FREE_TEXT, KEPT, ORDER, PARTS, is_settled, next_slot

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
        """Applies the message's acts, says what follows, and asks for the next slot."""
        slots = {**self.tracker.slots, **dict.fromkeys(PARTS), **self.known}
        state = State.of(slots, self.said, now().date())
        begins = state.asked is None and not self.draft
        if state.asked is None:
            self._begin()
        elif seconds_silent(self.tracker) > SILENCE_SECONDS:
            self.dispatcher.utter_message(response="utter_resumed")
        result = self._result(state)
        if begins:
            result = self._with_what_waited(result)
            self._wait_for(result)
            same_meeting.ask_with(result, self.tracker.get_slot("request_last_meeting"), state.today)
        return self._apply(result, state)

    def _result(self, state: State) -> Result:
        if state.asked is None:
            begun = beginning(self.tracker.latest_message, state)
            before = told_before(self.tracker.latest_message, begun, messages_before(self.tracker))
            result = applied([*begun, *before], state) if begun else Result(Kind.VALUE)
            if earlier := {act.slot: result.values[act.slot] for act in before if act.slot in result.values}:
                result.says.insert(0, Say("utter_told_before", {"noted": wording.noted(earlier)}))
            return result
        told = heard(self.tracker.latest_message, state)
        if told is not None:
            return applied(told, state)
        # What it asks is answered before the form runs, and nothing beside it binds.
        if state.asked == "review":
            return Result(Kind.TALK, says=[Say("utter_request_not_sent")])
        if state.asked == "terms_accepted" and state.prompted:
            # All of them stand just above.
            return Result(Kind.TALK, says=[Say("utter_terms_still_needed")], prompt=False)
        return Result(Kind.TALK)

    def _with_what_waited(self, result: Result) -> Result:
        """A request that waited, begun by the citizen: what was said for it is taken."""
        waited, self.waiting = self.waiting, None
        if not waited or waited["kind"] != result.values.get("request_type"):
            return result
        self.waiting = waited.get("then")
        begun = which_request.begun(waited, Kind.VALUE)
        begun.values |= result.values
        begun.settled |= result.settled
        if shown := self._shown(begun.values):
            self._utter(which_request.begins(waited, shown))
        return begun

    def _wait_for(self, result: Result) -> None:
        """A second kind of request, wished for in the same message, waits."""
        kind = str(result.values.get("request_type") or "")
        if kind and (other := wished_also(self.tracker.latest_message, kind)):
            result.waiting, say = which_request.also(other, kind)
            result.says.append(say)

    def _begin(self) -> None:
        """A new request keeps who and where; one that was interrupted goes on."""
        if self.draft:
            self.dispatcher.utter_message(response="utter_request_resumed")
            return
        self.draft = str(uuid.uuid4())
        self._clear()
        if not self.tracker.get_slot("privacy_shown"):
            self._utter(Say("utter_privacy_notice", wording.kept(settings())))
        elif self.known:
            self._utter(Say("utter_who_kept", {"noted": wording.noted(self.known)}))

    def _clear(self, keep: tuple[str, ...] = KEPT) -> None:
        self.known = {slot: value for slot, value in self.known.items() if slot in keep}
        # One of e-mail and telephone was enough the first time, and is again.
        contacts = {"applicant_email", "applicant_phone"}
        self.settled = contacts - set(self.known) if contacts & set(self.known) else set()
        self.failures = 0
        self.former = {}

    def _apply(self, result: Result, state: State) -> list[EventType]:
        if result.kind is Kind.STOPPED:
            self._say(result)
            return self._stopped(state)
        if result.kind is Kind.RESTARTED:
            self._clear(keep=())
            self.waiting = None
            return [*self._ask("request_type"), SlotSet("request_left_unsent", True)]
        if result.kind is Kind.SEND:
            return self._send()
        before = self.known.get("meeting_date")
        self._take(result)
        self.pending = between.left_open(result, state, {**dict.fromkeys(self.settled), **self.known})
        if result.waiting:
            self.waiting = which_request.behind(self.waiting, result.waiting)
        self.failures = self.failures + 1 if result.kind is Kind.UNCLEAR else 0
        self._say(result)
        day = self.known.get("meeting_date")
        new_day = day if day != before and self.known.get("request_type") == "recording" else None
        if new_day and is_close(state.today, date.fromisoformat(new_day)):
            self.dispatcher.utter_message(response="utter_meeting_close")
        following = result.ask or next_slot(self.known, self.settled)
        if result.kind is Kind.CORRECTION and state.asked in FREE_TEXT and state.asked not in result.values:
            # Asked for beside what was told before: it is asked for still.
            following = state.asked if state.known.get(state.asked) else following
        if result.kind in _BETWEEN and state.asked and state.asked not in result.values:
            following = state.asked
        if result.kind is Kind.BACK and result.ask == "request_type":
            following = "request_type"
        return self._ask(following, result.prompt)

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
        return bool(self.pending and self.pending["kind"] in between.ASKED_AGAIN)

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
        if response == "utter_receipt_delivered" and sent.entry.type == "question":
            response += "_question"
        card = {
            "type": "receipt",
            "reference": sent.entry.reference,
            "state": sent.state,
            "at": sent.entry.submitted_at.isoformat(),
            "rows": wording.rows(self.known, changeable=False),
        }
        self._utter(
            Say(response, {"reference": sent.entry.reference, "title": wording.SENT_TITLES[sent.entry.type]}), card
        )
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
        meeting = same_meeting.of(self.known) or self.tracker.get_slot("request_last_meeting")
        emptied = [
            *self._emptied(keep=KEPT),
            SlotSet("sent_references", references),
            SlotSet("request_last_meeting", meeting),
        ]
        if self.waiting and state != "delivered":
            self._utter(which_request.offer(self.waiting))
            return [*emptied, SlotSet("request_waiting", self.waiting), *_left()]
        if not self.waiting:
            return [*emptied, *_left()]
        begun = which_request.begun(self.waiting, Kind.VALUE)
        same_meeting.ask_with(begun, meeting, now().date())
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
