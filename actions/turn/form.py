"""The form's action: applies a message's acts, says what follows, and asks for the next slot."""

import copy
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
from actions.turn import meetings, questions, same_as_before, second_request
from actions.turn.applying import applied
from actions.turn.changes import only_changes
from actions.turn.heard import asks_beside, beginning, heard, told_before, wished_also
from actions.turn.limits import SILENCE_SECONDS
from actions.turn.noted import of_the_first_message
from actions.turn.open_request import OpenRequest
from actions.turn.result import Kind, Result
from common.acts import REMOVE_MEETING, Act
from common.clock import now
from common.request import State, sent_before
from common.slots import BEHALF, BESIDE, FREE_TEXT, KEPT, MEETING, PARTS, next_slot
from legal.labels import moment

# After these the terms are as they were shown.
_NO_OTHER_TERMS = (Kind.VALUE, Kind.CORRECTION, Kind.UNCLEAR)
# These do not answer the slot: it is asked for again.
_NO_ANSWER = (Kind.UNCLEAR, Kind.QUESTION, Kind.TALK, Kind.WHY, Kind.ASK_BACK, Kind.STOP)
_SEVERAL = "several"
_RECEIPTS = {"delivered": "utter_receipt_delivered", "refused": "utter_receipt_refused"}


class ValidateRequestForm(Action):
    """Rasa calls it with each message while the form is active, and when it begins."""

    def name(self) -> str:
        """The name that Rasa derives from the form's."""
        return "validate_request_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """The slots that the message changes; replies go to the dispatcher."""
        before = copy.deepcopy(tracker.slots)
        return only_changes(Turn(dispatcher, tracker).take(), before)


class Turn(OpenRequest):
    """One message inside a request (conversation.md, A turn)."""

    def take(self) -> list[EventType]:
        """Applies the message's acts, says what follows, and asks for the next slot; returns the slots that change."""
        slots = {**self.tracker.slots, **dict.fromkeys(PARTS), **self.known}
        state = State.of(slots, self.said, now().date())
        begins = state.asked is None and not self.draft
        if state.asked is None:
            self._begin(state)
        elif seconds_silent(self.tracker) > SILENCE_SECONDS:
            self.dispatcher.utter_message(response="utter_resumed")
        result = self._result(state)
        if begins:
            result = self._with_waiting_values(result)
            self._queue_second_wish(result)
            same_as_before.ask_same_meeting(result, state.last, state.today)
        return self._apply(result, state)

    def _result(self, state: State) -> Result:
        if state.asked is None:
            begun = beginning(self.tracker.latest_message, state)
            before = told_before(self.tracker.latest_message, begun, messages_before(self.tracker))
            result = applied([*begun, *before], state) if begun else Result(Kind.VALUE)
            earlier = {act.slot: result.values[act.slot] for act in before if act.slot in result.values}
            result.says[:0] = of_the_first_message(begun, earlier, result, state)
            return result
        acts = heard(self.tracker.latest_message, state)
        if acts is not None:
            if state.asked == "review" and asks_beside(self.tracker.latest_message):
                # After a question the review is shown again before any yes counts (conversation.md, Acts).
                state = replace(state, prompted=False)
            return self._applied_to_its_meeting(acts, state)
        # The message only asks something, which is answered before the form runs.
        if state.asked == "review":
            return Result(Kind.TALK, says=[Say("utter_request_not_sent")])
        if state.asked == "terms_accepted" and state.prompted:
            # The terms stand just above.
            return Result(Kind.TALK, says=[Say("utter_terms_still_needed")], prompt=False)
        return Result(Kind.TALK)

    def _applied_to_its_meeting(self, acts: Sequence[Act], state: State) -> Result:
        """Applies the acts; those about another meeting make that the one asked about first."""
        acts = meetings.with_chosen_meeting(acts, state)
        place = next((other for act in acts if (other := meetings.number_of(act, state)) is not None), None)
        removes = any(act.act == REMOVE_MEETING for act in acts)
        if place is not None and not removes:
            self._ask_about(place)
            slots = {**dict.fromkeys(MEETING), **self.known}
            known = {slot: value for slot, value in {**state.known, **slots}.items() if value is not None}
            state = replace(state, known=known, settled=frozenset(self.settled), about=place)
        result = applied(acts, state)
        if acts and state.pending and state.pending["kind"] == meetings.WHICH and not result.pending:
            result.closes = meetings.WHICH
        return result

    def _with_waiting_values(self, result: Result) -> Result:
        """The values of the waiting request, if the one that begins is of its kind."""
        wish, self.waiting = self.waiting, None
        if not wish or wish["kind"] != result.values.get("request_type"):
            return result
        self.waiting = wish.get("then")
        begun = second_request.begun(wish, Kind.VALUE)
        begun.values |= result.values
        begun.settled |= result.settled
        if shown := self._shown(begun.values):
            self._utter(second_request.begins(wish, shown))
        return begun

    def _queue_second_wish(self, result: Result) -> None:
        """Queues a second kind of request that the beginning message wishes for."""
        kind = str(result.values.get("request_type") or "")
        if kind and (other := wished_also(self.tracker.latest_message, kind)):
            result.waiting, say = second_request.also(*other, kind)
            result.says.append(say)

    def _begin(self, state: State) -> None:
        """Begins a request with who writes and for whom (conversation.md, 2), or resumes an interrupted one."""
        if self.draft:
            self.dispatcher.utter_message(response="utter_request_resumed")
            return
        self.draft = str(uuid.uuid4())
        self._clear()
        if not self.tracker.get_slot("privacy_shown"):
            self._utter(Say("utter_privacy_notice"))
        elif self.known:
            # For whom it is now is said with the values of the message.
            told = {act.slot for act in beginning(self.tracker.latest_message, state)}
            kept = {slot: value for slot, value in self.known.items() if slot not in BEHALF or told.isdisjoint(BEHALF)}
            self._utter(Say("utter_who_kept", {"noted": wording.noted(kept)}))

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
        self.pending = questions.left_open(result, state, {**dict.fromkeys(self.settled), **self.known})
        self.waiting = second_request.without(self.waiting, result.drops)
        if result.waiting:
            self.waiting = second_request.behind(self.waiting, result.waiting)
        self.failures = self.failures + 1 if result.kind is Kind.UNCLEAR else 0
        self._say(result)
        if any(is_close(state.today, date.fromisoformat(day)) for day in self._days() - before):
            self.dispatcher.utter_message(response="utter_meeting_close")
        if not result.ask and result.kind not in _NO_ANSWER:
            self._to_next_meeting()
        following = result.ask or next_slot(self.known, self.settled)
        if result.kind is Kind.CORRECTION and state.asked in FREE_TEXT and state.asked not in result.values:
            # The text itself was asked for and not given.
            following = state.asked if state.known.get(state.asked) else following
        # 'Mit nummer er ..., men ring ikke før kl. 10' settles the e-mail as well.
        answered = {*result.values, *(result.settled if result.kind is Kind.TALK else ())}
        # Of a known day only the hour may be asked for.
        asked = {state.asked, *(BESIDE.get(str(state.asked), ()) if state.asked in state.known else ())}
        if result.kind in _NO_ANSWER and state.asked and asked.isdisjoint(answered):
            following = state.asked
        if result.kind is Kind.BACK and result.ask == "request_type":
            following = "request_type"
        # What stands in place of a question is about the slot that was asked for: the next one still needs its own.
        moved_on = following != state.asked and not (result.ask or self.pending)
        prompt = result.prompt or moved_on
        return self._ask(following, prompt and not self._terms_stand_above(following, result, state))

    def _terms_stand_above(self, following: str, result: Result, state: State) -> bool:
        """Whether the terms were shown in the turn before, and are not to be shown again."""
        if not following == state.asked == "terms_accepted" or not state.prompted or self.pending:
            return False
        if not result.prompt or result.kind not in _NO_OTHER_TERMS:
            return False
        if not any(say.response == "utter_example_terms_accepted" for say in result.says):
            self._utter(Say("utter_terms_still_needed"))
        return True

    def _days(self) -> set[str]:
        """The days of the meetings to be recorded."""
        recording = self.known.get("request_type") == "recording"
        return {one["meeting_date"] for one in self.meetings if recording and one.get("meeting_date")}

    def _send(self) -> list[EventType]:
        if self.known.get("request_type") == "recording" and not self.known.get("terms_accepted"):
            # A yes to sending does not accept the terms.
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
            Say(response, {"reference": sent.entry.reference, "title": wording.TYPE_TITLES[sent.entry.type].sent}), card
        )
        if self.known.get("request_type") == "recording":
            self._utter(Say("utter_no_permission_yet"))
            self._say_if_telephone_opens_too_late()
        return self._sent(sent.entry.reference, sent.state)

    def _say_if_telephone_opens_too_late(self) -> None:
        """Says so if a meeting begins before the telephone opens again (request.md, Promises 5)."""
        begins = [(one["meeting_date"], one.get("meeting_time")) for one in self.meetings if one.get("meeting_date")]
        hours = [(date.fromisoformat(day), time.fromisoformat(hour) if hour else None) for day, hour in begins]
        if any(is_before_the_telephone(now(), day, hour) for day, hour in hours):
            self._utter(Say("utter_meeting_before_telephone", {"next_open": moment(next_opening(now()))}))

    def _stopped(self, state: State) -> list[EventType]:
        """The slots after stopping; a waiting request, or one just asked about, is offered."""
        pending = state.pending
        while pending:
            if pending["kind"] == "which_request":
                self.waiting = second_request.behind(self.waiting, pending["wish"])
            pending = pending.get("open")
        if sent := self.tracker.get_slot("sent_references"):
            self._utter(Say("utter_sent_stands", {"references": ", ".join(sent)}))
        if self.waiting:
            self._utter(second_request.offer(self.waiting))
        # Stopped before anything was given to it, it leaves what is kept of the request sent before.
        return [
            *self._emptied(keep=() if state.has_given else KEPT),
            SlotSet("request_waiting", self.waiting),
            SlotSet("request_left_unsent", True),
            *_left_form(),
        ]

    def _sent(self, reference: str, state: str) -> list[EventType]:
        """The slots after sending: who writes and for whom are kept, and a waiting request begins (conversation.md, 2).

        If Jura does not have the request yet, the waiting one is only offered: 'stop' must still mean the one sent.
        """
        references = [*(self.tracker.get_slot("sent_references") or ()), reference]
        own = same_as_before.known_values(self.meetings) if self._has_meetings() else []
        about = own or [dict(one) for one in sent_before(self.tracker.get_slot("request_last_meeting"))]
        emptied = [
            *self._emptied(keep=KEPT),
            SlotSet("sent_references", references),
            SlotSet("sent_type", self._kinds_sent()),
            SlotSet("request_last_meeting", about or None),
        ]
        if self.waiting and state != "delivered":
            self._utter(second_request.offer(self.waiting))
            return [*emptied, SlotSet("request_waiting", self.waiting), *_left_form()]
        if not self.waiting:
            return [*emptied, *_left_form()]
        begun = second_request.begun(self.waiting, Kind.VALUE)
        same_as_before.ask_same_meeting(begun, about, now().date())
        self.draft = str(uuid.uuid4())
        self._clear()
        self._take(begun)
        self._utter(second_request.begins(self.waiting, self._shown(self.known)))
        self.pending, self.waiting = begun.pending, self.waiting.get("then")
        self._say(begun)
        asked = self._ask(next_slot(self.known, self.settled), begun.prompt)
        return [*emptied, *(SlotSet(slot, self.known.get(slot)) for slot in PARTS), *asked]

    def _kinds_sent(self) -> str:
        """The kind of request that was sent now; `several` if another kind is or was one to record."""
        kind, before = str(self.known.get("request_type")), self.tracker.get_slot("sent_type")
        return _SEVERAL if before not in (None, kind) and {before, kind} & {"recording", _SEVERAL} else kind


def _left_form() -> list[EventType]:
    return [SlotSet("requested_slot", None), ActiveLoop(None)]
