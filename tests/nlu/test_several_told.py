"""Two meetings in running text are read as two, each with its own values.

Each beginning is combined with each continuation, with a wish and beside a known meeting.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from parsing import TODAY, acts_of

from bot.nlu.acts.request.by_sentence.state_after import after
from common.request import State

_KIND = "recording"
# Ways of telling of a meeting, and their values.
_TOLD: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (
        "et møde med borgerservice den 15. december kl. 9",
        {"meeting_department": "borgerservice", "meeting_date": "2026-12-15", "meeting_time": "09:00"},
    ),
    (
        "en telefonsamtale med familieafdelingen d. 17. december",
        {"meeting_department": "boern_familie", "meeting_date": "2026-12-17", "meeting_kind": "phone_call"},
    ),
    (
        "et med ydelsesservice 18/12 kl 13.30 på video",
        {
            "meeting_department": "ydelse",
            "meeting_date": "2026-12-18",
            "meeting_time": "13:30",
            "meeting_kind": "video_call",
        },
    ),
    (
        "visitationen mandag den 21. december online",
        {"meeting_department": "sundhed_omsorg", "meeting_date": "2026-12-21", "meeting_kind": "video_call"},
    ),
)
_GOES_ON = (
    " og ",
    ", og ",
    ". Og så er der ",
    ". Der er også ",
    " og så også ",
    ", og bagefter ",
    ". Derudover ",
    "\n",
    " samt ",
    ", plus ",
    ". Jeg har også ",
)
_WISHES = (
    "Jeg vil gerne optage ",
    "Jeg vil gerne have lov til at optage to møder: ",
    "Jeg skal til to møder og vil gerne optage dem. Det ene er ",
    "Må jeg få lov at optage ",
)
_ADDS = ("jeg har også ", "der er også ", "I mangler ", "jeg glemte ", "der er et møde mere: ")
_KNOWN: dict[str, Any] = {
    "meeting_department": "jobcenter",
    "meeting_department_text": "jobcentret",
    "meeting_kind": "in_person",
    "meeting_date": "2026-12-10",
    "meeting_time": "13:00",
}
_SLOTS = ("meeting_department", "meeting_date", "meeting_time", "meeting_kind")


def _meetings(agent: Any, texts: Sequence[str], *, known: bool) -> list[Sequence[Mapping[str, Any]]]:
    """The meetings read from each text, with a wish or beside a known one."""
    asked = "recording_medium"
    slots = {"request_type": _KIND, **_KNOWN, "meetings": [_KNOWN], "asking_about": 0, "requested_slot": asked}
    begun = State(_KIND, "meeting_department", {}, frozenset(), TODAY, meetings=({},))
    under_way = State(_KIND, asked, _KNOWN, frozenset(), TODAY, meetings=(_KNOWN,))
    state, to, before = (under_way, "form", 1) if known else (begun, _KIND, 0)
    read = acts_of(agent, texts, slots if known else None)
    return [after(state, [one for one in acts if one.to == to]).meetings[before:] for acts in read]


def _is_all(told: Sequence[Mapping[str, Any]], meetings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether these are exactly the expected meetings and values."""
    values = [{slot: one[slot] for slot in _SLOTS if one.get(slot)} for one in meetings]
    return values == [dict(one) for one in told]


def _wrong(agent: Any, begins: str, *, known: bool) -> list[str]:
    """The messages of which not both meetings are read as told."""
    pairs = [(_TOLD[n % len(_TOLD)], _TOLD[(n + 1) % len(_TOLD)]) for n in range(len(_GOES_ON))]
    texts = [begins + one[0] + way + other[0] for (one, other), way in zip(pairs, _GOES_ON, strict=True)]
    read = _meetings(agent, texts, known=known)
    told = [(one[1], other[1]) for one, other in pairs]
    return [text for text, both, got in zip(texts, told, read, strict=True) if not _is_all(both, got)]


@pytest.mark.parametrize("wish", _WISHES)
def test_a_wish_may_tell_of_two_meetings(agent: Any, wish: str) -> None:
    assert _wrong(agent, wish, known=False) == []


@pytest.mark.parametrize("adds", _ADDS)
def test_two_meetings_are_added_to_a_known_one(agent: Any, adds: str) -> None:
    assert _wrong(agent, f"lyd. {adds}", known=True) == []


@pytest.mark.parametrize("adds", _ADDS)
def test_one_meeting_is_added_to_a_known_one(agent: Any, adds: str) -> None:
    read = _meetings(agent, [f"lyd. {adds}{text}" for text, _ in _TOLD], known=True)
    assert [text for (text, one), got in zip(_TOLD, read, strict=True) if not _is_all([one], got)] == []
