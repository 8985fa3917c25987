"""Undoing what the message before changed or took out (conversation.md, What every citizen can rely on, 1)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from actions.request.wording import noted
from actions.say import Say
from actions.turn.corrections import ask_what
from actions.turn.result import Kind, Result
from actions.turn.slot_types import Meeting, Snapshot
from common.acts import Act
from common.request import State
from common.slots import BINDING, MEETING

# Never restored: what binds needs a binding word each time.
_BOUND = (*BINDING, "terms_accepted_at")


def snapshot(known: Mapping[str, Any], settled: Iterable[str], meetings: Sequence[Meeting], about: int) -> Snapshot:
    """The request as it is, without what binds."""
    values = {slot: value for slot, value in known.items() if slot not in _BOUND}
    return {"known": values, "settled": sorted(settled), "meetings": [dict(one) for one in meetings], "about": about}


def restored(before: Snapshot, known: Mapping[str, Any]) -> dict[str, Any]:
    """The known values of a snapshot; what binds stays as it is in `known`."""
    return {**before["known"], **{slot: value for slot, value in known.items() if slot in _BOUND}}


def undoable(before: Snapshot, after: Snapshot) -> Snapshot | None:
    """`before`, if a value in it changed or a meeting was taken out; a request that begins has nothing to undo."""
    kind = before["known"].get("request_type")
    if kind is None or kind != after["known"].get("request_type"):
        return None
    kept = all(after["known"].get(slot) == value for slot, value in before["known"].items() if slot not in MEETING)
    left = after["meetings"] + [{}] * len(before["meetings"])
    kept &= all(_holds(now, was) for was, now in zip(before["meetings"], left, strict=False))
    return None if kept else before


def _holds(meeting: Meeting, values: Meeting) -> bool:
    return all(meeting.get(slot) == value for slot, value in values.items() if value is not None)


def undo(_act: Act, _: Sequence[Act], state: State) -> Result:
    """Puts back what the message before changed, and says what stands again."""
    if not state.undo:
        return ask_what(state)
    before = cast(Snapshot, dict(state.undo))
    changed = {slot: value for slot, value in before["known"].items() if state.known.get(slot) != value}
    changed = {slot: value for slot, value in changed.items() if slot not in MEETING}
    meetings = [one for one in before["meetings"] if one not in state.meetings]
    lines = [noted(values) for values in (changed, *meetings)]
    says = [Say("utter_put_back", {"noted": "; ".join(filter(None, lines))})]
    return Result(Kind.CORRECTION, restores=before, says=says)
