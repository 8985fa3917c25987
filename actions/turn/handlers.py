"""Handlers of the table: each returns what follows from one act, given the acts that belong to it and the state."""

from collections.abc import Sequence
from datetime import date

from actions.request.wording import noted
from actions.say import Say
from actions.turn import corrections, told_beside
from actions.turn.limits import MOST_QUOTED
from actions.turn.page_answers import answer_to
from actions.turn.result import Kind, Result
from actions.turn.slot_types import Pending, pending_of
from actions.turn.unclear import unclear
from common import acts
from common.acts import Act
from common.progress import questions_left
from common.request import State
from common.slots import FREE_TEXT, READ_FROM, TOLD_BESIDE, may_skip
from common.texts import in_one_text

_REASON = ("recording_explanation", "recording_grounds")
# How an act leaves a slot empty.
_LEFT_OUT = {acts.SKIP: Kind.SKIP, acts.UNSURE: Kind.DONT_KNOW, acts.NO: Kind.SKIP}


def set_(act: Act, _: Sequence[Act], state: State) -> Result:
    """An answer, asked for or not; with several `readings` it is asked which day or hour is meant."""
    result = Result(Kind.VALUE)
    if act.readings:
        result.ask_which(act.slot, act.readings, act.words)
        return result
    if act.about == acts.AGAIN:
        # The known day is named again: that answers which of two days is meant.
        return Result(Kind.TALK, closes="date" if act.slot == "meeting_date" else None)
    if act.slot in FREE_TEXT and len(act.value) > FREE_TEXT[act.slot]:
        return corrections.too_long(act.slot)
    if act.slot in FREE_TEXT and state.known.get(act.slot) and state.asked in (act.slot, READ_FROM.get(act.slot)):
        # A text given before it was asked for is added to, not replaced (conversation.md, 4).
        return corrections.add_to_text(act.value, state, act.slot, Kind.VALUE)
    result.values[act.slot] = act.value
    result.settle_other_contact()
    if act.slot == "recording_grounds" and state.asked in _REASON and "recording_explanation" not in state.known:
        # Ground and explanation are one question (request.md); a ground given in passing still leaves it to ask.
        result.settled.add("recording_explanation")
    if act.slot == "applicant_phone" and state.asked == "applicant_email" and state.asked in state.former:
        # The reopened e-mail is kept: the number is a second contact.
        result.values |= state.former[state.asked]["values"]
    return result


def set_day(act: Act, more: Sequence[Act], state: State) -> Result:
    """A day. A past one is refused for a recording (request.md, Slots)."""
    past = not act.readings and act.about != acts.AGAIN and date.fromisoformat(act.value) < state.today
    return vague(act, more, state) if past and state.kind == "recording" else set_(act, more, state)


def set_hour(act: Act, more: Sequence[Act], state: State) -> Result:
    """An hour; it also answers `same_time`."""
    result = set_(act, more, state)
    answers = (state.pending or {}).get("kind") == "same_time" and not act.readings
    if answers and state.pending and act.value is not None:
        result.closes = "same_time"
        if act.value != state.pending["time"]:
            result.says.append(Say("utter_corrected", {"noted": corrections.with_meeting_number(result.values, state)}))
    return result


def empty(act: Act, _: Sequence[Act], state: State) -> Result:
    """The slot is answered with nothing."""
    return Result(Kind.VALUE, settled={act.slot})


def no_hour(*_: object) -> Result:
    """The meeting's hour is not known."""
    says = [Say("utter_no_time")]
    return Result(Kind.DONT_KNOW, values={"meeting_time": None}, says=says, closes="same_time")


def change(act: Act, _: Sequence[Act], state: State) -> Result:
    """A correction with its new value."""
    if act.about == acts.ADDS:
        return corrections.add_to_text(act.value, state, act.slot)
    if act.slot in FREE_TEXT and len(act.value or "") > FREE_TEXT[act.slot]:
        return corrections.too_long(act.slot)
    result = Result(Kind.CORRECTION)
    if act.readings:
        result.ask_which(act.slot, act.readings, act.words)
    else:
        result.values[act.slot] = act.value
        result.settled |= {act.slot} if act.value is None else set()
    return result


def reopen(act: Act, more: Sequence[Act], state: State) -> Result:
    """A correction without a new value: the slots are asked for again."""
    return corrections.reopen([one.slot for one in (act, *more) if one.slot], state)


def keep(act: Act, _: Sequence[Act], state: State) -> Result:
    """A reopened slot stays as it was."""
    return corrections.keep(act.slot, state)


