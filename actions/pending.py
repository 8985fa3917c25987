"""Actions room: a message that answers a question in between: which day, which slot, stop or not."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions import corrections, own_words, same_time, standing, talk, which_request
from actions.decision import Decision, Kind, Say, State
from actions.message import SURE, Message
from actions.slots import ORDER
from actions.values import Reading
from actions.wording import date_buttons
from common.slots import FREE_TEXT

_FIRST = ("den første", "første", "1", "den 1.", "den tidligste", "den nærmeste")
# Asked again in place of what is asked for, until it is answered.
ASKED_AGAIN = ("which_request", "same_time")
_SAYS_NOTHING = ("inform", "affirm", "deny", "skip", "nlu_fallback", "out_of_scope")
_FEW_WORDS = 8
_LAST = ("den sidste", "den anden", "sidste", "anden", "2", "den seneste", "den senere")


def answer(message: Message, state: State, reading: Reading) -> Decision | None:
    """The decision where a question in between is open and this answers it; None where it is something else."""
    if not state.pending:
        return None
    rule = {
        "stop": _stop,
        "restart": _restart,
        "date": _date,
        "time": _time,
        "question_or_value": _question_or_value,
        "which_slot": _which_slot,
        "which_request": which_request.answered,
        "same_time": same_time.answered,
    }.get(state.pending["kind"])
    decision = rule(message, state, reading) if rule else None
    if decision is None and state.pending["kind"] in ASKED_AGAIN:
        decision = _between(message, state, reading)
    elif decision and not decision.pending:
        decision.closes = state.pending["kind"]
    return decision


def _between(message: Message, state: State, reading: Reading) -> Decision | None:
    """Something else than the answer; what it is no answer to is not filled with it ('det ved jeg ikke')."""
    assert state.pending is not None
    again = Decision(Kind.UNCLEAR, pending=dict(state.pending))
    sure = message.confidence >= SURE
    if message.cue("why") or (sure and message.intent == "simplify"):
        return again
    if message.button or message.cue("stop") or message.cue("wait"):
        return None
    if state.asked in FREE_TEXT:
        if message.is_question:
            return talk.talk(message, state, reading) or again
        steers = message.intent in (*talk.GESTURES, *which_request.INTENTS, "correct") and message.words <= _FEW_WORDS
        return None if sure and steers else again
    tells = bool(reading.values or reading.dates or message.is_question)
    return None if tells or (sure and message.intent not in _SAYS_NOTHING) else again


def question(pending: Mapping[str, Any], kind: str | None) -> Say:
    """A question in between that stays open until it is answered, as it is asked."""
    if pending["kind"] == "which_request":
        return which_request.question(pending["wish"], kind)
    if pending["kind"] == "same_time":
        return same_time.question(pending["time"])
    return Say("utter_which_date", buttons=date_buttons(pending["readings"]))


def left_open(decision: Decision, state: State, known: Mapping[str, Any]) -> dict[str, Any] | None:
    """The question in between that is open after a decision, with those beneath it that it leaves open."""
    opened = [decision.pending] if decision.pending else []
    below = state.pending
    while below:
        if _is_open(below, decision, known) and below["kind"] not in {one["kind"] for one in opened}:
            opened.append(dict(below))
        below = below.get("open")
    open_now: dict[str, Any] | None = None
    for one in reversed(opened):
        open_now = {**one, "open": open_now} if open_now else {k: v for k, v in one.items() if k != "open"}
    return open_now


def _is_open(pending: Mapping[str, Any], decision: Decision, known: Mapping[str, Any]) -> bool:
    """Which day, which request and whose hour stay questions until they are answered, whatever comes between."""
    if pending["kind"] == "date":
        told = "meeting_date" in {*decision.values, *decision.settled} or decision.closes == "date"
        return not told and "meeting_date" in ORDER.get(str(known.get("request_type")), ("meeting_date",))
    answered = decision.closes == pending["kind"] or decision.kind is Kind.TYPE_CHANGE
    if pending["kind"] == "same_time":
        return not answered and known.get("meeting_date") is not None and known.get("meeting_time") == pending["time"]
    return pending["kind"] == "which_request" and not answered


def _no(message: Message) -> bool:
    said = message.cue("deny") or (message.intent == "deny" and message.confidence >= SURE)
    return said and not message.cue("torn")


def _sends(message: Message) -> bool:
    """'Ja, send', and not 'ja, send den ikke'."""
    return message.cue("says_send") and not message.cue("takes_back") and not message.cue("denies_sending")


def _stop(message: Message, state: State, reading: Reading) -> Decision | None:
    if (_no(message) or _sends(message)) and not message.cue("stop"):
        # 'Ja, send' means the request, whatever it was asked: a request is not lost by it.
        return Decision(Kind.TALK, says=[Say("utter_request_continues")])
    if message.yes or message.cue("stop") or (message.intent == "cancel" and message.confidence >= SURE):
        return Decision(Kind.STOPPED, says=[Say("utter_request_stopped")], prompt=False)
    return None


def _restart(message: Message, state: State, reading: Reading) -> Decision | None:
    if _no(message) or _sends(message):
        return Decision(Kind.TALK, says=[Say("utter_request_continues")])
    if message.yes or message.intent == "restart":
        return Decision(Kind.RESTARTED)
    return None


def _date(message: Message, state: State, reading: Reading) -> Decision | None:
    assert state.pending is not None
    readings: list[str] = list(state.pending["readings"])
    text = message.text.lower().strip(" .!")
    chosen: str | None = None
    if text in _FIRST:
        chosen = readings[0]
    elif text in _LAST:
        chosen = readings[-1]
    elif "meeting_date" not in reading.values:
        # 'torsdag', 'den 10.': said once more, it may fit one of the two only.
        days = {day for found in message.values("date") for day in found.value["future"] + found.value["past"]}
        fitting = [day for day in readings if day in days]
        chosen = fitting[0] if len(fitting) == 1 else None
    if chosen is None:
        return None
    if state.kind == "recording" and date.fromisoformat(chosen) < state.today:
        return Decision(Kind.VALUE, says=[Say("utter_date_has_been", {"date": chosen})], prompt=False)
    decision = Decision(Kind.VALUE, values={"meeting_date": date.fromisoformat(chosen).isoformat()})
    if "meeting_time" in reading.values:
        decision.values["meeting_time"] = reading.values["meeting_time"]
    return decision


def _time(message: Message, state: State, reading: Reading) -> Decision | None:
    assert state.pending is not None
    text = message.text.lower().strip(" .!")
    if text in _FIRST or text in _LAST:
        return Decision(Kind.VALUE, values={"meeting_time": state.pending["readings"][0 if text in _FIRST else -1]})
    if "meeting_time" in reading.values and len(reading.values) == 1:
        return Decision(Kind.VALUE, values=dict(reading.values))
    return None


def _question_or_value(message: Message, state: State, reading: Reading) -> Decision | None:
    assert state.pending is not None
    choice = next((found.value for found in message.values("choice")), None)
    text = message.text.lower()
    if choice is None and "anmodning" in text:
        choice = "value"
    elif choice is None and "spørgsmål" in text:
        choice = "question"
    if choice == "question":
        return talk.answer_to(str(state.pending["intent"]))
    if choice == "value" and state.asked in FREE_TEXT:
        return own_words.as_text(state.asked, state.pending["text"])
    return None


def _which_slot(message: Message, state: State, reading: Reading) -> Decision | None:
    assert state.pending is not None
    adds = message.cue("adds_it") and message.words <= _FEW_WORDS
    if "text" in state.pending and (adds or any(found.value == "value" for found in message.values("choice"))):
        return standing.added(str(state.pending["text"]), state)
    given = {*state.known, *state.settled}
    named = [
        slot for slot in message.named_slots() if slot in given or {slot, *given} >= {"meeting_time", "meeting_date"}
    ]
    changed = {slot for slot in reading.values if slot in state.known}
    if named and not changed and message.words <= 8 and not message.is_question:
        return corrections.reopen(named, state)
    return None
