"""Tests, fuzz of conversations: what must hold after every turn, whatever was said."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fuzz.oracle import ASKS_TO_SEND, FREE_TEXT, SLOTS, Act, Said

from bot.channel.asked import asked
from bot.dialogues.assertions import Turn
from bot.dialogues.receiver import Received

Slots = Mapping[str, Any]
# What the citizen is told when something broke behind the conversation.
_FAULTS = {"utter_technical_error", "utter_actions_down", "utter_send_failed"}
_LOST = {"utter_unclear", "utter_not_understood", "utter_not_understood_again", "utter_did_you_mean", "utter_stuck"}
_UNFIT = re.compile(r"\{\w*\}|\{\{|\}\}|\bNone\b|\bnull\b|\bnan\b|Traceback|utter_|action_|Error\b")


class Broken(AssertionError):
    """An invariant that does not hold; its name is the first word."""


@dataclass
class Moment:
    """A turn with what was before and after it, and what Jura received in it."""

    said: Said
    before: Slots
    asked_by: Turn
    after: Slots
    turn: Turn
    received: list[Received]
    receipts: frozenset[str] = frozenset()  # references that the citizen had before

    @property
    def act(self) -> Act:
        """What the citizen did."""
        return self.said.acts[-1]

    @property
    def prompts(self) -> set[str]:
        """The names of the messages that the citizen had before them."""
        return names(self.asked_by)


def new_receipts(turn: Turn, before: Iterable[str]) -> list[dict[str, Any]]:
    """The messages that give a receipt; one that was given before is only said again ('gentag')."""
    cards = [message for message in turn.messages if (message["card"] or {}).get("type") == "receipt"]
    return [message for message in cards if message["card"]["reference"] not in before]


def names(turn: Turn) -> set[str]:
    """The names of a turn's messages."""
    return {str(message["name"]) for message in turn.messages}


def check(moment: Moment, log: list[str]) -> None:
    """Raises Broken where one does not hold. `log`: what the program complained of during the turn."""
    _answered(moment, log)
    _only_what_was_said(moment)
    _sent_after_a_yes(moment)
    _questions_are_answered(moment)
    _buttons_are_understood(moment)
    _nothing_is_lost(moment)


def _answered(moment: Moment, log: list[str]) -> None:
    if log:
        raise Broken(f"exception: {log[0]}")
    if not moment.turn.messages:
        raise Broken("silent: no answer")
    if faults := names(moment.turn) & _FAULTS:
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
    if moment.turn.asking != asked(moment.after):
        raise Broken(f"asking: the page says {moment.turn.asking}, the form {asked(moment.after)}")


def _only_what_was_said(moment: Moment) -> None:
    kept = _kept(moment)
    for slot in SLOTS:
        new, old = moment.after.get(slot), moment.before.get(slot)
        if new in (None, old) or new in kept[slot]:
            continue
        if not moment.said.allows(slot, new, moment.before, moment.prompts, names(moment.turn)):
            raise Broken(f"not said: {slot} = {new!r} (was {old!r}) after {moment.act.shown!r}")
    outside = {**moment.before, "requested_slot": None}
    for slot, value in _wish(moment.after).items():
        new = slot in SLOTS and value not in (None, _wish(moment.before).get(slot))
        if new and not moment.said.allows(slot, value, outside, moment.prompts):
            raise Broken(f"not said: {slot} = {value!r} in the wish {moment.act.shown!r}")


def _wish(slots: Slots) -> dict[str, Any]:
    """What is kept of a wish about which it is asked which of two requests is wanted."""
    wished = (slots.get("request_pending") or {}).get("wish")
    return dict(wished["values"]) if wished else {}


def _kept(moment: Moment) -> dict[str, list[Any]]:
    """What was said before, and comes in where that is told: the values of a wish, and what was to be changed."""
    told, sources = names(moment.turn), []
    if told & {"utter_type_changed", "utter_waiting_begins", "utter_waiting_begins_bare"}:
        pending = moment.before.get("request_pending") or {}
        for wished in (moment.before.get("request_waiting"), pending.get("wish")):
            sources += [{**wished["values"], "request_type": wished["kind"]}] if wished else []
    if "utter_kept" in told:
        sources += [held["values"] for held in (moment.before.get("request_former") or {}).values()]
    return {slot: [source[slot] for source in sources if slot in source] for slot in SLOTS}


