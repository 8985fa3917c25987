"""Actions room: a slot is left out, not known, or answered with the other contact. Pure."""

from actions import answering, corrections
from actions.decision import Decision, Kind, Say, State
from actions.message import SURE, Message
from actions.slots import may_skip
from actions.values import Reading


def nothing(message: Message, state: State, reading: Reading) -> Decision | None:
    """'Spring over' and 'det ved jeg ikke', where they are an answer and where they cannot be one."""
    sure = message.confidence >= SURE
    unknown = message.cue("dont_know")
    learned = may_skip(state.asked or "", state.known) and answering.leaves_out(message) and not reading.values
    if not (unknown or message.cue("skip") or learned or (message.intent == "skip" and sure)):
        return None
    kind = Kind.DONT_KNOW if unknown else Kind.SKIP
    if state.asked == "meeting_department":
        return Decision(kind, values={"meeting_department": "unknown", "meeting_department_text": None})
    if state.asked == "support_person_possible":
        return Decision(kind, values={"support_person_possible": "unsure"})
    if state.asked == "meeting_date":
        # Of a day that is known, the hour alone was asked for.
        says = [Say("utter_no_time")] if state.known.get("meeting_date") else []
        return Decision(kind, settled={"meeting_date"}, says=says)
    return leave_out(state, kind)


def leave_out(state: State, kind: Kind = Kind.SKIP) -> Decision:
    """The slot asked for is settled with nothing, where it may be; else it is said that it may not."""
    slot = state.asked or "request_type"
    if may_skip(slot, state.known):
        return Decision(kind, settled={slot})
    if slot == "applicant_phone":
        return Decision(Kind.UNCLEAR, says=[Say("utter_contact_needed")])
    if slot == "review":
        return Decision(Kind.UNCLEAR, says=[Say("utter_explain_review")])
    response = f"utter_example_{slot}" if kind is Kind.DONT_KNOW else "utter_cannot_skip"
    return Decision(Kind.UNCLEAR, says=[Say(response)])


def declines_name(message: Message, state: State, reading: Reading) -> Decision | None:
    """'Kan jeg være anonym?': what that means, and the ways without a name."""
    if state.asked != "applicant_name" or message.button or not message.cue("declines_name"):
        return None
    if message.cue("takes_back") or message.cue("why"):
        return None  # 'Jeg vil ikke oplyse mit navn, annuller det' stops
    name = reading.values.get("applicant_name")
    if name and not message.cue_in("declines_name", name):
        return None  # 'Mit navn er ikke Bo, men Ib Holm'
    return Decision(Kind.UNCLEAR, says=[Say("utter_name_declined")], prompt=False)


def no_telephone(message: Message, state: State, reading: Reading) -> Decision | None:
    """'Jeg vil helst ikke ringes op', where the number is asked for and may be left out."""
    if state.asked != "applicant_phone" or message.button or not message.cue("not_by_phone") or message.is_question:
        return None
    return leave_out(state)


def telephone_instead(message: Message, state: State, reading: Reading) -> Decision | None:
    """'Kan I ringe i stedet?', where the e-mail is asked for: then the number is."""
    asked = state.asked == "applicant_email" and not message.button
    if not asked or not message.cue("telephone_instead") or corrections.is_held(message):
        return None
    return Decision(Kind.SKIP, settled={"applicant_email"}) if may_skip("applicant_email", state.known) else None
