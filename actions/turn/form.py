"""The form's one action: the acts of a message are applied, what follows is said, and the next slot is asked for."""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import messages_before, seconds_silent
from actions.deadlines import is_before_the_telephone, is_close, next_opening
from actions.request import wording
from actions.request.sending import send
from actions.say import Say
from actions.turn import between, meetings, same_meeting, which_request
from actions.turn.applying import applied
from actions.turn.heard import asks_beside, beginning, heard, told_before, wished_also
from actions.turn.open_request import OpenRequest
from actions.turn.policy import SILENCE_SECONDS
from actions.turn.result import Kind, Result
from common.acts import REMOVE_MEETING, Act
from common.clock import now
from common.request import State, sent_before
from common.settings import settings
from common.slots import BINDING, FREE_TEXT, KEPT, MEETING, PARTS, next_slot

# What is told beside the terms makes no others of them.
_NO_OTHER_TERMS = (Kind.VALUE, Kind.CORRECTION, Kind.UNCLEAR)
# Where the question that was in between is answered by none of these, it is still the slot before it that is asked for.
_BETWEEN = (Kind.UNCLEAR, Kind.QUESTION, Kind.TALK, Kind.WHY, Kind.ASK_BACK, Kind.STOP)
_RECEIPTS = {"delivered": "utter_receipt_delivered", "refused": "utter_receipt_refused"}


class ValidateRequestForm(Action):
    """Rasa calls it with each message while the form is active, and when it begins."""

    def name(self) -> str:
        """The name by which Rasa's form finds it."""
        return "validate_request_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The slots that the message changes, and what is said."""
        return Turn(dispatcher, tracker).take()


class Turn(OpenRequest):
    """One message inside a request."""

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
            same_meeting.ask_with(result, state.last, state.today)
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
            if state.asked in BINDING and asks_beside(self.tracker.latest_message):
                # With an answer in between, what would bind is shown once more (conversation.md).
                state = replace(state, prompted=False)
            return self._applied_to_its_meeting(told, state)
        # What it asks is answered before the form runs, and nothing beside it binds.
        if state.asked == "review":
            return Result(Kind.TALK, says=[Say("utter_request_not_sent")])
        if state.asked == "terms_accepted" and state.prompted:
            # All of them stand just above.
            return Result(Kind.TALK, says=[Say("utter_terms_still_needed")], prompt=False)
        return Result(Kind.TALK)

    def _applied_to_its_meeting(self, told: Sequence[Act], state: State) -> Result:
        """Applies acts that are of another meeting than the one asked about where that is the one asked about."""
        told = meetings.settled_by(told, state)
        place = next((other for act in told if (other := meetings.number_of(act, state)) is not None), None)
        removes = any(act.act == REMOVE_MEETING for act in told)
        if place is not None and not removes:
            self._ask_about(place)
            slots = {**dict.fromkeys(MEETING), **self.known}
            known = {slot: value for slot, value in {**state.known, **slots}.items() if value is not None}
            state = replace(state, known=known, settled=frozenset(self.settled), about=place)
        result = applied(told, state)
        if told and state.pending and state.pending["kind"] == meetings.WHICH and not result.pending:
            result.closes = meetings.WHICH
        return result

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
            result.waiting, say = which_request.also(*other, kind)
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
        before = self._days()
        self._take(result)
        self.pending = between.left_open(result, state, {**dict.fromkeys(self.settled), **self.known})
        if result.waiting:
            self.waiting = which_request.behind(self.waiting, result.waiting)
        self.failures = self.failures + 1 if result.kind is Kind.UNCLEAR else 0
        self._say(result)
        if any(is_close(state.today, date.fromisoformat(day)) for day in self._days() - before):
            self.dispatcher.utter_message(response="utter_meeting_close")
        if not result.ask and result.kind not in _BETWEEN:
            self._to_the_next_meeting()
        following = result.ask or next_slot(self.known, self.settled)
        if result.kind is Kind.CORRECTION and state.asked in FREE_TEXT and state.asked not in result.values:
            # Asked for beside what was told before: it is asked for still.
            following = state.asked if state.known.get(state.asked) else following
        if result.kind in _BETWEEN and state.asked and state.asked not in result.values:
            following = state.asked
        if result.kind is Kind.BACK and result.ask == "request_type":
            following = "request_type"
        return self._ask(following, result.prompt and not self._stand_above(following, result, state))

    def _stand_above(self, following: str, result: Result, state: State) -> bool:
        """Whether the terms were shown in the turn before and are asked about again: they are not shown twice."""
        if not following == state.asked == "terms_accepted" or not state.prompted or self.pending:
            return False
        if not result.prompt or result.kind not in _NO_OTHER_TERMS:
            return False
        if not any(say.response == "utter_example_terms_accepted" for say in result.says):
            self._utter(Say("utter_terms_still_needed"))
        return True

    def _days(self) -> set[str]:
        """The days of the meetings that are to be recorded."""
        recording = self.known.get("request_type") == "recording"
        return {one["meeting_date"] for one in self.meetings if recording and one.get("meeting_date")}

    def _send(self) -> list[EventType]:
        if self.known.get("request_type") == "recording" and not self.known.get("terms_accepted"):
            # A yes to sending is none to the terms.
            return self._ask("terms_accepted")
        sent = send(self.known, self.meetings, self.tracker.sender_id, str(self.draft))
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
            "rows": wording.rows(self.known, self.meetings, changeable=False, settled=self.settled),
        }
        self._utter(
            Say(response, {"reference": sent.entry.reference, "title": wording.SENT_TITLES[sent.entry.type]}), card
        )
        if self.known.get("request_type") == "recording":
            self._utter(Say("utter_no_permission_yet"))
            self._say_where_nobody_can_be_rung()
        return self._sent(sent.entry.reference, sent.state)

    def _say_where_nobody_can_be_rung(self) -> None:
        """A meeting is held before the telephone opens again."""
        begins = [(one["meeting_date"], one.get("meeting_time")) for one in self.meetings if one.get("meeting_date")]
        hours = [(date.fromisoformat(day), time.fromisoformat(hour) if hour else None) for day, hour in begins]
        if any(is_before_the_telephone(now(), day, hour) for day, hour in hours):
            self._utter(Say("utter_meeting_before_telephone", {"next_open": wording.moment_text(next_opening(now()))}))

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
        own = same_meeting.of(self.meetings) if self._has_meetings() else []
        about = own or [dict(one) for one in sent_before(self.tracker.get_slot("request_last_meeting"))]
        emptied = [
            *self._emptied(keep=KEPT),
            SlotSet("sent_references", references),
            SlotSet("sent_type", self.known.get("request_type")),
            SlotSet("request_last_meeting", about or None),
        ]
        if self.waiting and state != "delivered":
            self._utter(which_request.offer(self.waiting))
            return [*emptied, SlotSet("request_waiting", self.waiting), *_left()]
        if not self.waiting:
            return [*emptied, *_left()]
        begun = which_request.begun(self.waiting, Kind.VALUE)
        same_meeting.ask_with(begun, about, now().date())
        self.draft = str(uuid.uuid4())
        self._clear()
        self._take(begun)
        self._utter(which_request.begins(self.waiting, self._shown(self.known)))
        self.pending, self.waiting = begun.pending, self.waiting.get("then")
        self._say(begun)
        asked = self._ask(next_slot(self.known, self.settled), begun.prompt)
        return [*emptied, *(SlotSet(slot, self.known.get(slot)) for slot in PARTS), *asked]


def _left() -> list[EventType]:
    """The form is left."""
    return [SlotSet("requested_slot", None), ActiveLoop(None)]
