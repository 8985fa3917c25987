"""Answers to questions in between: which day, hour, slot, meeting or request; stop or restart (conversation.md)."""

from datetime import date

from bot.nlu.acts.request import which_request, wishes
from bot.nlu.acts.request.dialogue.binding import Where, binds
from bot.nlu.acts.request.dialogue.consent import leaves_all
from bot.nlu.acts.request.dialogue.small_talk import GESTURES, ask_or_chat
from bot.nlu.acts.request.limits import BETWEEN_WORDS, CERTAIN, FEW_WORDS, SURE
from bot.nlu.acts.request.meeting_text.dates import weekday_of
from bot.nlu.acts.request.meeting_text.parts import days_said
from bot.nlu.acts.request.meetings import meeting_acts
from bot.nlu.acts.request.message import TYPE_OF_INTENT, Message
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import Reading, given, reopened
from bot.nlu.clauses import clauses
from common import patterns
from common.acts import CHOOSE, EMPTY, NO, SET, STOP, YES, Act
from common.request import ASKED_AGAIN, State
from common.slots import FREE_TEXT, MEETING

_FIRST = ("den første", "første", "1", "den 1.", "den tidligste", "den nærmeste")
_LAST = ("den sidste", "den anden", "sidste", "anden", "2", "den seneste", "den senere")
# Questions about a meeting, beside which the list of meetings may change.
_OF_MEETINGS = ("date", "time", "which_slot", "same_time")
_SAYS_NOTHING = ("inform", "affirm", "deny", "skip", "nlu_fallback", "out_of_scope")
# Hours of a working day; for others ('4') it is asked again.
_BARE_HOUR = patterns.compile(r"(?:nej,? )?(?P<hour>[789]|0[789]|1[0-9])(?:[.:](?P<minute>[0-5]\d))?")