def _sent_after_a_yes(moment: Moment) -> None:
    receipts = new_receipts(moment.turn, moment.receipts)
    if len(moment.received) > 1 or len(receipts) > 1:
        raise Broken(f"sent: {len(moment.received)} requests, {len(receipts)} receipts in one turn")
    if moment.received and not receipts:
        raise Broken("sent: without a receipt")
    told = [m for m in receipts if "modtaget hos Jura" in m["text"]]
    if bool(told) != bool(moment.received):
        raise Broken(f"sent: told {bool(told)}, received {bool(moment.received)}")
    if not receipts:
        return
    if moment.before.get("requested_slot") != "review":
        raise Broken(f"sent: while {moment.before.get('requested_slot')} was asked for")
    if not moment.act.yes:
        raise Broken(f"sent: without a yes, after {moment.act.shown!r}")
    if not moment.prompts & ASKS_TO_SEND:
        raise Broken(f"sent: {moment.act.shown!r} answered {moment.prompts}, not the review")
    if moment.after.get("requested_slot") is not None and not moment.before.get("request_waiting"):
        raise Broken("sent: and the form goes on")
    for one in moment.received:
        if one.problems:
            raise Broken(f"sent: {one.problems}")
        _as_shown(one.payload, moment)


def _as_shown(payload: dict[str, Any], moment: Moment) -> None:
    """What Jura has is what the slots held when the citizen saw them."""
    flat = _flat(payload)
    kind = payload["type"]
    for slot in SLOTS:
        value = moment.before.get(slot)
        if not slot.startswith(("request_type", "applicant_", *_PARTS[kind])):
            value = None
        sent = flat[slot]
        if slot == "terms_accepted":
            sent = True if sent else None
        if (sent or None) != (value or None):
            raise Broken(f"sent: {slot} was {value!r} at the review, Jura has {sent!r}")
    cards = [m["card"] for m in moment.asked_by.messages if m["card"]]
    shown = _words(" ".join(row["value"] for card in cards for row in card["rows"]))
    for slot in ("applicant_name", "applicant_email", *FREE_TEXT):
        if flat[slot] and _words(flat[slot]) not in shown:
            raise Broken(f"sent: {slot} = {flat[slot]!r} was not on the card")


def _words(text: str) -> str:
    """A text's words: on a card a line break is ' / '."""
    return " ".join(word for word in text.split() if word != "/")


_PARTS = {
    "recording": ("meeting_", "recording_", "support_", "terms_"),
    "notes": ("meeting_", "notes_"),
    "question": ("question_",),
}


def _flat(payload: dict[str, Any]) -> dict[str, Any]:
    meeting, recording = next(iter(payload["meetings"]), {}), payload["recording"] or {}
    return {
        "request_type": payload["type"],
        **{f"applicant_{key}": payload["applicant"][key] for key in ("name", "email", "phone")},
        **{f"meeting_{key}": meeting.get(key) for key in ("department", "department_text", "kind", "date", "time")},
        **{f"recording_{key}": recording.get(key) for key in ("medium", "grounds", "explanation", "purpose")},
        "support_person_possible": recording.get("support_person_possible"),
        "terms_accepted": recording.get("terms"),
        "notes_wanted": (payload["notes"] or {}).get("wanted"),
        "question_text": (payload["question"] or {}).get("text"),
    }


def _questions_are_answered(moment: Moment) -> None:
    """A question is answered, or asked back about; the form stays where it was."""
    topic = moment.act.sentence.topic if moment.act.sentence else None
    slot = moment.before.get("requested_slot")
    # What is asked where Jura's question is to be written is that question.
    if not topic or slot == "question_text":
        return
    if moment.after.get("requested_slot") != slot:
        raise Broken(f"question: {moment.act.shown!r} moved the form from {slot} to {moment.turn.asking}")
    if not any(name.startswith("utter_") for name in names(moment.turn)):
        raise Broken(f"question: no answer to {moment.act.shown!r}")


def _buttons_are_understood(moment: Moment) -> None:
    """What the assistant offers, it knows what to do with."""
    if moment.act.payload and (lost := names(moment.turn) & _LOST):
        raise Broken(f"button: {moment.act.shown} ({moment.act.payload}) led to {lost}")


def _nothing_is_lost(moment: Moment) -> None:
    """What was written for a request is deleted by sending it, and by a yes to 'Vil du stoppe?'."""
    written = [slot for slot in SLOTS[1:] if moment.before.get(slot) is not None]
    kept = [slot for slot in SLOTS if moment.after.get(slot) is not None]
    # Who is asked to be sure may say 'stop' once more, too.
    meant = moment.prompts & {"utter_confirm_stop", "utter_confirm_restart"} and not _is_no(moment.act)
    meant = meant or new_receipts(moment.turn, moment.receipts)
    if written and not kept and not meant and moment.before.get("requested_slot"):
        raise Broken(f"lost: {written} after {moment.act.shown!r}")


def _is_no(act: Act) -> bool:
    return "no" in act.sentence.marks if act.sentence else act.payload == "/deny"


def check_no_cpr(events: list[dict[str, Any]], cpr: str, what: str) -> None:
    """Raises Broken where a CPR number's figures stand in anything that was stored or sent."""
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
