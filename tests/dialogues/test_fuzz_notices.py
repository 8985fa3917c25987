"""The fuzz's invariants, each broken on purpose, are found and named."""

from typing import Any

import pytest
from fuzz.invariants import check, check_no_cpr
from fuzz.moment import Broken, Moment
from fuzz.oracle import BEHALF, SLOTS, Act, Said
from fuzz.places import ANSWERS, PLACES
from fuzz.sentences import Sentence, answers, plain_answer, sentences

from common.slots import ORDER
from workbench.dialogues.assertions import Turn
from workbench.shared.receiver import Received

QUESTION = {
    "request_type": "question",
    "question_text": "Kan jeg klage?",
    "applicant_name": "Li Ng",
    "applicant_email": "li@eksempel.dk",
    "requested_slot": "review",
}
PAYLOAD: dict[str, Any] = {
    "type": "question",
    "applicant": {"name": "Li Ng", "email": "li@eksempel.dk", "phone": None},
    "behalf": None,
    "meetings": [],
    "recording": None,
    "notes": None,
    "question": {"text": "Kan jeg klage?"},
}
ROWS: list[dict[str, str]] = [{"value": value} for value in ("Kan jeg klage?", "Li Ng", "li@eksempel.dk", "-")]
YES, NO = Sentence("ja", marks=frozenset({"yes"})), Sentence("nej", marks=frozenset({"no"}))
REVIEW = ("utter_review", "Se det igennem", {"type": "review", "rows": ROWS})
RECEIPT = ("utter_receipt_delivered", "modtaget hos Jura", {"type": "receipt", "reference": "3RTE-MMJE"})


def turn(asking: str | None, *messages: tuple[Any, ...]) -> Turn:
    shown = [
        {"name": m[0], "text": m[1], "card": m[2] if len(m) > 2 else None, "buttons": list(m[3:])} for m in messages
    ]
    return Turn("", shown, asking)


def moment(act: Act | Sentence, before: dict[str, Any], asked_by: Any, after: dict[str, Any], *answer: Any) -> Moment:
    act = act if isinstance(act, Act) else Act(act)
    last = turn(before.get("requested_slot"), asked_by)
    return Moment(Said([act]), before, last, after, turn(after.get("requested_slot"), *answer), [])


def asked(slot: str | None, **known: Any) -> dict[str, Any]:
    return {"requested_slot": slot, **known}


PROMPT = ("utter_prompt_meeting_kind", "Hvordan?")
BROKEN = [
    ("silent", moment(NO, asked("meeting_kind"), PROMPT, asked("meeting_kind"))),
    ("silent", moment(NO, asked("meeting_kind"), PROMPT, asked("meeting_kind"), ("utter_unclear", " "))),
    ("exception", moment(NO, asked("meeting_kind"), PROMPT, asked("meeting_kind"), ("utter_technical_error", "Øv"))),
    ("unfit", moment(NO, asked("meeting_kind"), PROMPT, asked("meeting_kind"), ("utter_x", "Hej {applicant_name}"))),
    ("unfit", moment(NO, asked("meeting_kind"), PROMPT, asked("meeting_kind"), ("utter_x", "Dato: None"))),
    ("not said", moment(NO, asked("meeting_kind"), PROMPT, asked("meeting_date", meeting_kind="in_person"), PROMPT)),
    ("not said", moment(NO, asked("meeting_kind"), PROMPT, asked("meeting_kind", applicant_name="Li"), PROMPT)),
    (
        "not said",
        moment(YES, asked("terms_accepted"), ("utter_stuck", "?"), asked("review", terms_accepted=True), PROMPT),
    ),
    (
        "not said",
        moment(
            NO,
            asked("terms_accepted"),
            ("utter_prompt_terms_accepted", "?"),
            asked("review", terms_accepted=True),
            PROMPT,
        ),
    ),
    (
        "question",
        moment(Sentence("må jeg?", topic="may_i_record"), asked("meeting_kind"), PROMPT, asked("meeting_date"), PROMPT),
    ),
    (
        "lost",
        moment(NO, asked("meeting_kind", meeting_department="jobcenter"), PROMPT, asked("meeting_department"), PROMPT),
    ),
    (
        "button",
        moment(
            Act(title="Nej", payload="/deny"),
            asked("meeting_kind"),
            PROMPT,
            asked("meeting_kind"),
            ("utter_unclear", "?"),
        ),
    ),
]


@pytest.mark.parametrize(("name", "wrong"), BROKEN)
def test_each_broken_invariant_is_named(name: str, wrong: Moment) -> None:
    with pytest.raises(Broken, match=f"^{name}"):
        check(wrong, [])


