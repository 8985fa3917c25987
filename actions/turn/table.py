"""The table of a turn: what each act does at each kind of slot. A new behaviour is a row here.

A row is found by the act and the slot that it is of, else by the act and the slot's kind, else by the act alone.
"""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import takewhile

from actions.turn import between, corrections, same_time, which_request
from actions.turn.again import say_otherwise
from actions.turn.policy import MOST_QUOTED
from actions.turn.result import Kind, Result, Say
from actions.turn.taking import one_contact, open_between
from actions.turn.talk import answer_to
from actions.turn.unclear import unclear
from actions.wording import noted
from common import acts
from common.acts import Act
from common.request import State
from common.slots import FREE_TEXT, may_skip

# What follows from one act, given those that belong to it (what is told with a wish), joined with that of the others.
Row = Callable[[Act, Sequence[Act], State], Result]
_KINDS = {
    **dict.fromkeys(FREE_TEXT, "text"),
    **dict.fromkeys(("applicant_email", "applicant_phone"), "contact"),
    **dict.fromkeys(("meeting_kind", "recording_medium", "recording_purpose", "recording_grounds"), "choice"),
}
# The slot asked for is left out, or not known.
_LEFT_OUT = {acts.SKIP: Kind.SKIP, acts.UNSURE: Kind.DONT_KNOW, acts.NO: Kind.SKIP}


def applied(told: Sequence[Act], state: State) -> Result:
    """What follows from the acts of a message; nothing understood, from none."""
    result: Result | None = None
    left = list(told)
    while left:
        act, *left = left
        with_it: list[Act] = []
        if act.act in (acts.START, acts.CHOOSE):
            with_it, left = left, []
        elif act.act == acts.REOPEN:
            with_it = list(takewhile(lambda one: one.act == acts.REOPEN, left))
            left = left[len(with_it) :]
        one = _one(act, with_it, state)
        result = _joined(result, one) if result else one
    result = result or unclear(state)
    _say_corrected(result, told)
    same_time.ask_with(result, told, state)
    corrections.say_new(result, state)
    say_otherwise(result, state)
    return result


def _one(act: Act, with_it: Sequence[Act], state: State) -> Result:
    """What follows from one act, by its row."""
    slot = act.slot or (between.asked_now(state) if act.act in (acts.YES, acts.NO) else "")
    names = [(act.act, of) for of in (slot, _KINDS.get(slot, ""), "") if (act.act, of) in TABLE]
    name = names[0] if names else (acts.UNREAD, "")
    result = TABLE[name](act, with_it, state)
    result.rows = (" ".join(name).strip(),)
    if slot == (state.pending or {}).get("kind") and not result.pending:
        result.closes = slot
    return result


def _joined(first: Result, more: Result) -> Result:
    """What follows from two acts: beside an answer, a correction is one, and so is what was not understood."""
    order = (Kind.UNCLEAR, Kind.CORRECTION, Kind.QUESTION, Kind.TALK)
    kinds = (first.kind, more.kind)
    return Result(
        next((kind for kind in order if kind in kinds), first.kind),
        values={**first.values, **more.values},
        settled=first.settled | more.settled,
        reopened=first.reopened | more.reopened,
        says=[*first.says, *more.says],
        pending=first.pending or more.pending,
        closes=first.closes or more.closes,
        waiting=first.waiting or more.waiting,
        ask=first.ask or more.ask,
        prompt=first.prompt and more.prompt,
        rows=(*first.rows, *more.rows),
    )


def _say_corrected(result: Result, told: Sequence[Act]) -> None:
    """Every value that changes is said with its new value; what is known already is said to be so."""
    changed = {act.slot: act.value for act in told if act.act == acts.CHANGE and not act.readings}
    again = {act.slot: act.value for act in told if act.act == acts.SET and act.about == acts.AGAIN}
    if changed and result.kind is Kind.CORRECTION:
        result.says.insert(0, Say("utter_corrected", {"noted": noted(changed)}))
    if again and result.kind is Kind.TALK:
        result.says.insert(0, Say("utter_already_so", {"noted": noted(again)}))


