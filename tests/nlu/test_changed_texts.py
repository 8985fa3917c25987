"""Words taken out of a text, and what is said to us beside one; days that count from another, and meetings in order."""

from collections.abc import Mapping
from typing import Any

import pytest
from parsing import TODAY, acts_of

from bot.nlu.acts.request.by_sentence.state_after import after
from common.acts import REOPEN
from common.request import State

_TEXT, _WISH, _COMES = "recording_explanation", "notes_wanted", "support_person_possible"
_TOLD = "Jeg glemmer det meste. Min søster bor i Odense. Og jeg spørger igen, om I har den 15. med"
_MEETINGS = (
    {
        "meeting_department": "jobcenter",
        "meeting_department_text": "jobcentret",
        "meeting_kind": "in_person",
        "meeting_date": "2026-12-10",
        "meeting_time": "10:00",
    },
    {
        "meeting_department": "borgerservice",
        "meeting_department_text": "borgerservice",
        "meeting_kind": "phone_call",
        "meeting_date": "2026-12-15",
        "meeting_time": None,
    },
)
_DAYS = ({"meeting_date": "2026-12-09"}, {"meeting_date": "2026-12-11"})


def _after(
    agent: Any, text: str, asked: str, known: Mapping[str, Any], meetings: tuple[Mapping[str, Any], ...] = _MEETINGS
) -> State:
    """The state after a message."""
    kind = "notes" if _WISH in {asked, *known} else "recording"
    slots = {"request_type": kind, "recording_medium": "audio", **known, **meetings[0]}
    state = State(kind, asked, slots, frozenset(), TODAY, meetings=meetings)
    (acts,) = acts_of(agent, [text], {**slots, "meetings": [*meetings], "asking_about": 0, "requested_slot": asked})
    return after(state, [act for act in acts if act.to in ("", "form")])


@pytest.mark.parametrize(
    ("said", "gone"),
    [
        ('Hele sidste sætning skal ud, altså "og jeg spørger igen om I har den 15."', 2),
        ("Fjern det sidste i forklaringen om at jeg spørger igen", 2),
        ("Stryg sætningen Min søster bor i Odense", 1),
        ('tag "Min søster bor i Odense." væk. Hvornår har I åbent?', 1),
        ("Det med min søster behøver ikke stå i teksten", 1),
        ("Der kom til at stå i forklaringen, at min søster bor i Odense. Det skal slettes.", 1),
        ("Kan du tage den første sætning ud af forklaringen?", 0),
    ],
)
def test_the_sentence_that_is_named_goes_and_no_meeting(agent: Any, said: str, gone: int) -> None:
    sentences = ["Jeg glemmer det meste.", "Min søster bor i Odense.", "Og jeg spørger igen, om I har den 15. med"]
    state = _after(agent, said, "review", {_TEXT: _TOLD, _COMES: "no"})
    assert state.known[_TEXT] == " ".join(one for place, one in enumerate(sentences) if place != gone)
    assert len(state.meetings) == len(_MEETINGS)


def test_what_is_not_found_in_the_text_is_said(agent: Any) -> None:
    slots = {"request_type": "recording", _TEXT: _TOLD, "requested_slot": "review", "meetings": [*_MEETINGS]}
    (acts,) = acts_of(agent, ["Slet sætningen om min cykel i forklaringen"], slots)
    assert [(act.act, act.slot) for act in acts] == [(REOPEN, _TEXT)]


def test_words_are_taken_out_beside_an_answer(agent: Any) -> None:
    said = "Nej, det har jeg ikke. Og sætningen om min søster må gerne fjernes fra forklaringen"
    state = _after(agent, said, _COMES, {_TEXT: _TOLD})
    assert state.known[_COMES] == "no"
    assert "søster" not in state.known[_TEXT]