def of_meetings(*meetings: dict[str, Any], about: int = 0) -> dict[str, Any]:
    """The slots of a recording with these meetings, where the meeting kind is asked for."""
    asked_for = {"requested_slot": "meeting_kind", "request_type": "recording", "asking_about": about}
    return {**asked_for, "meetings": list(meetings), **meetings[about]}


THURSDAY = {"meeting_department": "jobcenter", "meeting_date": "2026-12-03"}
FRIDAY = {"meeting_department": "borgerservice", "meeting_date": "2026-12-04"}
TOLD = {slot: frozenset({THURSDAY[slot], FRIDAY[slot]}) for slot in THURSDAY}
TWO = Sentence(
    "jobcentret på torsdag og borgerservice på fredag",
    TOLD,
    meetings=tuple({slot: frozenset({value}) for slot, value in one.items()} for one in (THURSDAY, FRIDAY)),
)


def test_two_meetings_told_at_once_break_no_invariant() -> None:
    check(moment(TWO, of_meetings({}), PROMPT, of_meetings(THURSDAY, FRIDAY), PROMPT), [])


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("mixed", moment(TWO, of_meetings({}), PROMPT, of_meetings({**THURSDAY, **other}, FRIDAY), PROMPT))
        for other in ({"meeting_date": "2026-12-04"}, {"meeting_department": "borgerservice"})
    ]
    + [
        ("not said", moment(NO, of_meetings(THURSDAY), PROMPT, of_meetings(THURSDAY, FRIDAY), PROMPT)),
        ("lost", moment(NO, of_meetings(THURSDAY, FRIDAY), PROMPT, of_meetings(THURSDAY), PROMPT)),
        ("silence", moment(TWO, of_meetings({}, THURSDAY), PROMPT, of_meetings({}, FRIDAY), PROMPT)),
        ("meetings", moment(NO, of_meetings({}), PROMPT, of_meetings(*[{}] * 6), PROMPT)),
        ("meetings", moment(NO, of_meetings({}), PROMPT, {**of_meetings({}), "meeting_date": "2026-12-03"}, PROMPT)),
    ],
)
def test_each_broken_invariant_of_meetings_is_named(name: str, wrong: Moment) -> None:
    with pytest.raises(Broken, match=f"^{name}"):
        check(wrong, [])


def sent(act: Sentence = YES, asked_by: Any = REVIEW, answer: Any = RECEIPT, **other: Any) -> Moment:
    made = moment(act, QUESTION, asked_by, asked(None), answer)
    made.received = [Received({**PAYLOAD, **other}, [])]
    return made


def test_sending_after_a_yes_breaks_no_invariant() -> None:
    check(sent(), [])


@pytest.mark.parametrize(
    "wrong",
    [
        sent(act=NO),
        sent(asked_by=("utter_what_to_correct", "Hvad vil du rette?")),
        sent(answer=("utter_receipt_stored", "gemt", RECEIPT[2])),
        sent(answer=("utter_thank", "Selv tak")),
        sent(question={"text": "Noget andet"}),
        sent(applicant={"name": "Li Ng", "email": None, "phone": None}),
        sent(behalf={"name": None, "relation": "relative", "words": "for min mor"}),
        sent(asked_by=("utter_review", "Se det igennem", {"type": "review", "rows": ROWS[1:]})),
    ],
)
def test_each_broken_invariant_of_sending_is_named(wrong: Moment) -> None:
    with pytest.raises(Broken, match=r"^sent"):
        check(wrong, [])


def test_logged_errors_and_cpr_numbers_break_invariants() -> None:
    with pytest.raises(Broken, match=r"^exception"):
        check(sent(), ["actions.request.sending: noget gik galt"])
    check_no_cpr([{"text": "den 010190, kl. 14"}], "0101904938", "the store")
    with pytest.raises(Broken, match=r"^cpr"):
        check_no_cpr([{"parse_data": {"text": "01 01 90-4938"}}], "0101904938", "the store")


def test_the_sentences_cover_every_slot_and_name_only_known_ones() -> None:
    assert len(sentences()) > 300 and len({one.text for one in sentences()}) == len(sentences())
    unasked = {"meeting_department_text", "meeting_time", "meeting_recurrence", *BEHALF[1:]}
    assert all(len(answers(slot)) >= 4 for slot in {*SLOTS, "review"} - unasked)
    assert {slot for one in sentences() for slot in one.fills} <= set(SLOTS)


def test_every_slot_that_is_asked_for_is_reached() -> None:
    assert set(PLACES) == {slot for slots in ORDER.values() for slot in slots} | {"review"}
    assert all(plain_answer(slot) for slot in ANSWERS)
