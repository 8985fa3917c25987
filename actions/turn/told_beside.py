"""What citizens tell for which there is no field: it is kept as written, and goes into the text of the request.

conversation.md, What every citizen can rely on, 1: nothing given is lost.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.request.wording import limit_text
from actions.say import Say
from actions.turn.corrections import add_to_text, too_long
from actions.turn.result import Kind, Result
from common.acts import Act
from common.request import State
from common.slots import FREE_TEXT, LONGEST_TOLD_BESIDE, TEXT_OF, TOLD_BESIDE, is_settled
from common.texts import in_one_text


def keep(act: Act, _: Sequence[Act], state: State) -> Result:
    """Adds the words to the request's text, or keeps them until that is told; says so, or that they are too long."""
    slot = TEXT_OF[state.kind or "question"]
    say = Say("utter_told_beside", {"words": act.value})
    if state.known.get(slot):
        told = add_to_text(act.value, state, kind=Kind.VALUE)
        return replace(told, says=told.says or [say])
    held = str(state.known.get(TOLD_BESIDE) or "")
    text = held if act.value in held else in_one_text([held, act.value])
    if len(text) > LONGEST_TOLD_BESIDE:
        return too_long(slot)
    return Result(Kind.VALUE, values={TOLD_BESIDE: text}, says=[say])


def written(known: dict[str, Any], settled: set[str]) -> list[Say]:
    """Moves the kept words into the request's text, once that is told or left empty.

    A text that leaves no room for them is asked for again: what to say then is returned.
    """
    slot = TEXT_OF.get(str(known.get("request_type")))
    if not slot or TOLD_BESIDE not in known or not is_settled(slot, known, settled):
        return []
    whole = in_one_text([known.pop(slot, ""), known[TOLD_BESIDE]])
    settled.discard(slot)
    if len(whole) > FREE_TEXT[slot]:
        return [Say("utter_too_long_value", {"limit": limit_text(slot, known[TOLD_BESIDE])})]
    known[slot] = whole
    del known[TOLD_BESIDE]
    return []
