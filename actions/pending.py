"""Actions room: a message that answers a question in between: which day, which slot, stop or not."""

from datetime import date

from actions import corrections, own_words, talk
from actions.decision import Decision, Kind, Say, State
from actions.message import SURE, Message
from actions.slots import FREE_TEXT
from actions.values import Reading

_FIRST = ("den første", "første", "1", "den 1.", "den tidligste", "den nærmeste")
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
    }.get(state.pending["kind"])
    return rule(message, state, reading) if rule else None


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
    given = {*state.known, *state.settled}
    named = [
        slot for slot in message.named_slots() if slot in given or {slot, *given} >= {"meeting_time", "meeting_date"}
    ]
    changed = {slot for slot in reading.values if slot in state.known}
    if named and not changed and message.words <= 8 and not message.is_question:
        return corrections.reopen(named, state)
    return None