def answer(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The answer to the open question in between; None where none is open or the message is something else."""
    if not state.pending:
        return None
    kind = state.pending["kind"]
    rule = {
        "stop": _stop,
        "restart": _restart,
        "date": _date,
        "time": _time,
        "question_or_value": _question_or_value,
        "which_slot": _which_slot,
        "which_request": which_request.which_request,
        "same_time": _same_time,
        "same_meeting": _same_meeting,
        "which_meeting": meeting_acts.which_meeting,
    }.get(kind)
    if kind in _OF_MEETINGS and (acts := meeting_acts.the_list(message, state, reading)):
        return acts
    acts = rule(message, state, reading) if rule else None
    return _between(message, state, reading) if acts is None and kind in ASKED_AGAIN else acts


def _between(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Asks again, or None where the message says something of its own."""
    assert state.pending is not None
    again = [Act(CHOOSE, slot=state.pending["kind"])]
    sure = message.confidence >= SURE
    if message.cue("why") or (sure and message.intent == "simplify"):
        return again
    if message.cue("stop") or message.cue("wait"):
        return None
    if state.asked in FREE_TEXT:
        if message.is_question:
            return ask_or_chat(message, state, reading) or again
        steers = (*GESTURES, *TYPE_OF_INTENT, "correct")
        return None if sure and message.intent in steers and message.words <= BETWEEN_WORDS else again
    tells = bool(reading.values or reading.dates or message.is_question)
    return None if tells or (sure and message.intent not in _SAYS_NOTHING) else again


def _no(message: Message) -> bool:
    said = message.cue("deny") or message.is_labelled("deny")
    return said and not message.cue("torn")


def _sends(message: Message) -> bool:
    """Whether it says to send, and takes nothing back."""
    return message.cue("says_send") and not message.cue("takes_back") and not message.cue("denies_sending")


def _stop(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Yes or no to stopping, by listed words only and never by a label (conversation.md, Acts)."""
    if message.cue("denies_stopping") or ((_no(message) or _sends(message)) and not message.cue("stop")):
        # 'Ja, send' means the request and never stops it.
        return [Act(NO, slot="confirm_stop")]
    if instead := which_request.instead_of_stopped(message, state, lambda first: _is_yes(first, "stop")):
        return instead
    says_stop = message.cue("stop") or (message.cue("says_send") and message.cue("denies_sending"))
    if _is_yes(message, "stop") or (says_stop and message.words <= BETWEEN_WORDS):
        return [Act(YES, slot="confirm_stop")]
    # Asked once more, where more is said than the listed words: 'ja, stop, jeg ringer i stedet'.
    agrees = any(binds(message.text[slice(*one)], "stop") for one in clauses(message.text))
    return [Act(STOP)] if agrees and not (message.is_question or message.has_values) else None


def _restart(message: Message, state: State, reading: Reading) -> list[Act] | None:
    if _no(message) or _sends(message):
        return [Act(NO, slot="confirm_restart")]
    return [Act(YES, slot="confirm_restart")] if _is_yes(message, "restart") else None


def _is_yes(message: Message, where: Where) -> bool:
    """Whether it starts with a yes and consists of listed words."""
    return message.yes and binds(message.text, where)


def _same_meeting(message: Message, state: State, reading: Reading) -> list[Act] | None:
    told = given(reading.values)
    if other := wishes.other_kind(message, state):
        return other  # 'Nej, et spørgsmål, ikke flere notater'
    if _no(message):
        return [Act(NO, slot="same_meeting"), *told]
    sure = message.is_labelled("affirm")
    return [Act(YES, slot="same_meeting"), *told] if message.yes or sure or message.cue("same_meeting") else None


def _date(message: Message, state: State, reading: Reading) -> list[Act] | None:
    assert state.pending is not None
    wished = TYPE_OF_INTENT.get(message.intent, state.kind)
    if wished != state.kind and message.confidence >= CERTAIN:
        return None  # 'Jeg vil gerne søge om lov til at optage to møder: ...'
    if several := meeting_acts.both_days(message, state):
        return several
    readings: list[str] = list(state.pending["readings"])
    beside = {slot: value for slot, value in reading.values.items() if slot in MEETING and slot not in state.known}
    if _leaves_open(message, readings):
        others = {slot: value for slot, value in beside.items() if slot != "meeting_date"}
        return [*given(others), Act(EMPTY, slot="meeting_date")]
    chosen = _which(message.text, readings)
    if chosen is None:
        # Told again, a day may fit only one of the two.
        days = {day for found in message.values("date") for day in days_said(found)}
        fitting = [day for day in readings if day in days]
        # 'Om onsdagen' is the Wednesday that was offered.
        said = {weekday_of(found) for found in message.values("date")} - {None}
        fitting = fitting or [day for day in readings if date.fromisoformat(day).weekday() in said]
        chosen = fitting[0] if len(fitting) == 1 and len(message.values("date")) == 1 else None
    if chosen is None:
        return None
    return given({**beside, "meeting_date": chosen})


def _leaves_open(message: Message, readings: list[str]) -> bool:
    """Whether it is not known which of the days is meant: it is said, or all of them are named again."""
    said = {day for found in message.values("date") for day in days_said(found)}
    again = message.cue("either") and {*readings} <= said
    unsure = any(map(message.cue, ("dont_know", "knows_no_day", "no_date"))) and not said
    return again or unsure


def _time(message: Message, state: State, reading: Reading) -> list[Act] | None:
    assert state.pending is not None
    if chosen := _which(message.text, state.pending["readings"]):
        return given({"meeting_time": chosen})
    return given(reading.values) if reading.values.keys() == {"meeting_time"} else None


def _which(text: str, readings: list[str]) -> str | None:
    """The one of two readings that is named by its place."""
    text = text.lower().strip(" .!")
    return readings[0] if text in _FIRST else readings[-1] if text in _LAST else None


def _question_or_value(message: Message, state: State, reading: Reading) -> list[Act] | None:
    assert state.pending is not None
    text = message.text.lower()
    # Who says it once more means it.
    again = any(text.split() == line.split() for line in str(state.pending.get("text")).lower().split("\n"))
    choice = (
        "value"
        if again or "anmodning" in text or message.cue("to_be_written")
        else "question"
        if "spørgsmål" in text
        else None
    )
    return [Act(CHOOSE, choice, slot="question_or_value")] if choice else None


def _which_slot(message: Message, state: State, reading: Reading) -> list[Act] | None:
    assert state.pending is not None
    if "text" in state.pending and message.cue("adds_it") and message.words <= BETWEEN_WORDS:
        return [Act(CHOOSE, "value", slot="which_slot")]
    # 'Jeg vil ikke rette noget. Jeg siger ja til vilkårene'
    said = [message.within(*span) for span in sentence_spans(message.text, message.unbroken)]
    nothing = message.cue("keep") or any(one.cue("nothing_to_correct") and not one.named_slots() for one in said)
    nothing = nothing or (state.asked != "review" and message.cue("deny") and message.words <= FEW_WORDS)
    sends = message.cue("plain_send") or message.cue("says_send") or not nothing
    if state.asked == "review" and sends and leaves_all(message, state):
        return [Act(YES, slot="review")]
    if nothing and not message.cue("stop"):
        return [Act(NO, slot="which_slot")]
    held = {*state.known, *state.settled}
    named = [
        slot for slot in message.named_slots() if slot in held or {slot, *held} >= {"meeting_time", "meeting_date"}
    ]
    tells = any(slot in state.known for slot in reading.values)
    if not named or tells or message.words > BETWEEN_WORDS or message.is_question:
        return None
    return reopened(named)


def _same_time(message: Message, state: State, reading: Reading) -> list[Act] | None:
    if message.is_question or "meeting_date" in reading.values or reading.dates:
        return None
    if reading.times:
        return [Act(SET, slot="meeting_time", readings=tuple(reading.times))]
    if hour := reading.values.get("meeting_time") or _bare_hour(message.text):
        return given({"meeting_time": hour})
    if message.words > BETWEEN_WORDS:
        return None
    if message.cue("dont_know") or message.cue("skip"):
        return [Act(EMPTY, slot="meeting_time")]
    if message.cue("torn"):
        return None
    if message.cue("says_send") and not message.yes:
        return [Act(CHOOSE, slot="same_time")]  # 'Send' is no answer about the hour
    sure = message.confidence >= SURE
    if message.cue("same_time") or message.yes or (message.intent == "affirm" and sure):
        return [Act(YES, slot="same_time")]
    return [Act(NO, slot="same_time")] if message.cue("deny") or (message.intent == "deny" and sure) else None


def _bare_hour(text: str) -> str | None:
    """An hour given as a number alone, as HH:MM."""
    found = _BARE_HOUR.fullmatch(text.lower().strip(" .,!"))
    return f"{int(found['hour']):02}:{found['minute'] or '00'}" if found else None