def _set(act: Act, _: Sequence[Act], state: State) -> Result:
    result = Result(Kind.VALUE)
    if act.readings:
        open_between(result, act.slot, act.readings)
        return result
    if act.about == acts.AGAIN:
        # Of two days the one that stands is meant.
        return Result(Kind.TALK, closes="date" if act.slot == "meeting_date" else None)
    if act.slot in FREE_TEXT and len(act.value) > FREE_TEXT[act.slot]:
        return corrections.too_long(act.slot)
    result.values[act.slot] = act.value
    if act.about == acts.OWN_WORDS:
        # The explanation is asked for, and may say more.
        result.ask = "recording_explanation"
    one_contact(result, state.asked)
    return result


def _set_day(act: Act, more: Sequence[Act], state: State) -> Result:
    past = not act.readings and act.about != acts.AGAIN and date.fromisoformat(act.value) < state.today
    return _vague(act, more, state) if past and state.kind == "recording" else _set(act, more, state)


def _set_hour(act: Act, more: Sequence[Act], state: State) -> Result:
    result = _set(act, more, state)
    answers = (state.pending or {}).get("kind") == "same_time" and not act.readings
    if answers and state.pending and act.value is not None:
        result.closes = "same_time"
        if act.value != state.pending["time"]:
            result.says.append(Say("utter_corrected", {"noted": noted(result.values)}))
    return result


def _empty(act: Act, _: Sequence[Act], state: State) -> Result:
    return Result(Kind.VALUE, settled={act.slot})


def _no_hour(*_: object) -> Result:
    says = [Say("utter_no_time")]
    return Result(Kind.DONT_KNOW, values={"meeting_time": None}, says=says, closes="same_time")


def _change(act: Act, _: Sequence[Act], state: State) -> Result:
    result = Result(Kind.CORRECTION)
    if act.readings:
        open_between(result, act.slot, act.readings)
    else:
        result.values[act.slot] = act.value
        result.settled |= {act.slot} if act.value is None else set()
    return result


def _reopen(act: Act, more: Sequence[Act], state: State) -> Result:
    return corrections.reopened([one.slot for one in (act, *more) if one.slot], state)


def _keep(act: Act, _: Sequence[Act], state: State) -> Result:
    return corrections.kept(act.slot, state)


def _vague(act: Act, _: Sequence[Act], state: State) -> Result:
    """A day that cannot be taken: it is not said which, or a recording is to be of a meeting that has been."""
    says = [Say("utter_date_has_been" if act.value else "utter_vague_date", {"date": act.value or ""})]
    if act.about == acts.CHANGE:
        return Result(Kind.CORRECTION, says=says, prompt=False, ask="meeting_date")
    if state.failures and (not act.value or state.failures > 1):
        return unclear(state)
    return Result(Kind.UNCLEAR, says=says, prompt=False)


def _elsewhere(*_: object) -> Result:
    """The meeting is with another authority, of which no request can be passed on (conversation.md, 9)."""
    return Result(Kind.UNCLEAR, says=[Say("utter_other_authority")], prompt=False)


def _yes_to_sending(act: Act, _: Sequence[Act], state: State) -> Result:
    if act.about == acts.BINDS and state.prompted:
        return Result(Kind.SEND)
    if act.about == acts.BINDS and state.pending and state.pending["kind"] in ("stop", "restart"):
        # To another question ('Vil du begynde forfra?') it has it all shown once more.
        return _continues()
    return _example(act, (), state)


def _yes_to_the_terms(act: Act, _: Sequence[Act], state: State) -> Result:
    if act.about == acts.BINDS and state.prompted:
        return Result(Kind.VALUE, values={"terms_accepted": True})
    return _example(act, (), state)


def _no_to_the_terms(_act: Act, _: Sequence[Act], state: State) -> Result:
    if state.pending and state.pending["kind"] == "terms":
        return _stop(_act, (), state)  # a second no
    return Result(Kind.VALUE, says=[Say("utter_terms_needed")], pending={"kind": "terms"}, prompt=False)


def _example(_act: Act, _: Sequence[Act], state: State) -> Result:
    """Something like an answer: how it can be given is said, and it is asked once more."""
    return Result(Kind.UNCLEAR, says=[Say(f"utter_example_{state.asked}")])


def _example_alone(_act: Act, _: Sequence[Act], state: State) -> Result:
    return Result(Kind.UNCLEAR, says=[Say(f"utter_example_{state.asked}")], prompt=False)


def _support_person(act: Act, _: Sequence[Act], state: State) -> Result:
    if not state.prompted:
        return unclear(state, act)
    return Result(Kind.VALUE, values={"support_person_possible": "yes" if act.act == acts.YES else "no"})