@pytest.mark.parametrize(
    ("asked", "said", "told"),
    [
        (
            _TEXT,
            "Jeg glemmer alt, hvad de siger. Det var vist det hele, så er vi klar",
            "Jeg glemmer alt, hvad de siger.",
        ),
        (_TEXT, "Det skrev jeg da lige!! Jeg glemmer alt, hvad de siger", "Jeg glemmer alt, hvad de siger"),
        (_TEXT, "Som jeg lige har fortalt: jeg glemmer alt, hvad de siger", "jeg glemmer alt, hvad de siger"),
        (_WISH, "Nej, det var bare noget, jeg tænkte. Det jeg gerne vil have er notatet om bad", "notatet om bad"),
        (_WISH, "hele referatet. Det var det, tak", "hele referatet."),
        # These are reasons, whatever they sound like.
        (
            _TEXT,
            "De tror mig ikke. Det har jeg sagt til sagsbehandleren",
            "De tror mig ikke. Det har jeg sagt til sagsbehandleren",
        ),
        (_TEXT, "Det var det værste møde. Jeg kunne intet huske", "Det var det værste møde. Jeg kunne intet huske"),
    ],
)
def test_a_text_ends_where_the_citizen_turns_to_us(agent: Any, asked: str, said: str, told: str) -> None:
    assert _after(agent, said, asked, {}).known[asked] == told


@pytest.mark.parametrize(
    "said",
    [
        "Så sæt det til ved ikke, for det passer ikke, at hun ikke kan have en med",
        "ja nogle gange, nej andre gange",
        "Jeg kan være med nogle gange, men ikke hver gang",
    ],
)
def test_neither_yes_nor_no_is_unsure_and_no_half_denial_becomes_a_reason(agent: Any, said: str) -> None:
    state = _after(agent, said, _COMES, {_TEXT: _TOLD})
    assert (state.known[_COMES], state.known[_TEXT]) == ("unsure", _TOLD)


@pytest.mark.parametrize(
    ("said", "days"),
    [
        (
            "lyd. Og der er et møde mere hos dem ugen efter, samme tid",
            [("2026-12-10", "10:00"), ("2026-12-17", "10:00")],
        ),
        (
            "Vi har også et møde på video torsdagen efter, den 17. kl. 9",
            [("2026-12-10", "10:00"), ("2026-12-17", "09:00")],
        ),
        ("lyd. jeg er altid så træt dagen efter", [("2026-12-10", "10:00")]),
    ],
)
def test_days_count_from_the_known_meeting(agent: Any, said: str, days: list[tuple[str, str]]) -> None:
    state = _after(agent, said, "recording_medium", {}, _MEETINGS[:1])
    assert [(one["meeting_date"], one["meeting_time"]) for one in state.meetings] == days


def test_the_one_and_the_other_fill_the_known_meetings(agent: Any) -> None:
    said = "Det ene er på jobcentret, og det andet er borgerservice, der ringer"
    state = _after(agent, said, "meeting_department", {}, _DAYS)
    told = [(one["meeting_date"], one["meeting_department"]) for one in state.meetings]
    assert told == [("2026-12-09", "jobcenter"), ("2026-12-11", "borgerservice")]


@pytest.mark.parametrize(
    ("said", "kind", "days"),
    [
        (
            "Jeg vil bede om referaterne. Jeg havde to møder på jobcentret, den 9. november og den 20. november, "
            "og så en telefonsamtale den 25. november med borgerservice",
            "notes",
            ["2026-11-09", "2026-11-20", "2026-11-25"],
        ),
        (
            "vil optage 2 møder på jobcentret, onsdag d 9 kl 10 og onsdagen efter samme tid",
            "recording",
            ["2026-12-09", "2026-12-16"],
        ),
    ],
)
def test_meetings_of_a_first_message(agent: Any, said: str, kind: str, days: list[str]) -> None:
    (acts,) = acts_of(agent, [said])
    state = after(State(kind, None, {}, frozenset(), TODAY), [act for act in acts if act.to == kind])
    assert [one.get("meeting_date") for one in state.meetings] == days
