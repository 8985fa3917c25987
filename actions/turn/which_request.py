"""Which request is meant where another is wished for while one is under way: this first, both, or the new one."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.request.wording import TYPE_TITLES, noted
from actions.say import Say
from actions.turn.meetings import only_meetings
from actions.turn.result import Kind, Result
from actions.turn.taking import taken
from common.acts import ALSO, INSTEAD, VAGUE, Act
from common.markdown import Markdown, escaped
from common.request import State
from common.slots import BESIDE, MEETING, ORDER

# Asks for the plain yes to sending that was not among the words.
PLAINLY = Say("utter_send_plainly")
# As it is kept in `request_waiting`: its kind, what was told for it, and the one that waits behind it (`then`).
Wish = dict[str, Any]
_THE = {
    "recording": "anmodningen om at optage",
    "notes": "anmodningen om notater eller referat",
    "question": "spørgsmålet til Jura",
}


def wished(act: Act, told: Sequence[Act], state: State) -> Result:
    """The wish for a request, begun where none is under way; else it is asked which of the two is meant."""
    if state.kind is None or state.asked in (None, "request_type"):
        result = begun(_wish(act.value, told), Kind.VALUE)
        if any(one.act == VAGUE for one in told):
            result.says.append(Say("utter_other_authority"))
        return result
    if act.about == ALSO:
        return _after_this(_wish(act.value, told), state)
    if act.value == state.kind:
        # 'Bed om lov til at optage', while that goes on.
        return Result(Kind.TALK, says=[Say("utter_request_continues")])
    wish = _wish(act.value, told)
    if not state.has_given:
        return changed(wish, state)
    waiting = state.waiting
    if waiting and waiting["kind"] == act.value and act.about != INSTEAD:
        # Wished for once more, it waits still, with what is said of it now.
        return _both({**wish, "values": {**waiting["values"], **wish["values"]}}, state)
    return Result(Kind.ASK_BACK, pending={"kind": "which_request", "wish": wish})


def question(wish: Wish, kind: str | None) -> Say:
    """The question itself."""
    this = str(kind)
    fill = {"title": TYPE_TITLES[this], "it": "det" if this == "question" else "den"}
    return Say("utter_which_request", {**fill, "new": TYPE_TITLES[wish["kind"]]})


def chosen(act: Act, told: Sequence[Act], state: State) -> Result:
    """What follows from the answer: `this`, `both` or `new`; another one leaves the question open."""
    assert state.pending is not None
    wish: Wish = state.pending["wish"]
    wish = {**wish, "values": wish["values"] | taken(told).values}
    if act.value == "both":
        return _both(wish, state)
    if act.value == "new":
        return changed(wish, state)
    if act.value == "this":
        return Result(Kind.TALK, says=[Say("utter_this_first", {"this": _THE[str(state.kind)]})])
    return Result(Kind.UNCLEAR, pending=dict(state.pending))


def changed(wish: Wish, state: State) -> Result:
    """The request becomes one of another kind; what was said is kept, and what is said with the wish is taken."""
    result = begun(wish, Kind.TYPE_CHANGE)
    day = state.known.get("meeting_date")
    past = bool(day) and str(day) < state.today.isoformat()
    if wish["kind"] == "recording" and "meeting_date" not in result.values and past:
        # Notes are of a meeting that has been; a recording is of one to come.
        result.reopened |= {"meeting_date", "meeting_time"}
    kept = {slot: state.known[slot] for slot in ORDER[wish["kind"]] if slot in state.known}
    kept = {slot: value for slot, value in kept.items() if slot not in {*result.reopened, *result.values}}
    fill = {"title": TYPE_TITLES[wish["kind"]]}
    says = Say("utter_type_changed_keeps", {**fill, "noted": noted(_with_words(kept, state))})
    result.says.insert(0, says if kept else Say("utter_type_changed", fill))
    return result


def _with_words(kept: Mapping[str, Any], state: State) -> dict[str, Any]:
    """The values with those that are shown beside them."""
    return {one: state.known[one] for slot in kept for one in (slot, *BESIDE.get(slot, ())) if one in state.known}


def begun(wish: Wish, kind: Kind) -> Result:
    """What a wish gives the request that it is for."""
    told = taken((), wish["values"], wish["settled"], wish["dates"], wish["times"])
    told.kind = kind
    told.values["request_type"] = wish["kind"]
    if more := wish.get("more"):
        first = {slot: value for slot, value in told.values.items() if slot in MEETING}
        lines = "\n".join(f"{place}. {escaped(noted(one) or '-')}" for place, one in enumerate([first, *more], 1))
        told.adds = list(more)
        if first or any(more):
            told.says.insert(0, Say("utter_meetings_noted", {"lines": Markdown(lines)}))
    return told


def offer(wish: Wish) -> Say:
    """The first one was stopped: the one that waits is offered."""
    buttons = (("Ja, begynd på det", f"/request_{wish['kind']}"), ("Nej tak", "/deny"))
    return Say("utter_waiting_offered", {"title": TYPE_TITLES[wish["kind"]]}, buttons)


def begins(wish: Wish, noted: str) -> Say:
    """The first one was sent: the other begins, with what is known already."""
    title = {"title": _THE[wish["kind"]]}
    return Say("utter_waiting_begins", {**title, "noted": noted}) if noted else Say("utter_waiting_begins_bare", title)


def also(wish: str, told: Sequence[Act], kind: str) -> tuple[Wish, Say]:
    """A second kind of request that is wished for with the first: it waits with what is told of it, which is said."""
    return _wish(wish, told), Say("utter_both", {"this": _THE[kind], "other": _THE[wish]})


def behind(waiting: Mapping[str, Any] | None, wish: Wish) -> Wish:
    """The requests that wait, with one more: each holds the one after it; one of the same kind takes its place."""
    if waiting is None:
        return wish
    if waiting["kind"] == wish["kind"]:
        return {**wish, "then": waiting.get("then")}
    return {**waiting, "then": behind(waiting.get("then"), wish)}


def _wish(kind: str, told: Sequence[Act]) -> Wish:
    days = [act for act in told if act.readings]
    values = taken([act for act in told if not act.readings])
    return {
        "kind": kind,
        "values": values.values,
        "settled": sorted(values.settled),
        "more": only_meetings(told),
        "dates": [day for act in days if act.slot == "meeting_date" for day in act.readings],
        "times": [hour for act in days if act.slot == "meeting_time" for hour in act.readings],
    }


def _after_this(wish: Wish, state: State) -> Result:
    """A wish beside a text, or beside a yes to sending: it waits, and the yes that binds is asked for at once."""
    waits = Say("utter_also_waits", {"this": _THE[str(state.kind)], "other": _THE[wish["kind"]]})
    shown = state.prompted and state.asked == "review"
    return Result(Kind.TALK, says=[waits, PLAINLY] if shown else [waits], waiting=wish, prompt=not shown)


def _both(wish: Wish, state: State) -> Result:
    fill = {"this": _THE[str(state.kind)], "other": _THE[wish["kind"]]}
    return Result(Kind.TALK, says=[Say("utter_both", fill)], waiting=wish)
