"""Actions room: what was read in a message becomes a decision: its values, and the question that it leaves open."""

from actions.decision import Decision, Kind, Say, State
from actions.values import Reading
from actions.wording import date_buttons, time_buttons


def from_reading(reading: Reading, kind: Kind, state: State | None = None) -> Decision:
    """A reading as a decision: its values, and the question about the day or hour that it leaves open."""
    decision = Decision(kind, values=dict(reading.values), settled=set(reading.settled))
    asked = state.asked if state else None
    if "applicant_phone" in reading.values:
        decision.settled.add("applicant_email")
    elif "applicant_email" in reading.values and asked != "applicant_email":
        decision.settled.add("applicant_phone")
    if reading.dates:
        decision.says.append(Say("utter_which_date", buttons=date_buttons(reading.dates)))
        decision.pending = {"kind": "date", "readings": reading.dates}
        decision.prompt = False
    elif reading.times:
        decision.says.append(Say("utter_which_time", buttons=time_buttons(reading.times)))
        decision.pending = {"kind": "time", "readings": reading.times}
        decision.prompt = False
    return decision
