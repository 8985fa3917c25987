"""Answers about two requests: which one is meant, and what is given up for the other (conversation.md)."""

from collections.abc import Callable

from bot.nlu.acts.request.kinds_said import kinds_said, names_said
from bot.nlu.acts.request.limits import CHOICE_WORDS, CHOICE_WORDS_BY_NAME
from bot.nlu.acts.request.meeting_text.parts import blanked
from bot.nlu.acts.request.message import Message, cues
from bot.nlu.acts.request.reading import beginning
from bot.nlu.acts.request.sentences import sentence_spans
from bot.nlu.acts.request.slot_values import ENTITIES_OF, Reading, all_of, given
from bot.nlu.acts.request.wishes import begun_with
from common.acts import BINDS, CHOOSE, START, Act
from common.request import State
from common.slots import BEHALF, FREE_TEXT, LOOSE

_NAMES_ONE = ("chooses_this", "chooses_both", "chooses_new")


def which_request(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """Answer to `which_request`: this, both or the new one; a plain yes chooses none (conversation.md)."""
    assert state.pending is not None
    new = str(state.pending["wish"]["kind"])
    choice = _choice(message, state.kind or "", new) or _choice_in_a_sentence(message, state.kind or "", new)
    if (
        choice
        and state.asked in reading.values
        and not _names_request_outside_value(message, state, new)
        and not any(message.cue(cue) for cue in _NAMES_ONE)
    ):
        return None  # 'Kun lyd' answers the slot asked for
    if choice is None:
        names_none = message.cue("affirm") or message.cue("deny")
        # 'Nej, det gør jeg ikke' is no answer about a support person, which is not what is asked.
        told = reading.values.keys() - (() if message.cue("brings") else {"support_person_possible"})
        bare = names_none and message.words <= CHOICE_WORDS_BY_NAME and not told and not message.is_question
        return [Act(CHOOSE, slot="which_request")] if bare else None
    begun = beginning(message, new, state.today)
    # Values are for the new request: 'begge to, og referatet er fra den 3. september'. 'Begge dele' is no medium.
    values = {slot: begun.values[slot] for slot in begun.values.keys() - LOOSE} if choice != "this" else {}
    # Of the request under way: 'ikke notater! Jeg vil bare have, at den er på vegne af min søn'.
    for_whom = {slot: reading.values[slot] for slot in BEHALF if slot in reading.values and choice == "this"}
    return [*given(for_whom), Act(CHOOSE, choice, slot="which_request"), *all_of(Reading(values))]


def _names_request_outside_value(message: Message, state: State, new: str) -> bool:
    """Whether a request is named in words outside the asked slot's value."""
    entities = ENTITIES_OF.get(state.asked or "", (state.asked or "",))
    text = blanked(message.text, message.values(*entities))
    return any(message.cue_in(f"kind_{kind}", text) for kind in (state.kind, new))


def _choice_in_a_sentence(message: Message, kind: str, new: str) -> str | None:
    """The choice of the one sentence that makes one beside others: 'begge to, tak. Kan de følges ad?'."""
    spans = sentence_spans(message.text, message.unbroken)
    told = [message.within(*span) for span in spans] if len(spans) > 1 else []
    choices = {choice for one in told if not one.is_question and (choice := _choice(one, kind, new))}
    return choices.pop() if len(choices) == 1 else None


def _choice(message: Message, kind: str, new: str) -> str | None:
    """`this`, `both` or `new`, where the message names one."""
    if message.cue("gives_up_new") and message.words <= CHOICE_WORDS:
        return "this"
    pointing = {"this": ["chooses_this"], "new": ["chooses_new"]}
    said = names_said(message, {"this": [f"kind_{kind}"], "new": [f"kind_{new}"]}, pointing)
    if message.cue("stop") and not said.wanted:
        return None
    short = message.words <= CHOICE_WORDS and not message.is_question
    if short and not said.given_up and message.cue("chooses_both") and not message.cue("chooses_not_both"):
        return "both"
    if len(said.left) == 1:
        chosen = said.left.pop()
        if chosen == "new" and message.cue("this_first"):
            return "both"
        # Asked again: 'referatet først'.
        return None if chosen == "new" and message.cue("chooses_this") and not message.cue("chooses_new") else chosen
    if said.left:
        return "both" if short else None
    # Of two, one is given up: 'jeg vil ikke optage'.
    return ({"this", "new"} - said.given_up).pop() if len(said.given_up) == 1 and not said.wanted else None


def instead_of_stopped(message: Message, state: State, is_yes: Callable[[Message], bool]) -> list[Act] | None:
    """A yes to stopping with a wish for another kind: 'ja stop, men jeg vil stadig have referatet'."""
    mark = cues()["parts_wishes"].search(message.text.lower())
    if mark is None or not (is_yes(message.within(0, mark.start())) or message.within(0, mark.start()).cue("stop")):
        return None
    rest = message.within(mark.end(), len(message.text))
    others = kinds_said(rest).left - {state.kind}
    if len(others) != 1 or rest.is_question:
        return None
    kind = others.pop()
    return [Act(START, kind, BINDS), *all_of(begun_with(rest, kind, state.today))]


def gives_up_waiting(message: Message, state: State, reading: Reading) -> list[Act] | None:
    """The waiting request is not wanted any more: 'drop det med referatet'."""
    kind = state.waiting["kind"] if state.waiting else None
    said = kinds_said(message) if kind and state.asked not in FREE_TEXT and not message.is_question else None
    gives_up = said and kind in said.given_up - said.wanted and state.kind not in said.given_up
    return [Act(CHOOSE, "this", slot="which_request")] if gives_up else None