def vague(act: Act, _: Sequence[Act], state: State) -> Result:
    """A day that cannot be used: unclear which, or past where a recording needs one to come."""
    says = [Say("utter_date_has_been" if act.value else "utter_vague_date", {"date": act.value or ""})]
    if act.about == acts.CHANGE:
        return Result(Kind.CORRECTION, says=says, prompt=False, ask="meeting_date")
    if state.failures and (not act.value or state.failures > 1):
        return unclear(state)
    return Result(Kind.UNCLEAR, says=says, prompt=False)


def other_authority(*_: object) -> Result:
    """A meeting with another authority: such a request is not passed on (conversation.md, 9)."""
    return Result(Kind.UNCLEAR, says=[Say("utter_other_authority")], prompt=False)


def example(_act: Act, _: Sequence[Act], state: State) -> Result:
    """An unusable answer: an example is given, and the slot is asked for again."""
    return Result(Kind.UNCLEAR, says=[Say(f"utter_example_{state.asked}")])


def example_alone(_act: Act, _: Sequence[Act], state: State) -> Result:
    """An unusable answer: an example is given, without the question."""
    return Result(Kind.UNCLEAR, says=[Say(f"utter_example_{state.asked}")], prompt=False)


def support_person(act: Act, _: Sequence[Act], state: State) -> Result:
    """A yes or no to whether a support person can come along."""
    if not state.prompted:
        return unclear(state, act)
    return Result(Kind.VALUE, values={"support_person_possible": "yes" if act.act == acts.YES else "no"})


def same_hour(*_: object) -> Result:
    """The hour is the same on the new day."""
    return Result(Kind.VALUE)


def other_hour(_act: Act, _: Sequence[Act], state: State) -> Result:
    """The hour is another on the new day: it is asked for."""
    return corrections.reopen(["meeting_time"], state)


def name_declined(_act: Act, _: Sequence[Act], state: State) -> Result:
    """No name is given: what that means, and the other ways (conversation.md, 7); a question needs none."""
    if may_skip("applicant_name", state.known):
        return Result(Kind.SKIP, values={"applicant_name": None}, says=[Say("utter_name_not_needed")])
    asked = state.asked == "applicant_name"
    return Result(Kind.UNCLEAR if asked else Kind.TALK, says=[Say("utter_name_declined")], prompt=not asked)


def department_unknown(act: Act, _: Sequence[Act], state: State) -> Result:
    """The department is not known."""
    return Result(_LEFT_OUT[act.act], values={"meeting_department": "unknown", "meeting_department_text": None})


def support_person_unsure(act: Act, _: Sequence[Act], state: State) -> Result:
    """Whether a support person can come along is not known."""
    return Result(_LEFT_OUT[act.act], values={"support_person_possible": "unsure"})


def no_day(act: Act, _: Sequence[Act], state: State) -> Result:
    """No day is fixed or known."""
    # With a known day, only the hour was asked for.
    says = [Say("utter_no_time")] if state.known.get("meeting_date") else []
    kind = Kind.VALUE if act.act == acts.NO else _LEFT_OUT[act.act]
    return Result(kind, settled={"meeting_date"}, says=[] if act.act == acts.NO else says)


def leave_out(act: Act, _: Sequence[Act], state: State) -> Result:
    """Leaves the slot empty if it may be, else says that it may not."""
    slot, kind = act.slot or state.asked or "request_type", _LEFT_OUT[act.act]
    if may_skip(slot, state.known):
        return Result(kind, settled={slot}, says=[Say("utter_name_not_needed")] if slot == "applicant_name" else [])
    if slot == "applicant_phone":
        return Result(Kind.UNCLEAR, says=[Say("utter_contact_needed")])
    if slot == "review":
        return Result(Kind.UNCLEAR, says=[Say("utter_explain_review")])
    response = f"utter_example_{slot}" if kind is Kind.DONT_KNOW else "utter_cannot_skip"
    return Result(Kind.UNCLEAR, says=[Say(response)])


def why(act: Act, _: Sequence[Act], state: State) -> Result:
    """Why the slot is asked for."""
    return Result(Kind.WHY, says=[Say(f"utter_explain_{act.value or state.asked}")])


def back(act: Act, _: Sequence[Act], state: State) -> Result:
    """Asks for the previous slot again."""
    reopened = set() if act.slot == "request_type" else {act.slot}
    return Result(Kind.BACK, reopened=reopened, ask=act.slot)


def wait(*_: object) -> Result:
    """The citizen asks for time."""
    return Result(Kind.TALK, says=[Say("utter_take_your_time")], prompt=False)


