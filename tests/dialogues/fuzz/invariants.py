"""Invariants that must hold after every turn, whatever was said."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fuzz.meetings import SAYS_SO, check_meetings
from fuzz.moment import OF_MEETINGS, Broken, Moment, Slots, asked_about, values_of, written
from fuzz.oracle import FREE_TEXT, MEETING, SLOTS, Act
from fuzz.sending import check_sending

from bot.channel.asking import asking
from common.slots import TOLD_BESIDE

# Error messages that the citizen may see.
_FAULTS = {"utter_technical_error", "utter_actions_down", "utter_send_failed"}
_LOST = {"utter_unclear", "utter_not_understood", "utter_not_understood_again", "utter_did_you_mean", "utter_stuck"}
# Responses that ask for a slot, by the beginning of their names.
_ASKS = ("utter_prompt_", "utter_review", "utter_text_stands", "utter_example_", "utter_plain_", "utter_vague_date")
_UNFIT = re.compile(r"\{\w*\}|\{\{|\}\}|\bNone\b|\bnull\b|\bnan\b|Traceback|utter_|action_|Error\b")
# Slots that change together with another: the hour with its day, the words with their department.
_BESIDE = ("meeting_department_text", "meeting_time", "meeting_recurrence", "behalf_who", "behalf_words")


def check(moment: Moment, log: list[str]) -> None:
    """Raises Broken for an invariant that does not hold. `log`: the errors logged during the turn."""
    _answered(moment, log)
    _only_what_was_said(moment)
    check_meetings(moment)
    _changes_are_told(moment)
    check_sending(moment)
    _questions_are_answered(moment)
    _what_is_asked_is_in_words(moment)
    _buttons_are_understood(moment)
    _values_are_kept(moment)


def _answered(moment: Moment, log: list[str]) -> None:
    if log:
        raise Broken(f"exception: {log[0]}")
    if not moment.turn.messages:
        raise Broken("silent: no answer")
    if faults := moment.told & _FAULTS:
        raise Broken(f"exception: {faults}")
    said = sorted({act.text for act in moment.said.acts if act.text}, key=len, reverse=True)
    for message in moment.turn.messages:
        text = str(message["text"])
        if not text.strip():
            raise Broken(f"silent: {message['name']} is empty")
        for own in said:
            text = text.replace(own, "")
        if unfit := _UNFIT.search(text):
            raise Broken(f"unfit: {unfit.group()!r} in {message['name']}: {text[:300]}")
        for button in message["buttons"]:
            if not button["title"].strip() or not button["payload"].startswith("/"):
                raise Broken(f"unfit: button {button}")
    if moment.turn.asking != asking(moment.after):
        raise Broken(f"asking: the page says {moment.turn.asking}, the form {asking(moment.after)}")


def _only_what_was_said(moment: Moment) -> None:
    of_meetings = moment.after.get("request_type") in OF_MEETINGS
    for slot in (one for one in (*SLOTS, TOLD_BESIDE) if not (of_meetings and one in MEETING)):
        new, old = moment.after.get(slot), moment.before.get(slot)
        if new not in (None, old) and not moment.allows(slot, new):
            raise Broken(f"not said: {slot} = {new!r} (was {old!r}) after {moment.act.shown!r}")
    outside = {**moment.before, "requested_slot": None, "request_together": []}
    before = _wished(moment.before)
    for slot, value in _wished(moment.after):
        new = slot in SLOTS and value is not None and (slot, value) not in before
        if new and not moment.said.allows(slot, value, outside, moment.prompts):
            raise Broken(f"not said: {slot} = {value!r} in the wish {moment.act.shown!r}")
    _asked_back_of_what_was_said(moment)


def _wished(slots: Slots) -> list[tuple[str, Any]]:
    """Slots and values of the wishes that are pending."""
    return [pair for wish in asked_about(slots) for one in values_of(wish) for pair in one.items()]


def _waiting(slots: Slots) -> list[Any]:
    """The acts that wait for the answer to which meeting they belong."""
    pending, acts = slots.get("request_pending"), []
    while pending:
        acts += pending.get("acts", ())
        pending = pending.get("open")
    return acts


def _in_a_known_week(value: str, moment: Moment) -> bool:
    """Whether a day is in the week of a known meeting: 'det er fredag og ikke torsdag', of Thursday the 10th."""
    known = [str(one["meeting_date"]) for one in moment.after.get("meetings") or () if one.get("meeting_date")]
    weeks = {date.fromisoformat(day).isocalendar()[:2] for day in known}
    return len(value) == len("2026-12-11") and date.fromisoformat(value).isocalendar()[:2] in weeks


def _asked_back_of_what_was_said(moment: Moment) -> None:
    """Readings that are asked about, and acts that wait for their meeting, were said by the citizen."""
    pending = moment.after.get("request_pending") or {}
    if pending == moment.before.get("request_pending"):
        return
    slot = {"date": "meeting_date", "time": "meeting_time"}.get(str(pending.get("kind")))
    for value in pending.get("readings", ()) if slot else ():
        if not moment.said.ever(str(slot), value) and not _in_a_known_week(value, moment):
            raise Broken(f"not said: {value} is asked about after {moment.act.shown!r}")
    waited = _waiting(moment.before)
    for act in pending.get("acts", ()):
        if act["value"] and act not in waited and not moment.allows(act["slot"], act["value"]):
            raise Broken(f"not said: {act['slot']} = {act['value']!r} of some meeting after {moment.act.shown!r}")


def _changes_are_told(moment: Moment) -> None:
    """A slot that was not asked for changes only if the answer says so, and so does `behalf` disappear."""
    before, after = moment.before, moment.after
    if moment.sends or after.get("requested_slot") is None or not before.get("requested_slot"):
        return
    answered = {before["requested_slot"], *(before.get("request_together") or ()), *_BESIDE, *FREE_TEXT}
    # When another meeting is asked about, the single slots hold that one's values.
    same = before.get("asking_about") == after.get("asking_about") and "utter_meeting_removed" not in moment.told
    for slot in SLOTS if same else [slot for slot in SLOTS if slot not in MEETING]:
        old, new = before.get(slot), after.get(slot)
        if None in (old, new) or old == new or slot in answered or slot == "request_type":
            continue
        if not moment.told & SAYS_SO:
            raise Broken(f"silence: {slot} was {old!r}, is {new!r} after {moment.act.shown!r}")
    own = "myself" in moment.act.marks or "behalf_relation" in moment.act.values()
    if before.get("behalf_relation") and not after.get("behalf_relation") and after.get("request_type") and not own:
        raise Broken(f"silence: it is for {before.get('behalf_who')} no more after {moment.act.shown!r}")


def _questions_are_answered(moment: Moment) -> None:
    """A question is answered, or asked back about; the form stays where it was."""
    topic = moment.act.sentence.topic if moment.act.sentence else None
    slot = moment.before.get("requested_slot")
    # At this slot, a question is the text for Jura.
    if not topic or slot == "question_text":
        return
    if moment.after.get("requested_slot") != slot:
        raise Broken(f"question: {moment.act.shown!r} moved the form from {slot} to {moment.turn.asking}")
    if not any(name.startswith("utter_") for name in moment.told):
        raise Broken(f"question: no answer to {moment.act.shown!r}")


def _what_is_asked_is_in_words(moment: Moment) -> None:
    """Where another slot is asked for than before, the reply holds its question."""
    slot, before = moment.after.get("requested_slot"), moment.before.get("requested_slot")
    if (
        slot == before
        or slot is None
        or moment.turn.asking not in (slot, *(moment.after.get("request_together") or ()))
    ):
        return  # a question in between
    if not any(name.startswith(_ASKS) for name in moment.told):
        raise Broken(f"asks: {slot} is asked for without words after {moment.act.shown!r}: {sorted(moment.told)}")


def _buttons_are_understood(moment: Moment) -> None:
    """A button of the assistant's is understood."""
    if moment.act.payload and (lost := moment.told & _LOST):
        raise Broken(f"button: {moment.act.shown} ({moment.act.payload}) led to {lost}")


def _values_are_kept(moment: Moment) -> None:
    """The values of a request disappear only by sending it, or by a yes to stopping or restarting."""
    had = written(moment.before)
    kept = [slot for slot in SLOTS if moment.after.get(slot) is not None]
    # Asked for confirmation, a citizen may also repeat 'stop'.
    meant = moment.prompts & {"utter_confirm_stop", "utter_confirm_restart"} and not _is_no(moment.act)
    meant = meant or moment.sends
    if had and not kept and not meant and moment.before.get("requested_slot"):
        raise Broken(f"lost: {had} after {moment.act.shown!r}")


def _is_no(act: Act) -> bool:
    return "no" in act.sentence.marks if act.sentence else act.payload == "/deny"


def check_no_cpr(events: list[dict[str, Any]], cpr: str, what: str) -> None:
    """Raises Broken if the digits of a CPR number occur in anything that was stored or sent."""
    for text in _texts(events):
        if cpr in re.sub(r"\D", "", text):
            raise Broken(f"cpr: {what} holds it: {text[:200]}")


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from _texts(value)
    elif node is not None and not isinstance(node, (int, float)):
        yield json.dumps(node, default=str)
