"""Undoing what the message before changed or took out (conversation.md, What every citizen can rely on, 1)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

from actions.request.wording import noted
from actions.say import Say
from actions.turn.corrections import ask_what, too_long
from actions.turn.result import Kind, Result
from actions.turn.slot_types import Meeting, Snapshot
from common.acts import ADDS, Act
from common.request import State
from common.slots import BINDING, FREE_TEXT, MEETING, SUPPORT_PERSON_TEXT, TOLD_BESIDE

# Below what they undo.
_BUTTONS = {
    "utter_corrected": ("Fortryd rettelsen", '/inform{"choice": "undo"}'),
    "utter_told_beside": ("Skriv det ikke til Jura", '/inform{"choice": "not_written"}'),
}
# Never restored: what binds needs a binding word each time.
_BOUND = (*BINDING, "terms_accepted_at")


def snapshot(known: Mapping[str, Any], settled: Iterable[str], meetings: Sequence[Meeting], about: int) -> Snapshot:
    """The request as it is, without what binds."""
    values = {slot: value for slot, value in known.items() if slot not in _BOUND}
    return {"known": values, "settled": sorted(settled), "meetings": [dict(one) for one in meetings], "about": about}


def restored(before: Snapshot, now: Snapshot) -> Snapshot:
    """The request with what the snapshot held; what the same message gave besides stays."""
    was, is_ = before["meetings"], now["meetings"]
    left = is_ + [{}] * len(was)
    taken_out = len(is_) < len(was)
    meetings = was if taken_out else [{**one, **old} for one, old in zip(left, was, strict=False)] + is_[len(was) :]
    known = {**now["known"], **before["known"]}
    settled = {*now["settled"], *before["settled"]} - {slot for slot, value in known.items() if value is not None}
    return {
        "known": known,
        "settled": sorted(settled),
        "meetings": [dict(one) for one in meetings],
        "about": before["about"],
    }


def undoable(before: Snapshot, after: Snapshot) -> Snapshot | None:
    """`before`, if a value in it changed, a meeting was taken out, or words were kept for which there is no field.

    A request that begins has nothing to undo.
    """
    kind = before["known"].get("request_type")
    if kind is None or kind != after["known"].get("request_type"):
        return None
    # Words that are added to what was answered before are taken out again.
    added = {TOLD_BESIDE} | ({SUPPORT_PERSON_TEXT} if "support_person_possible" in before["known"] else set())
    before = {**before, "known": {**dict.fromkeys(added & {*after["known"]}), **before["known"]}}
    known = before["known"].items()
    kept = all(after["known"].get(slot) == value for slot, value in known if slot not in MEETING)
    left = after["meetings"] + [{}] * len(before["meetings"])
    kept &= all(_holds(now, was) for was, now in zip(before["meetings"], left, strict=False))
    return None if kept else before


def with_button(say: Say, *, can_undo: bool) -> Say:
    """The reply, with a button that undoes it where it says what changed and that can be undone."""
    undoes = _BUTTONS.get(say.response) if can_undo else None
    return replace(say, buttons=(*say.buttons, undoes)) if undoes else say


def _holds(meeting: Meeting, values: Meeting) -> bool:
    return all(meeting.get(slot) == value for slot, value in values.items() if value is not None)


def undo(act: Act, _: Sequence[Act], state: State) -> Result:
    """Puts back what the message before changed, and says what stands again; with ADDS a text beside the new one."""
    if not state.undo:
        return ask_what(state)
    before = cast(Snapshot, dict(state.undo))
    if act.about == TOLD_BESIDE and TOLD_BESIDE in state.known:
        # What else the message before changed stands.
        now = snapshot(state.known, state.settled, [dict(one) for one in state.meetings], state.about)
        before = {**now, "known": {**now["known"], TOLD_BESIDE: before["known"].get(TOLD_BESIDE)}}
    says: list[Say] = []
    changed = {slot: value for slot, value in before["known"].items() if state.known.get(slot) != value}
    changed = {slot: value for slot, value in changed.items() if slot not in MEETING}
    told, earlier = str(state.known.get(TOLD_BESIDE) or ""), str(before["known"].get(TOLD_BESIDE) or "")
    if TOLD_BESIDE in changed and told.startswith(earlier):
        del changed[TOLD_BESIDE]
        says.append(Say("utter_not_written", {"words": told.removeprefix(earlier).strip()}))
    if SUPPORT_PERSON_TEXT in changed:
        # Shown with the answer.
        changed = {"support_person_possible": before["known"]["support_person_possible"], **changed}
    if act.about == ADDS:
        return _join_texts(changed, state)
    # What a meeting has got since is left to it.
    meetings = [one for one in before["meetings"] if not any(_holds(dict(now), one) for now in state.meetings)]
    lines = [line for values in (changed, *meetings) if (line := noted(values))]
    if lines or not says:
        says.append(Say("utter_put_back", {"noted": "; ".join(lines)}))
    return Result(Kind.CORRECTION, restores=before, says=says)


def _join_texts(changed: Mapping[str, Any], state: State) -> Result:
    """The texts that were replaced, each with the new one behind it."""
    replaced = [slot for slot in FREE_TEXT if slot in changed and slot in state.known]
    joined = {slot: f"{changed[slot]}\n{state.known[slot]}" for slot in replaced}
    if not joined:
        return ask_what(state)
    if over := next((slot for slot, text in joined.items() if len(text) > FREE_TEXT[slot]), None):
        return too_long(over)
    values: dict[str, Any] = dict(joined)
    if "recording_explanation" in joined and "recording_grounds" in changed:
        both = (*changed["recording_grounds"], *state.known.get("recording_grounds", ()))
        values["recording_grounds"] = list(dict.fromkeys(both))
    return Result(Kind.CORRECTION, values=values, says=[Say("utter_corrected", {"noted": noted(values)})])
