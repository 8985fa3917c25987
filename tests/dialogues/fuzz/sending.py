"""Invariants of a turn in which a request is sent."""

from collections.abc import Mapping
from typing import Any

from fuzz.moment import OF_MEETINGS, Broken, Moment, new_receipts
from fuzz.oracle import ASKS_TO_SEND, FREE_TEXT, MEETING, SLOTS

from actions.request.wording import value_text
from common.slots import ORDER_OF_A_MEETING

_PARTS = {
    "recording": ("recording_", "support_", "terms_"),
    "notes": ("notes_",),
    "question": ("question_",),
}
_OF_ALL = ("request_type", "applicant_")
# The rows of a card for each meeting.
_ROWS = ORDER_OF_A_MEETING


def check_sending(moment: Moment) -> None:
    """Raises Broken if a request is sent without a yes, or differs from what the citizen saw."""
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
    _after_a_yes(moment)
    for one in moment.received:
        if one.problems:
            raise Broken(f"sent: {one.problems}")
        _as_held(one.payload, moment)
        _as_shown(one.payload, moment)


def _after_a_yes(moment: Moment) -> None:
    if moment.before.get("requested_slot") != "review":
        raise Broken(f"sent: while {moment.before.get('requested_slot')} was asked for")
    if not moment.act.yes:
        raise Broken(f"sent: without a yes, after {moment.act.shown!r}")
    if not moment.prompts & ASKS_TO_SEND:
        raise Broken(f"sent: {moment.act.shown!r} answered {moment.prompts}, not the review")
    if moment.after.get("requested_slot") is not None and not moment.before.get("request_waiting"):
        raise Broken("sent: and the form goes on")


def _as_held(payload: dict[str, Any], moment: Moment) -> None:
    """The payload has the values that the slots and `meetings` had at the review."""
    flat, kind = _flat(payload), payload["type"]
    for slot in (one for one in SLOTS if one in flat):
        value = moment.before.get(slot) if slot.startswith((*_OF_ALL, *_PARTS[kind])) else None
        sent = flat[slot]
        if slot == "terms_accepted":
            sent = True if sent else None
        if (sent or None) != (value or None):
            raise Broken(f"sent: {slot} was {value!r} at the review, Jura has {sent!r}")
    held = [_told(one) for one in moment.before.get("meetings") or ()] if kind in OF_MEETINGS else []
    sent_meetings = [_told({f"meeting_{key}": value for key, value in one.items()}) for one in payload["meetings"]]
    if held != sent_meetings or bool(held) != (kind in OF_MEETINGS):
        raise Broken(f"sent: the meetings were {held} at the review, Jura has {sent_meetings}")
    relation = moment.before.get("behalf_relation")
    behalf = {key: moment.before.get(f"behalf_{key}") for key in ("name", "relation", "words")} if relation else None
    if behalf != payload["behalf"]:
        raise Broken(f"sent: for {behalf} at the review, Jura has {payload['behalf']}")


def _told(meeting: Mapping[str, Any]) -> dict[str, Any]:
    return {slot: meeting.get(slot) for slot in MEETING}


def _as_shown(payload: dict[str, Any], moment: Moment) -> None:
    """The card showed the payload: the citizen's texts, and rows for each meeting."""
    shown = _words(" ".join(row["value"] for row in moment.rows))
    flat = _flat(payload)
    texts = {slot: flat[slot] for slot in ("applicant_name", "applicant_email", *FREE_TEXT)}
    texts["behalf_name"] = (payload["behalf"] or {}).get("name")
    for slot, text in texts.items():
        if text and _words(text) not in shown:
            raise Broken(f"sent: {slot} = {text!r} was not on the card")
    of_meetings = [_words(row["value"]) for row in moment.rows if row.get("slot") in _ROWS]
    meetings = [{f"meeting_{key}": value for key, value in one.items()} for one in payload["meetings"]]
    wanted = [_words(value_text(slot, one)) for one in meetings for slot in _ROWS]
    if of_meetings != wanted:
        raise Broken(f"sent: the card showed {of_meetings}, Jura has {wanted}")


def _words(text: str) -> str:
    """The words of a text; a card shows a line break as ' / ' or as a full stop."""
    return " ".join(word for one in text.split() if (word := one.strip("./")))


def _flat(payload: dict[str, Any]) -> dict[str, Any]:
    recording = payload["recording"] or {}
    return {
        "request_type": payload["type"],
        **{f"applicant_{key}": payload["applicant"][key] for key in ("name", "email", "phone")},
        **{f"recording_{key}": recording.get(key) for key in ("medium", "grounds", "explanation", "purpose")},
        "support_person_possible": recording.get("support_person_possible"),
        "terms_accepted": recording.get("terms"),
        "notes_wanted": (payload["notes"] or {}).get("wanted"),
        "question_text": (payload["question"] or {}).get("text"),
    }
