"""What a page is told of the question that is open (chat-api.md): `asking`, `asks`, `progress` and `kept`.

Where it has any, `kept_beside` too: what is kept of the slots asked for with the one that `kept` tells of, by slot.
"""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.channel.asking import asking
from common.clock import now
from common.progress import Question, progress, question_of
from common.request import State
from common.slots import BINDING

_OUTSIDE_A_REQUEST = dict.fromkeys(("asking", "asks", "progress", "kept"))


def open_question(tracker: DialogueStateTracker | None) -> dict[str, Any]:
    """The keys of a reply; all are None outside a request."""
    if tracker is None or not tracker.active_loop_name:
        return dict(_OUTSIDE_A_REQUEST)
    slots = tracker.current_slot_values()
    state = State.of(slots, (), now().date())
    name = asking(slots)
    # While a question in between is open, `asking` is its name and no slot is asked for.
    of_a_slot = name is not None and name == state.asked
    place = progress(state, asked_before(tracker.events))
    return {
        "asking": name,
        "asks": list(state.asks) if of_a_slot else None,
        "progress": asdict(place) if place else None,
        **(_kept(state) if of_a_slot else {"kept": None}),
    }


def asked_before(events: Iterable[Any]) -> set[Question]:
    """The questions of the request under way that were asked so far, from the events of its conversation."""
    asked: set[Question] = set()
    draft, about = None, 0
    for event in events:
        if not isinstance(event, SlotSet):
            continue
        if event.key == "request_draft" and event.value != draft:
            draft, asked = event.value, set()
        elif event.key == "asking_about":
            about = int(event.value or 0)
        elif event.key == "requested_slot" and event.value:
            asked.add(question_of(str(event.value), about))
    return asked


def _kept(state: State) -> dict[str, Any]:
    """What the slot held that is asked for again; None for the terms, which need a yes each time."""
    former = state.former.get(state.asked or "")
    if not former or state.asked in BINDING:
        return {"kept": None}
    kept = former.get("kept")
    beside = {slot: value for slot, value in former["values"].items() if kept and slot != kept["slot"]}
    return {"kept": kept, "kept_beside": beside} if beside else {"kept": kept}
