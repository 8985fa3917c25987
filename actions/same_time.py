"""Asks whether the hour is the same where a meeting has got a new day."""

from actions import corrections
from actions.decision import Decision, Kind, Say, State
from actions.message import SURE, Message
from actions.taking import from_reading
from actions.values import Reading
from actions.wording import hour_text, noted
from common import patterns

_MOST_WORDS = 8
# Hours of a working day: of 'tre' and '4' it is asked again.
_BARE_HOUR = patterns.compile(r"(?:nej,? )?(?P<hour>[789]|0[789]|1[0-9])(?:[.:](?P<minute>[0-5]\d))?")


def ask_with(decision: Decision, reading: Reading, state: State) -> None:
    """Adds the question to a decision by which a known day with a known hour becomes a day without one."""
    former = state.former.get("meeting_date", {}).get("values", {})
    before = state.known.get("meeting_date") or former.get("meeting_date")
    day, hour = decision.values.get("meeting_date"), state.known.get("meeting_time")
    told = "meeting_time" in {*reading.values, *decision.values, *decision.reopened}
    if before and day and day != before and hour and not told and decision.pending is None:
        decision.pending = {"kind": "same_time", "time": hour}


def question(hour: str) -> Say:
    """The question itself."""
    return Say("utter_same_time", {"hour": hour_text(hour)})


def answered(message: Message, state: State, reading: Reading) -> Decision | None:
    """The decision where the question is answered; None where something else is said."""
    assert state.pending is not None
    none = any(found.value == "no_time" for found in message.values("choice"))
    if message.is_question or {"meeting_date"} & reading.values.keys() or reading.dates:
        return None
    if reading.times:
        return from_reading(Reading(times=reading.times), Kind.VALUE)
    if hour := reading.values.get("meeting_time") or _bare_hour(message.text):
        values = {"meeting_time": hour}
        says = [Say("utter_corrected", {"noted": noted(values)})] if hour != state.pending["time"] else []
        return Decision(Kind.VALUE, values=values, says=says)
    if none or (message.words <= _MOST_WORDS and (message.cue("dont_know") or message.cue("skip"))):
        return Decision(Kind.DONT_KNOW, values={"meeting_time": None}, says=[Say("utter_no_time")])
    if message.words > _MOST_WORDS or message.cue("torn"):
        return None
    if message.cue("says_send") and not message.yes:
        return Decision(Kind.UNCLEAR, pending=dict(state.pending))  # 'Send' says nothing of the hour
    sure = message.confidence >= SURE
    if message.cue("same_time") or message.yes or (message.intent == "affirm" and sure):
        return Decision(Kind.VALUE)
    if message.cue("deny") or (message.intent == "deny" and sure):
        return corrections.reopen(["meeting_time"], state)
    return None


def _bare_hour(text: str) -> str | None:
    """'10', '9.30': an hour, where it is asked for."""
    found = _BARE_HOUR.fullmatch(text.lower().strip(" .,!"))
    return f"{int(found['hour']):02}:{found['minute'] or '00'}" if found else None
