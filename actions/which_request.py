"""Asks which request is meant where another is wished for while one is under way: this first, both, or the new one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from actions.decision import Decision, Kind, Say, State
from actions.message import Message
from actions.reading import beginning
from actions.taking import from_reading
from actions.talk import TYPE_TITLES
from actions.values import LOOSE, Reading

Wish = dict[str, Any]
INTENTS = tuple(f"request_{kind}" for kind in TYPE_TITLES)
_THE = {
    "recording": "anmodningen om at optage",
    "notes": "anmodningen om notater eller referat",
    "question": "spørgsmålet til Jura",
}
_NAMES_ONE = ("chooses_this", "chooses_both", "chooses_new")
# A longer message says something else as well.
_MOST_WORDS = 15
# A request is named by itself in few words: 'nej, kun referatet, tak'.
_MOST_WORDS_OF_A_NAME = 8


def ask(new: str, message: Message, state: State) -> Decision:
    """Asks which of the two is wanted; what the message says is kept with the wish, and changes nothing yet."""
    wished = _wish(new, message, state.today)
    waiting = state.waiting
    if waiting and waiting["kind"] == new and not message.cue("instead"):
        # Wished for once more, it waits still, with what is said of it now.
        return _both({**wished, "values": {**waiting["values"], **wished["values"]}}, state)
    return Decision(Kind.ASK_BACK, pending={"kind": "which_request", "wish": wished})


def question(wished: Wish, kind: str | None) -> Say:
    """The question itself."""
    this = str(kind)
    fill = {"title": TYPE_TITLES[this], "it": "det" if this == "question" else "den"}
    return Say("utter_which_request", {**fill, "new": TYPE_TITLES[wished["kind"]]})


def answered(message: Message, state: State, reading: Reading) -> Decision | None:
    """The decision where the question is answered, by its name or by a button; a plain yes names none of the three."""
    assert state.pending is not None
    wished: Wish = state.pending["wish"]
    choice = _chosen(message, state.kind or "", wished["kind"])
    if choice and state.asked in reading.values and not any(message.cue(cue) for cue in _NAMES_ONE):
        return None  # 'Kun lyd' answers what was asked before, and names no request
    if choice is None:
        names_none = message.cue("affirm") or message.cue("deny")
        bare = names_none and message.words <= _MOST_WORDS_OF_A_NAME and not reading.values and not message.is_question
        return Decision(Kind.UNCLEAR, pending=dict(state.pending)) if bare else None
    if choice == "this":
        return Decision(Kind.TALK, says=[Say("utter_this_first", {"this": _THE[str(state.kind)]})])
    more = _wish(wished["kind"], message, state.today)["values"]
    # 'Begge to, og referatet er fra den 3. september' is said of the new one; 'begge dele' is no sound and picture.
    wished = {**wished, "values": wished["values"] | {slot: more[slot] for slot in more.keys() - LOOSE}}
    return _both(wished, state) if choice == "both" else changed(wished, state)


def changed(wished: Wish, state: State) -> Decision:
    """The request becomes one of another kind; what was said is kept, and what is said with the wish is taken."""
    decision = begun(wished, Kind.TYPE_CHANGE)
    decision.says.insert(0, Say("utter_type_changed", {"title": TYPE_TITLES[wished["kind"]]}))
    day = state.known.get("meeting_date")
    past = bool(day) and str(day) < state.today.isoformat()
    if wished["kind"] == "recording" and "meeting_date" not in decision.values and past:
        # Notes are of a meeting that has been; a recording is of one to come.
        decision.reopened |= {"meeting_date", "meeting_time"}
    return decision


def at_once(new: str, message: Message, state: State) -> Decision:
    """The same, where nothing has been given yet that could be lost."""
    return changed(_wish(new, message, state.today), state)


def begun(wished: Wish, kind: Kind) -> Decision:
    """What a wish gives the request that it is for."""
    reading = Reading(dict(wished["values"]), set(wished["settled"]), list(wished["dates"]), list(wished["times"]))
    decision = from_reading(reading, kind)
    decision.values["request_type"] = wished["kind"]
    return decision


def offer(wished: Wish) -> Say:
    """The first one was stopped: the one that waits is offered."""
    buttons = (("Ja, begynd på det", f"/request_{wished['kind']}"), ("Nej tak", "/deny"))
    return Say("utter_waiting_offered", {"title": TYPE_TITLES[wished["kind"]]}, buttons)


def begins(wished: Wish, noted: str) -> Say:
    """The first one was sent: the other begins, with what is known already."""
    title = {"title": _THE[wished["kind"]]}
    return Say("utter_waiting_begins", {**title, "noted": noted}) if noted else Say("utter_waiting_begins_bare", title)


def behind(waiting: Mapping[str, Any] | None, wished: Wish) -> Wish:
    """The requests that wait, with one more: each holds the one after it; one of the same kind takes its place."""
    if waiting is None:
        return wished
    if waiting["kind"] == wished["kind"]:
        return {**wished, "then": waiting.get("then")}
    return {**waiting, "then": behind(waiting.get("then"), wished)}


def _wish(new: str, message: Message, today: date) -> Wish:
    reading = beginning(message, new, today)
    reading.values.pop("request_type", None)
    return {
        "kind": new,
        "values": reading.values,
        "settled": sorted(reading.settled),
        "dates": reading.dates,
        "times": reading.times,
    }


def _both(wished: Wish, state: State) -> Decision:
    fill = {"this": _THE[str(state.kind)], "other": _THE[wished["kind"]]}
    return Decision(Kind.TALK, says=[Say("utter_both", fill)], waiting=wished)


def _chosen(message: Message, kind: str, new: str) -> str | None:
    """`this`, `both` or `new`, where the message names one of them."""
    if message.button:
        return next((str(found.value) for found in message.values("choice")), None)
    if message.is_question or message.words > _MOST_WORDS or message.cue("stop"):
        return None
    if message.cue("gives_up_new"):
        return "this"
    named = {choice for choice, of in (("this", kind), ("new", new)) if message.cue(f"kind_{of}")}
    cued = {"this": message.cue("chooses_this"), "new": message.cue("chooses_new")}
    said = {choice for choice, is_said in cued.items() if is_said}
    gives_up = message.cue("gives_up")
    if message.cue("chooses_both") or (len(named) > 1 and not said and not gives_up):
        return "both"
    if said:
        # 'Referatet først', 'ikke den her': asked again.
        doubtful = len(said) > 1 or (said == {"this"} and (gives_up or named == {"new"}))
        return None if doubtful else said.pop()
    if len(named) != 1 or message.words > _MOST_WORDS_OF_A_NAME:
        return None
    return ({"this", "new"} - named if gives_up else named).pop()