def _continues(*_: object) -> Result:
    return Result(Kind.TALK, says=[Say("utter_request_continues")])


def _stopped(*_: object) -> Result:
    return Result(Kind.STOPPED, says=[Say("utter_request_stopped")], prompt=False)


def _restarted(*_: object) -> Result:
    return Result(Kind.RESTARTED)


def _same_hour(*_: object) -> Result:
    return Result(Kind.VALUE)


def _other_hour(_act: Act, _: Sequence[Act], state: State) -> Result:
    return corrections.reopened(["meeting_time"], state)


def _name_declined(*_: object) -> Result:
    return Result(Kind.UNCLEAR, says=[Say("utter_name_declined")], prompt=False)


def _department_unknown(act: Act, _: Sequence[Act], state: State) -> Result:
    return Result(_LEFT_OUT[act.act], values={"meeting_department": "unknown", "meeting_department_text": None})


def _support_person_unsure(act: Act, _: Sequence[Act], state: State) -> Result:
    return Result(_LEFT_OUT[act.act], values={"support_person_possible": "unsure"})


def _no_day(act: Act, _: Sequence[Act], state: State) -> Result:
    # Of a day that is known, the hour alone was asked for.
    says = [Say("utter_no_time")] if state.known.get("meeting_date") else []
    kind = Kind.VALUE if act.act == acts.NO else _LEFT_OUT[act.act]
    return Result(kind, settled={"meeting_date"}, says=[] if act.act == acts.NO else says)


def _leave_out(act: Act, _: Sequence[Act], state: State) -> Result:
    """The slot asked for is left empty, where it may be; else it is said that it may not."""
    slot, kind = act.slot or state.asked or "request_type", _LEFT_OUT[act.act]
    if may_skip(slot, state.known):
        return Result(kind, settled={slot})
    if slot == "applicant_phone":
        return Result(Kind.UNCLEAR, says=[Say("utter_contact_needed")])
    if slot == "review":
        return Result(Kind.UNCLEAR, says=[Say("utter_explain_review")])
    response = f"utter_example_{slot}" if kind is Kind.DONT_KNOW else "utter_cannot_skip"
    return Result(Kind.UNCLEAR, says=[Say(response)])


def _why(act: Act, _: Sequence[Act], state: State) -> Result:
    return Result(Kind.WHY, says=[Say(f"utter_explain_{state.asked}")])


def _back(act: Act, _: Sequence[Act], state: State) -> Result:
    reopened = set() if act.slot == "request_type" else {act.slot}
    return Result(Kind.BACK, reopened=reopened, ask=act.slot)


def _wait(*_: object) -> Result:
    return Result(Kind.TALK, says=[Say("utter_take_your_time")], prompt=False)


def _stop(_act: Act, _: Sequence[Act], state: State) -> Result:
    """Stops at once where nothing would be lost; otherwise asks once to be sure."""
    if not state.has_given:
        return _stopped()
    return Result(Kind.STOP, says=[Say("utter_confirm_stop")], pending={"kind": "stop"}, prompt=False)


def _restart(*_: object) -> Result:
    says = [Say("utter_confirm_restart")]
    return Result(Kind.ASK_BACK, says=says, pending={"kind": "restart"}, prompt=False)


def _repeat(_act: Act, _: Sequence[Act], state: State) -> Result:
    return Result(Kind.TALK, says=[Say(state.last_answer)] if state.last_answer else [])


def _simplify(_act: Act, _: Sequence[Act], state: State) -> Result:
    plainer = state.last_answer.replace("utter_faq_", "utter_simple_") if state.last_answer else None
    return Result(Kind.TALK, says=[Say(plainer or f"utter_example_{state.asked}")])


def _how_to_write(_act: Act, _: Sequence[Act], state: State) -> Result:
    return Result(Kind.TALK, says=[Say(f"utter_example_{state.asked}")])


def _ask(act: Act, _: Sequence[Act], state: State) -> Result:
    return answer_to(act.value)


def _ask_or_tell(act: Act, _: Sequence[Act], state: State) -> Result:
    """What may be a question, or belong into the request's text."""
    says = [Say("utter_question_or_value")]
    pending = {"kind": "question_or_value", "text": act.words, "intent": act.value}
    return Result(Kind.ASK_BACK, says=says, pending=pending, prompt=False)


