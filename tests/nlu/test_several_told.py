"""Tests, NLU: meetings told of in running text are each a meeting of its own, and nothing of one is another's.

With a wish, and beside one that is known: each way of beginning with each way of going on, through the pipeline.
"""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from bot.nlu.acts.request.so_far import after
from common.acts import Act
from common.request import State

_TODAY = date(2026, 12, 1)
_KIND = "recording"
# What is said of a meeting, and what that is.
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


@pytest.fixture(scope="module")
def agent(trained_model: str) -> Iterator[Any]:
    from rasa.core.agent import Agent

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NOW", f"{_TODAY}T10:00:00+01:00")
        yield Agent.load(trained_model)


def _read(agent: Any, texts: Sequence[str], *, known: bool) -> list[list[Mapping[str, Any]]]:
    """The meetings that are known after each text."""
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.events import ActiveLoop, BotUttered, SlotSet
    from rasa.shared.core.trackers import DialogueStateTracker

    slots = {
        "request_type": _KIND,
        **_KNOWN,
        "meetings": [_KNOWN],
        "asking_about": 0,
        "requested_slot": "recording_medium",
    }
    events: list[Any] = [
        ActiveLoop("request_form"),
        *(SlotSet(slot, value) for slot, value in slots.items()),
        BotUttered(metadata={"utter_action": "utter_prompt_recording_medium"}),
    ]
    begun = State(_KIND, "meeting_department", {}, frozenset(), _TODAY, meetings=({},))
    asked = State(_KIND, "recording_medium", _KNOWN, frozenset(), _TODAY, meetings=(_KNOWN,))
    to = "form" if known else _KIND

    async def parsed() -> list[list[Mapping[str, Any]]]:
        made = []
        for text in texts:
            tracker = DialogueStateTracker.from_events("several", events if known else [], domain=agent.domain)
            acts = [Act.of(one) for one in (await agent.processor.parse_message(UserMessage(text), tracker))["acts"]]
            state = after(asked if known else begun, [one for one in acts if one.to == to])
            made.append(list(state.meetings[1:] if known else state.meetings))
        return made

    return asyncio.run(parsed())


def _is_all(told: Sequence[Mapping[str, Any]], meetings: Sequence[Mapping[str, Any]]) -> bool:
    """Whether these are the meetings that were told, with no value more and none less."""
    values = [{slot: one[slot] for slot in _SLOTS if one.get(slot)} for one in meetings]
    return values == [dict(one) for one in told]


def _two(number: int) -> tuple[tuple[str, Mapping[str, Any]], tuple[str, Mapping[str, Any]]]:
    return _TOLD[number % len(_TOLD)], _TOLD[(number + 1) % len(_TOLD)]


@pytest.mark.parametrize("wish", _WISHES)
def test_two_meetings_with_the_wish(agent: Any, wish: str) -> None:
    told = [
        (_two(number), wish + _two(number)[0][0] + goes_on + _two(number)[1][0])
        for number, goes_on in enumerate(_GOES_ON)
    ]
    read = _read(agent, [text for _, text in told], known=False)
    wrong = [text for ((one, other), text), got in zip(told, read, strict=True) if not _is_all([one[1], other[1]], got)]
    assert wrong == []


@pytest.mark.parametrize("adds", _ADDS)
def test_two_more_than_the_one_that_is_known(agent: Any, adds: str) -> None:
    told = [
        (_two(number), f"lyd. {adds}{_two(number)[0][0]}{goes_on}{_two(number)[1][0]}")
        for number, goes_on in enumerate(_GOES_ON)
    ]
    read = _read(agent, [text for _, text in told], known=True)
    wrong = [text for ((one, other), text), got in zip(told, read, strict=True) if not _is_all([one[1], other[1]], got)]
    assert wrong == []


@pytest.mark.parametrize("adds", _ADDS)
def test_one_more_than_the_one_that_is_known(agent: Any, adds: str) -> None:
    told = [(one, f"lyd. {adds}{text}") for text, one in _TOLD]
    read = _read(agent, [text for _, text in told], known=True)
    assert [text for (one, text), got in zip(told, read, strict=True) if not _is_all([one], got)] == []
