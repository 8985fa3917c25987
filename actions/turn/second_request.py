"""A request that is wished for while one is under way: finish this first, both, or the new one (conversation.md, 2)."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from actions.request.wording import TYPE_TITLES, noted
from actions.say import Say
from actions.turn.meetings import only_meetings
from actions.turn.result import Kind, Result, result_of_values
from actions.turn.slot_types import Wish, pending_of
from common.acts import ALSO, BINDS, INSTEAD, VAGUE, Act
from common.markdown import Markdown, escaped
from common.request import State
from common.slots import BESIDE, MEETING, ORDER, TELLS_APART

# Asks for a yes to sending from the list of binding words.
PLAINLY = Say("utter_send_plainly")


def wished(act: Act, with_it: Sequence[Act], state: State) -> Result:
    """The result of `start`: begins the request if none is under way, else asks which of the two is meant.

    `with_it`: the other acts of the message, which are of the new request.
    """
    if state.kind is None or state.asked in (None, "request_type"):
        result = begun(_wish(act.value, with_it), Kind.VALUE)
        if any(one.act == VAGUE for one in with_it):
            result.says.append(Say("utter_other_authority"))
        return result
    if act.about == BINDS:
        return changed(_wish(act.value, with_it), state)
    if act.about == ALSO:
        return _after_this(_wish(act.value, with_it), state)
    if act.value == state.kind:
        # A wish for the kind that is under way is no second request.
        return Result(Kind.TALK, says=[Say("utter_request_continues")])
    wish = _wish(act.value, with_it)
    if not state.has_given:
        return changed(wish, state)
    waiting = state.waiting
    if waiting and waiting["kind"] == act.value and act.about != INSTEAD:
        # It waits already: only its values are updated.
        return _both({**wish, "values": {**waiting["values"], **wish["values"]}}, state)
    return Result(Kind.ASK_BACK, pending={"kind": "which_request", "wish": wish})


def question(wish: Wish, kind: str | None) -> Say:
    """Asks which request is meant: that of `kind`, which is under way, both, or the wished one."""
    current = str(kind)
    fill = {"title": TYPE_TITLES[current].indefinite, "it": "det" if current == "question" else "den"}
    return Say("utter_which_request", {**fill, "new": TYPE_TITLES[wish["kind"]].indefinite})


def chosen(act: Act, with_it: Sequence[Act], state: State) -> Result:
    """The result of the answer `this`, `both` or `new`; any other leaves the question open.

    `this` without the question gives up the waiting request.
    """
    wish: Wish | None = (state.pending or {}).get("wish") or cast("Wish | None", state.waiting)
    assert wish is not None
    wish = {**wish, "values": wish["values"] | result_of_values(with_it).values}
    if act.value == "both":
        return _both(wish, state)
    if act.value == "new":
        return changed(wish, state)
    if act.value == "this":
        says = [Say("utter_this_first", {"this": TYPE_TITLES[str(state.kind)].definite})]
        return Result(Kind.TALK, says=says, drops=wish["kind"])
    return Result(Kind.UNCLEAR, pending=pending_of(state))


def changed(wish: Wish, state: State) -> Result:
    """The request becomes one of the wished kind; values that both kinds have are kept, those of the wish win."""
    result = begun(wish, Kind.TYPE_CHANGE)
    result.drops = wish["kind"]
    day = state.known.get("meeting_date")
    past = bool(day) and str(day) < state.today.isoformat()
    if wish["kind"] == "recording" and "meeting_date" not in result.values and past:
        # Only a meeting to come can be recorded; notes may be of a past one.
        result.reopened |= {"meeting_date", "meeting_time"}
    new = {slot: result.values[slot] for slot in TELLS_APART if slot in result.values}
    if any(state.known.get(slot) not in (None, value) for slot, value in new.items()):
        # Of two meetings none is made that does not exist, and none of the other request is kept.
        result.reopened |= {slot for slot in MEETING if slot in state.known and slot not in result.values}
        result.removes = [place for place in range(len(state.meetings)) if place != state.about]
    kept = {slot: state.known[slot] for slot in ORDER[wish["kind"]] if slot in state.known}
    kept = {slot: value for slot, value in kept.items() if slot not in {*result.reopened, *result.values}}
    fill = {"title": TYPE_TITLES[wish["kind"]].indefinite}
    says = Say("utter_type_changed_keeps", {**fill, "noted": noted(_with_secondary(kept, state))})
    told = noted({slot: value for slot, value in result.values.items() if slot != "request_type"})
    result.says[:0] = [
        says if kept else Say("utter_type_changed", fill),
        *([Say("utter_noted", {"noted": told})] if told and not wish.get("more") else ()),
    ]
    return result


def _with_secondary(kept: Mapping[str, Any], state: State) -> dict[str, Any]:
    """The values with those of the slots that are shown with them."""
    return {one: state.known[one] for slot in kept for one in (slot, *BESIDE.get(slot, ())) if one in state.known}


def begun(wish: Wish, kind: Kind) -> Result:
    """The result that begins the wished request with its values and meetings."""
    result = result_of_values((), wish["values"], wish["settled"], wish["dates"], wish["times"])
    result.kind = kind
    result.values["request_type"] = wish["kind"]
    if more := wish.get("more"):
        first = {slot: value for slot, value in result.values.items() if slot in MEETING}
        lines = "\n".join(f"{place}. {escaped(noted(one) or '-')}" for place, one in enumerate([first, *more], 1))
        result.adds = list(more)
        if first or any(more):
            result.says.insert(0, Say("utter_meetings_noted", {"lines": Markdown(lines)}))
    return result


def offer(wish: Wish) -> Say:
    """Offers the waiting request, after the first one was stopped or is not yet delivered."""
    buttons = (("Ja, begynd på det", f"/request_{wish['kind']}"), ("Nej tak", "/deny"))
    return Say("utter_waiting_offered", {"title": TYPE_TITLES[wish["kind"]].indefinite}, buttons)


def begins(wish: Wish, noted: str) -> Say:
    """Says that the waiting request begins, with what is known of it (`noted`, may be empty)."""
    title = {"title": TYPE_TITLES[wish["kind"]].definite}
    return Say("utter_waiting_begins", {**title, "noted": noted}) if noted else Say("utter_waiting_begins_bare", title)


def also(wish: str, with_it: Sequence[Act], kind: str) -> tuple[Wish, Say]:
    """A second kind of request from the message that began one of `kind`, and the reply that it waits."""
    return _wish(wish, with_it), _says_both(kind, wish)


def behind(waiting: Wish | None, wish: Wish) -> Wish:
    """The waiting requests with one more at the end (key `then`); one of the same kind is replaced."""
    if waiting is None:
        return wish
    if waiting["kind"] == wish["kind"]:
        return {**wish, "then": waiting.get("then")}
    return {**waiting, "then": behind(waiting.get("then"), wish)}


def without(waiting: Wish | None, kind: str | None) -> Wish | None:
    """The waiting requests without that of a kind."""
    if waiting is None:
        return None
    then = without(waiting.get("then"), kind)
    return then if waiting["kind"] == kind else {**waiting, "then": then}


def _wish(kind: str, with_it: Sequence[Act]) -> Wish:
    ambiguous = [act for act in with_it if act.readings]
    clear = result_of_values([act for act in with_it if not act.readings])
    return {
        "kind": kind,
        "values": clear.values,
        "settled": sorted(clear.settled),
        "more": only_meetings(with_it),
        "dates": [day for act in ambiguous if act.slot == "meeting_date" for day in act.readings],
        "times": [hour for act in ambiguous if act.slot == "meeting_time" for hour in act.readings],
    }


def _after_this(wish: Wish, state: State) -> Result:
    """A wish in a message that also answers the form: it waits; at the review the binding yes is asked for."""
    fill = {"this": TYPE_TITLES[str(state.kind)].definite, "other": TYPE_TITLES[wish["kind"]].definite}
    waits = Say("utter_also_waits", fill)
    at_review = state.prompted and state.asked == "review"
    return Result(Kind.TALK, says=[waits, PLAINLY] if at_review else [waits], waiting=wish, prompt=not at_review)


def _both(wish: Wish, state: State) -> Result:
    return Result(Kind.TALK, says=[_says_both(str(state.kind), wish["kind"])], waiting=wish)


def _says_both(kind: str, other: str) -> Say:
    return Say("utter_both", {"this": TYPE_TITLES[kind].definite, "other": TYPE_TITLES[other].definite})