def _question_or_value(act: Act, _: Sequence[Act], state: State) -> Result:
    pending = state.pending or {}
    if act.value == "question":
        return answer_to(str(pending["intent"]))
    slot = state.asked or ""
    return _set(Act(acts.SET, pending["text"], slot=slot), (), state) if slot in FREE_TEXT else unclear(state)


def _add_to_the_text(_act: Act, _: Sequence[Act], state: State) -> Result:
    text = (state.pending or {}).get("text")
    return corrections.added(str(text), state) if text else unclear(state)


def _still_open(_act: Act, _: Sequence[Act], state: State) -> Result:
    return Result(Kind.UNCLEAR, pending=dict(state.pending or {}))


def _small_talk(act: Act, _: Sequence[Act], state: State) -> Result:
    return unclear(state, act) if act.value == "out_of_scope" else answer_to(act.value)


def _unread(act: Act, _: Sequence[Act], state: State) -> Result:
    if act.about != acts.CORRECTS:
        return unclear(state, act)
    offered = (*corrections.buttons(state), ("Skriv det i anmodningen", '/inform{"choice": "value"}'))
    says = [Say("utter_correction_unclear", {"words": act.words[:MOST_QUOTED]}, offered)]
    return Result(Kind.UNCLEAR, says=says, pending={"kind": "which_slot", "text": act.words}, prompt=False)


TABLE: dict[tuple[str, str], Row] = {
    (acts.SET, ""): _set,
    (acts.SET, "meeting_date"): _set_day,
    (acts.SET, "meeting_time"): _set_hour,
    (acts.EMPTY, ""): _empty,
    (acts.EMPTY, "meeting_time"): _no_hour,
    (acts.CHANGE, ""): _change,
    (acts.REOPEN, ""): _reopen,
    (acts.KEEP, ""): _keep,
    (acts.VAGUE, ""): _vague,
    (acts.VAGUE, "meeting_department"): _elsewhere,
    (acts.YES, "review"): _yes_to_sending,
    (acts.YES, "terms_accepted"): _yes_to_the_terms,
    (acts.YES, "support_person_possible"): _support_person,
    (acts.YES, "text"): _example_alone,
    (acts.YES, "confirm_stop"): _stopped,
    (acts.YES, "confirm_restart"): _restarted,
    (acts.YES, "same_time"): _same_hour,
    (acts.YES, "which_request"): _still_open,
    (acts.NO, "review"): _reopen,
    (acts.NO, "terms_accepted"): _no_to_the_terms,
    (acts.NO, "support_person_possible"): _support_person,
    (acts.NO, "text"): _leave_out,
    (acts.NO, "contact"): _leave_out,
    (acts.NO, "applicant_name"): _name_declined,
    (acts.NO, "meeting_date"): _no_day,
    (acts.NO, "confirm_stop"): _continues,
    (acts.NO, "confirm_restart"): _continues,
    (acts.NO, "same_time"): _other_hour,
    (acts.NO, "which_request"): _still_open,
    (acts.SKIP, ""): _leave_out,
    (acts.SKIP, "meeting_department"): _department_unknown,
    (acts.SKIP, "meeting_date"): _no_day,
    (acts.SKIP, "support_person_possible"): _support_person_unsure,
    (acts.UNSURE, ""): _leave_out,
    (acts.UNSURE, "meeting_department"): _department_unknown,
    (acts.UNSURE, "meeting_date"): _no_day,
    (acts.UNSURE, "support_person_possible"): _support_person_unsure,
    (acts.CHOOSE, "which_request"): which_request.chosen,
    (acts.CHOOSE, "same_time"): _still_open,
    (acts.CHOOSE, "question_or_value"): _question_or_value,
    (acts.CHOOSE, "which_slot"): _add_to_the_text,
    (acts.START, ""): which_request.wished,
    (acts.WHY, ""): _why,
    (acts.BACK, ""): _back,
    (acts.WAIT, ""): _wait,
    (acts.STOP, ""): _stop,
    (acts.RESTART, ""): _restart,
    (acts.REPEAT, ""): _repeat,
    (acts.SIMPLIFY, ""): _simplify,
    (acts.SIMPLIFY, "text"): _how_to_write,
    (acts.ASK, ""): _ask,
    (acts.ASK, "text"): _ask_or_tell,
    (acts.SMALL_TALK, ""): _small_talk,
    (acts.UNREAD, ""): _unread,
}
