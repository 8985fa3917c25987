"""A turn as the templates need it: Danish titles, similar training lines, paragraphs, times. CPR is masked."""

from collections.abc import Mapping
from typing import Any

from bot.nlu.text import fold
from common import cpr
from common.acts import FORM
from workbench.inspect.nearest import Nearest
from workbench.inspect.page_text import page_paragraphs
from workbench.inspect.rules import rule_for
from workbench.inspect.stopwatch import Times
from workbench.inspect.turns import ASKED_BACK, Turn
from workbench.shared import titles

_INTENTS = 5
# How many similar lines are shown of the likeliest intent, the second and the third.
_NEAREST = (3, 1, 1)
_PARTS = ("reading", "choosing", "action", "server", "store", "rest", "channel")


def view(turn: Turn, times: Times, nearest: Nearest, responses: Mapping[str, Any]) -> dict[str, Any]:
    """The template's context for a turn; `responses` are the domain's."""
    shown: dict[str, Any] = {
        "id": turn.id,
        "said": turn.said,
        "text": turn.text,
        "folded": fold(turn.text),
        "at": f"{turn.at:%H.%M.%S}",
        "button": turn.button,
        "masked": turn.masked,
        "asks_back": turn.intent == ASKED_BACK,
        "title": titles.intent_title(turn.intent),
        "intent": turn.intent,
        "confidence": turn.confidence,
        "intents": [] if turn.button else _intents(turn, nearest),
        "acts": [
            {
                "title": titles.ACTS.get(act.act, act.act),
                "value": titles.act_value(act),
                "words": act.words,
                "certainty": act.certainty,
            }
            for act in turn.acts
            # Acts addressed to a request that has not begun are not carried out in this turn.
            if act.to in ("", FORM)
        ],
        "found": [
            {
                **vars(value),
                "title": titles.entity_title(value.entity),
                "source": titles.source(value.entity, value.rule),
            }
            for value in turn.values
        ],
        "changes": [
            {**vars(change), "title": titles.slot_title(change.slot), "own": change.slot in titles.BOOKKEEPING}
            for change in turn.changes
        ],
        "decision": _decision(turn),
        "actions": _actions(turn, times),
        "answers": [_answer(answer, responses) for answer in turn.answers],
        "asking": turn.asked_after and titles.slot_title(turn.asked_after),
        "times": _times(times),
        "milliseconds": times.whole or times.rasa,
        "known_as": None if turn.button else nearest.label_of(turn.text),
    }
    masked: dict[str, Any] = without_cpr(shown)
    return masked


def _intents(turn: Turn, nearest: Nearest) -> list[dict[str, Any]]:
    found = []
    for place, (name, confidence) in enumerate(turn.ranking[:_INTENTS]):
        limit = _NEAREST[place] if place < len(_NEAREST) else 0
        found.append(
            {
                "name": name,
                "title": titles.intent_title(name),
                "confidence": confidence,
                "nearest": nearest.like(turn.text, name, limit) if limit else [],
            }
        )
    return found


def _decision(turn: Turn) -> dict[str, Any]:
    """What decided the answer: the form, or a rule of data/rules."""
    first = turn.actions[0] if turn.actions else None
    rule = rule_for(turn.intent, first.name) if first else None
    in_form = turn.form_before is not None and first is not None and first.name == turn.form_before
    return {
        "form": turn.form_before if in_form else None,
        "asked": titles.slot_title(turn.asked_before) if turn.asked_before else None,
        "rule": None if in_form or rule is None else rule,
        "policy": first.policy if first else "",
        "decided": turn.decided,
        "kind": titles.KINDS.get(turn.decided.kind, turn.decided.kind) if turn.decided else None,
    }


def _actions(turn: Turn, times: Times) -> list[dict[str, Any]]:
    """The actions with their times; a call of the action server is listed under the action that made it."""
    laps = [lap for lap in times.laps if lap.kind in ("action", "server") and lap.name != "action_listen"]
    shown: list[dict[str, Any]] = []
    calls: list[dict[str, Any]] = []
    for lap in laps:
        # Laps are listed as they end: a call comes before the action around it.
        if lap.kind == "server":
            calls.append({"name": lap.name, "milliseconds": lap.milliseconds})
        else:
            shown.append({"name": lap.name, "milliseconds": lap.milliseconds, "inside": calls})
            calls = []
    return shown or [{"name": action.name, "milliseconds": None, "inside": []} for action in turn.actions]


def _answer(answer: dict[str, Any], responses: Mapping[str, Any]) -> dict[str, Any]:
    metadata = ((responses.get(answer["name"] or "") or [{}])[0].get("metadata")) or {}
    page = page_paragraphs()
    numbers = [str(number) for number in metadata.get("paragraphs", ())]
    return {
        "name": answer["name"],
        "text": answer["text"],
        "buttons": [button["title"] for button in answer["buttons"]],
        "card": (answer["card"] or {}).get("rows", []),
        "paragraphs": [(number, page.get(number, "Afsnittet findes ikke på siden.")) for number in numbers],
    }


def _times(times: Times) -> list[dict[str, Any]]:
    """The milliseconds by part, each with its share; time that no lap covers is the rest."""
    server = times.sum("server")
    parts = {kind: times.sum(kind) for kind in ("reading", "choosing", "store")}
    parts |= {"action": max(0.0, times.sum("action") - server), "server": server}
    parts["rest"] = max(0.0, times.rasa - sum(parts.values()))
    parts["channel"] = max(0.0, times.whole - times.rasa) if times.whole else 0.0
    whole = sum(parts.values())
    reading = ", ".join(
        f"{lap.name} {lap.milliseconds:.1f}".replace(".", ",") for lap in times.laps if lap.kind == "reading"
    )
    return [
        {
            "kind": kind,
            "title": titles.TIMES[kind],
            "milliseconds": parts[kind],
            "share": parts[kind] / whole if whole else 0.0,
            "detail": reading if kind == "reading" else "",
        }
        for kind in _PARTS
        if parts[kind] >= 0.05
    ]


def without_cpr(value: Any) -> Any:
    """Masks CPR numbers in every text of a value. The chat has masked them; this is a second barrier."""
    if isinstance(value, str):
        return cpr.mask(value)[0]
    if isinstance(value, dict):
        return {key: without_cpr(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(without_cpr(one) for one in value)
    return value