def repeat(_act: Act, _: Sequence[Act], state: State) -> Result:
    """The last answer again."""
    return Result(Kind.TALK, says=[Say(state.last_answer)] if state.last_answer else [])


def simplify(act: Act, _: Sequence[Act], state: State) -> Result:
    """The last answer in plainer words; without one, the question in plainer words."""
    answered = state.last_answer if not act.slot else None
    plainer = answered.replace("utter_faq_", "utter_simple_") if answered else None
    slot = act.slot or state.asked
    asked = f"utter_example_{slot}" if slot in FREE_TEXT else f"utter_plain_{slot}"
    # The second time an example is given, with the question.
    again = not plainer and asked in state.said
    says = [Say(plainer or (f"utter_example_{slot}" if again else asked))]
    return Result(Kind.TALK, says=says, prompt=bool(plainer) or again or slot != state.asked)


def how_to_write(_act: Act, _: Sequence[Act], state: State) -> Result:
    """An example of a text."""
    return Result(Kind.TALK, says=[Say(f"utter_example_{state.asked}")])


def ask(act: Act, _: Sequence[Act], state: State) -> Result:
    """The answer to a question."""
    if act.value == acts.CHECK_STATUS and not (state.sent or act.about):
        return Result(Kind.TALK, says=[Say("utter_not_sent_yet")])
    return answer_to(act.value)


def ask_or_tell(act: Act, _: Sequence[Act], state: State) -> Result:
    """Words that may be a question or part of a text: asks which (`question_or_value`).

    Words that wait for the answer are kept before them.
    """
    waiting = state.pending or {}
    before = [waiting] if waiting.get("kind") == "question_or_value" else []
    says = [Say("utter_question_or_value")]
    pending: Pending = {
        "kind": "question_or_value",
        "text": in_one_text([*(one["text"] for one in before), act.words]),
        "intent": act.value,
        "grounds": list(dict.fromkeys([*(ground for one in before for ground in one["grounds"]), *act.readings])),
    }
    return Result(Kind.ASK_BACK, says=says, pending=pending, prompt=False)


def question_or_value(act: Act, _: Sequence[Act], state: State) -> Result:
    """The answer to `question_or_value`."""
    pending = state.pending or {}
    if act.value == "question":
        return answer_to(str(pending["intent"]))
    slot = state.asked or ""
    if slot not in FREE_TEXT:
        return unclear(state)
    # Behind a text that was asked for anew: the button adds, and replaces nothing (conversation.md, 1).
    former = state.former.get(slot, {}).get("values", {}).get(slot)
    text = in_one_text([former, pending["text"]]) if former else pending["text"]
    result = set_(Act(acts.SET, text, slot=slot), (), state)
    result.says += [Say("utter_corrected", {"noted": noted(result.values)})] if former and result.values else []
    if pending.get("grounds") and not state.known.get("recording_grounds"):
        result.values["recording_grounds"] = list(pending["grounds"])
    return result


def add_unread_words(_act: Act, _: Sequence[Act], state: State) -> Result:
    """Keeps a correction that was not understood among the remarks as it was written (conversation.md, 1)."""
    text = str((state.pending or {}).get("text") or "")
    if not text:
        return unclear(state)
    return told_beside.keep(Act(acts.SET, text, slot=TOLD_BESIDE, words=text), (), state)


def still_open(_act: Act, _: Sequence[Act], state: State) -> Result:
    """Asks the question in between again."""
    return Result(Kind.UNCLEAR, pending=pending_of(state))


def small_talk(act: Act, _: Sequence[Act], state: State) -> Result:
    """Answers a greeting, thanks or anger; the request goes on."""
    return unclear(state, act) if act.value == "out_of_scope" else answer_to(act.value)


def progress(_act: Act, _: Sequence[Act], state: State) -> Result:
    """How many questions are left before the review."""
    left = questions_left(state)
    says = Say("utter_progress", {"left": str(left)}) if left else Say("utter_progress_none")
    return Result(Kind.TALK, says=[says])


def unread(act: Act, _: Sequence[Act], state: State) -> Result:
    """Not understood; an unclear correction gets buttons for what to change (conversation.md, 1)."""
    if act.about != acts.CORRECTS:
        return unclear(state, act)
    offered = (*corrections.buttons(state), ("Skriv det i anmodningen", '/inform{"choice": "value"}'))
    says = [Say("utter_correction_unclear", {"words": act.words[:MOST_QUOTED]}, offered)]
    return Result(Kind.UNCLEAR, says=says, pending={"kind": "which_slot", "text": act.words}, prompt=False)
