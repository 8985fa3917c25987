"""Two things in one message (an answer, a correction, a further meeting ...) are both applied.

Each thing of `two_things/things.yml` is joined with each answer, and at the review with each other thing: in one of the
ways, with `--every-row` in two. The trained pipeline reads the message, and its acts are applied to a request.
"""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from parsing import TODAY, acts_of

from bot.nlu.acts.request.by_sentence.state_after import after
from common.acts import BINDS, Act
from common.request import State
from common.slots import ORDER
from common.yaml_files import read_yaml

Thing = Mapping[str, Any]
_FILE = read_yaml(Path(__file__).parent / "two_things" / "things.yml")
_WAYS = ("{0}. {1}", "{0}, og {1}", "{0}. og i øvrigt {1}", "{0}, men {1}", "{0}, {1}")
_MEETING: dict[str, Any] = {
    "meeting_department": "jobcenter",
    "meeting_department_text": "jobcentret",
    "meeting_kind": "in_person",
    "meeting_time": "13:00",
}
_SECOND = {
    "meeting_department": "borgerservice",
    "meeting_department_text": "borgerservice",
    "meeting_kind": "phone_call",
}
_DAYS = {"recording": ("2026-12-10", "2026-12-15"), "notes": ("2026-11-10", "2026-11-12")}
_KNOWN: dict[str, Any] = {
    "recording_medium": "audio",
    "recording_explanation": "jeg glemmer det meste",
    "recording_grounds": ["memory"],
    "support_person_possible": "no",
    "recording_purpose": "private",
    "terms_accepted": True,
    "notes_wanted": "hele referatet",
    "applicant_name": "Mette Hansen",
    "applicant_email": "mette@eksempel.dk",
}
# Known losses by name, so that a new one fails.
_LOST = set(_FILE["lost"])


def _slots(kind: str, asked: str, count: int) -> dict[str, Any]:
    """The slots of a request where the slot is asked for."""
    order = ORDER[kind]
    before = order[: order.index(asked)] if asked in order else order
    first, second = _DAYS[kind]
    meetings = [{**_MEETING, "meeting_date": first}, {**_SECOND, "meeting_date": second}][:count]
    known = {slot: value for slot, value in _KNOWN.items() if slot in before}
    return {
        # One contact suffices.
        "request_settled": ["applicant_phone"] if asked == "review" else [],
        "request_type": kind,
        **known,
        **meetings[0],
        "meetings": meetings,
        "asking_about": 0,
        "requested_slot": asked,
    }


def _read(agent: Any, texts: Sequence[str], kind: str, asked: str, count: int = 1) -> list[tuple[list[Act], State]]:
    """The acts of each text, and their result."""
    slots = _slots(kind, asked, count)
    known = {slot: value for slot, value in slots.items() if slot in {*_KNOWN, *_MEETING, "meeting_date"}}
    settled = frozenset(slots["request_settled"])
    state = State(kind, asked, known, settled, TODAY, meetings=tuple(slots["meetings"]))
    read = acts_of(agent, texts, slots)
    return [(acts, after(state, [one for one in acts if one.to in ("", "form", kind)])) for acts in read]


def _is_taken(thing: Thing, acts: Sequence[Act], state: State) -> bool:
    """Whether a thing had its expected effect."""
    if "asks" in thing:
        return any(act.act == "ask" and act.value in thing["asks"] for act in acts)
    if "noted" in thing:
        # The review shows all of it.
        return state.asked == "review" or any(act.slot == "noted" for act in acts)
    if "meetings" in thing:
        return len(state.meetings) == thing["meetings"]
    if "meeting" in thing:
        return any(thing["meeting"].items() <= one.items() for one in state.meetings)
    told = all(state.known.get(slot) == value for slot, value in thing.get("known", {}).items())
    return told and all(word in str(state.known.get(slot)) for slot, word in thing.get("says", {}).items())


def _joined(pairs: Sequence[tuple[Thing, Thing]], ways: int = 2) -> list[tuple[tuple[Thing, Thing], str]]:
    """The pairs, each in so many of the ways."""
    made = []
    for number, (one, other) in enumerate(pairs):
        for step in range(0, 2 * ways, 2):
            way = _WAYS[(number + step) % len(_WAYS)]
            # After a question mark, a sentence begins.
            first = str(one["text"])
            text = f"{first} {other['text']}" if first.endswith("?") else way.format(first, other["text"])
            made.append(((one, other), text))
    return made


Lost = Callable[..., set[str]]


@pytest.fixture(scope="module")
def lost(agent: Any, every_row: bool) -> Lost:
    """The messages of pairs of things of which one had not its effect."""

    def lost(pairs: Sequence[tuple[Thing, Thing]], kind: str, asked: str, count: int = 1) -> set[str]:
        joined = _joined(pairs, 2 if every_row else 1)
        read = _read(agent, [text for _, text in joined], kind, asked, count)
        return {
            f"{asked}: {text}"
            for (things, text), (acts, state) in zip(joined, read, strict=True)
            if not all(_is_taken(one, acts, state) for one in things)
        }

    return lost


def _clash(one: Thing, other: Thing) -> bool:
    """Whether two things contradict: of one kind, or about a meeting that the other tells of or removes."""
    kinds = {one["of"], other["of"]}
    of_another = one["of"] == "more" and "meeting" in other
    return len(kinds) == 1 or of_another or kinds == {"gone", "time"}


@pytest.mark.parametrize(
    ("kind", "asked"), [(kind, asked) for kind, answers in _FILE["answers"].items() for asked in answers]
)
def test_a_thing_beside_an_answer_is_read(lost: Lost, kind: str, asked: str) -> None:
    answer = _FILE["answers"][kind][asked]
    pairs = [(answer, thing) for thing in _FILE[kind] if thing["of"] != answer["of"]]
    assert lost(pairs, kind, asked) <= _LOST


@pytest.mark.parametrize(
    ("kind", "things", "count"), [("recording", "recording", 1), ("notes", "notes", 1), ("recording", "several", 2)]
)
def test_two_things_at_the_review_are_both_read(lost: Lost, kind: str, things: str, count: int) -> None:
    told = _FILE[things]
    pairs = [(one, other) for one in told for other in told if not _clash(one, other)]
    assert lost(pairs, kind, "review", count) <= _LOST


@pytest.mark.parametrize(("asked", "yes"), [("terms_accepted", "ja"), ("review", "ja, send"), ("review", "send")])
def test_nothing_binds_beside_another_thing(agent: Any, asked: str, yes: str) -> None:
    pairs = [({"text": yes}, thing) for thing in _FILE["recording"] if thing["of"] not in ("phone", "mail")]
    pairs += [(other, one) for one, other in pairs]
    for acts, _ in _read(agent, [text for _, text in _joined(pairs)], "recording", asked):
        assert not [act for act in acts if act.about == BINDS]


def test_a_correction_does_not_become_part_of_a_text(agent: Any) -> None:
    for kind, asked in (("recording", "recording_explanation"), ("notes", "notes_wanted")):
        answer = _FILE["answers"][kind][asked]
        other = next(one for one in _FILE[kind] if one["of"] == "department")
        for acts, _ in _read(agent, [text for _, text in _joined([(answer, other)])], kind, asked):
            texts = [str(act.value) for act in acts if act.slot == asked]
            assert texts
            assert not any("borgerservice" in text for text in texts)
