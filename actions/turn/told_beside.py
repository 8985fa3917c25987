"""What citizens tell for which there is no field: it is kept as written, in the request's remarks.

conversation.md, What every citizen can rely on, 1: nothing given is lost.
"""

from collections.abc import Sequence

from actions.say import Say
from actions.turn.corrections import too_long
from actions.turn.result import Kind, Result
from common.acts import Act
from common.request import State
from common.slots import FREE_TEXT, TOLD_BESIDE
from common.texts import in_one_text


def keep(act: Act, _: Sequence[Act], state: State) -> Result:
    """Adds the words to the remarks and says so, or that they are too long; an answer is not repeated."""
    held = str(state.known.get(TOLD_BESIDE) or "")
    text = held if act.value in held else in_one_text([held, act.value])
    if len(text) > FREE_TEXT[TOLD_BESIDE]:
        return too_long(TOLD_BESIDE)
    says = [] if state.asked == TOLD_BESIDE else [Say("utter_told_beside", {"words": act.value})]
    return Result(Kind.VALUE, values={TOLD_BESIDE: text}, says=says)
