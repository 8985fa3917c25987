"""Finds the acts of a message that are for the form, from the NLU's acts or a button's payload."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.turn.buttons import pressed
from common.acts import ADD_MEETING, ASK, FORM, SET, START, UNREAD, Act, is_answered_before
from common.request import State
from common.slots import EXPLICIT, FREE_TEXT, MEETING, SUPPORT_PERSON_TEXT, TOLD_BESIDE
from common.texts import in_one_text


def heard(message: Mapping[str, Any], state: State) -> list[Act] | None:
    """The acts of a message (Rasa's parse) for the request under way.

    None if it only asks something that is answered before the form runs (conversation.md, A turn).
    """
    if _is_button(message):
        acts = pressed((message.get("intent") or {}).get("name") or "", message.get("entities") or (), state)
        return [act for act in acts if act.act == UNREAD or not is_answered_before(act)] or None
    acts = _acts(message)
    return [act for act in acts if act.to == FORM] or (None if acts else [])


def asks_beside(message: Mapping[str, Any]) -> bool:
    """Whether a message asks something that is answered before the form runs."""
    return any(is_answered_before(act) for act in _acts(message))


# Slots that a question before the request may fill.
_FILLED_BY_QUESTIONS = {*EXPLICIT, "recording_grounds", "recording_explanation"}
# What several messages tell of these belongs together.
_IN_ONE_TEXT = ("recording_explanation", "recording_grounds", SUPPORT_PERSON_TEXT, TOLD_BESIDE)
# Their values are of the office, not of a meeting ('er telefonen åben på fredag?').
_ABOUT_THE_OFFICE = ("faq_opening_hours", "faq_contact", "faq_digital_post", "human_handover", "check_status")


def beginning(message: Mapping[str, Any], state: State) -> list[Act]:
    """The acts that a request begins with: `start` and the values of that kind of request; none if no kind is known."""
    button = _is_button(message)
    acts = pressed((message.get("intent") or {}).get("name") or "", (), state) if button else _acts(message)
    wish = next((str(act.value) for act in acts if act.act == START), state.kind)
    if wish is None:
        return []
    return [Act(START, wish), *(act for act in acts if act.to == wish and act.act != START)]


def told_before(message: Mapping[str, Any], begun: Sequence[Act], before: Iterable[Mapping[str, Any]]) -> list[Act]:
    """The values that earlier messages gave for the request that begins.

    `begun`: the acts that it begins with; `before`: earlier messages, newest first. A message that contradicts a value
    ends the search: it is about another request.
    """
    wish = next((str(act.value) for act in begun if act.act == START), "")
    values = {act.slot: act.value for act in begun if act.act == SET}
    # An ambiguous day is not resolved by an earlier message.
    ambiguous = {act.slot for act in begun if act.readings}
    accepted = _is_button(message) or any(act.label == "affirm" for act in _acts(message))
    earlier: list[Act] = []
    for place, earlier_message in enumerate(before):
        said = _acts(earlier_message)
        if any(act.act == ASK and act.value in _ABOUT_THE_OFFICE for act in said):
            continue
        values_said = [act for act in said if act.to == wish and act.act == SET and not act.readings]
        # 'Må jeg filme mødet på torsdag?': the medium counts only if the offer was accepted at once.
        values_said = [act for act in values_said if (accepted and place == 0) or act.slot in _FILLED_BY_QUESTIONS]
        differ = (act for act in values_said if act.slot not in _IN_ONE_TEXT)
        if any(act.slot in ambiguous or values.get(act.slot, act.value) != act.value for act in differ):
            break
        told = [act for act in values_said if act.slot not in values or act.slot in _IN_ONE_TEXT]
        new = [_with_earlier(act, values[act.slot]) if act.slot in values else act for act in told]
        new = [act for act in new if act.value != values.get(act.slot)]
        earlier = [act for act in earlier if act.slot not in {one.slot for one in new}]
        values |= {act.slot: act.value for act in new}
        earlier += new
        if any(act.slot in MEETING for act in new) and not any(act.act == ADD_MEETING for act in (*begun, *earlier)):
            # The same message named more meetings: 'Jeg skal til tre møder ...'.
            earlier += [act for act in said if act.to == wish and act.act == ADD_MEETING]
    return earlier


def _with_earlier(act: Act, later: Any) -> Act:
    """The text of an earlier message with what a later one told (conversation.md, 4)."""
    if act.slot == "recording_grounds":
        return replace(act, value=list(dict.fromkeys([*act.value, *later])))
    told = [text for text in (str(act.value), str(later)) if text]
    both = told[1] if told[0] in told[1] else in_one_text(told)
    return replace(act, value=both if len(both) <= FREE_TEXT["recording_explanation"] else later)


def wished_also(message: Mapping[str, Any], kind: str) -> tuple[str, list[Act]] | None:
    """A second kind of request in the message that begins one of `kind`, with its values; None if there is none."""
    acts = _acts(message)
    other = next((str(act.value) for act in acts if act.act == START and act.value != kind), None)
    return (other, [act for act in acts if act.to == other and act.act != START]) if other else None


def _is_button(message: Mapping[str, Any]) -> bool:
    """Whether a message is a payload: the pipeline does not read those, so they have no acts."""
    return "acts" not in message


def _acts(message: Mapping[str, Any]) -> list[Act]:
    return [Act.of(one) for one in message.get("acts") or ()]
