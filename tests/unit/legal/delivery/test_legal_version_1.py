"""Requests for a receiver of version 1: valid, with the values that version 1 has no field for as text."""

import copy
import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.settings import Settings, SettingsError
from legal.delivery import attempt
from legal.delivery.version_1 import as_version_1
from legal.outbox import Outbox
from legal.reference import display, new_reference
from legal.schema import SCHEMA, problems
from legal.upgrade import upgraded
from tests.unit.legal.samples import SECOND_MEETING, changed, nameless, richer

Json = dict[str, Any]
Make = Callable[..., Json]
NAMES = {"jobcenter": "Jobcenter Frederiksberg", "ydelse": "Ydelsesservice"}
OWN = {"recording": "explanation", "notes": "wanted", "question": "text"}
MOST = {"recording": 2000, "notes": 2000, "question": 4000}


def free(most: int) -> st.SearchStrategy[str]:
    """Free texts: short or of maximum length, with line breaks, emoji and invisible characters."""
    signs = st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n\t\r")
    return st.text(signs, min_size=1, max_size=40) | st.builds(
        lambda text, size: (text * most)[:size],
        st.text(signs, min_size=1, max_size=5),
        st.integers(max(1, most - 200), most),
    )


NAME = st.text(st.characters(categories=("L",)), min_size=1, max_size=200)
MEETING = st.fixed_dictionaries(
    {
        "department": st.sampled_from(("jobcenter", "ydelse", "unknown", "a_new_office")),
        "department_text": st.none() | free(500),
        "kind": st.sampled_from(("in_person", "phone_call", "video_call")),
        "date": st.none() | st.dates().map(lambda day: day.isoformat()),
        "time": st.none() | st.times().map(lambda time: f"{time:%H:%M}"),
        "recurrence": st.none() | free(200),
    }
)
BEHALF = st.fixed_dictionaries(
    {
        "name": st.none() | NAME,
        "relation": st.sampled_from(("relative", "guardian", "representative", "other")),
        "words": free(500),
    }
)
GROUNDS = st.lists(
    st.sampled_from(("communication_impairment", "memory", "documentation", "other")), min_size=1, unique=True
)


@st.composite
def requests(draw: st.DrawFn) -> Json:
    """Valid requests of version 2."""
    kind = draw(st.sampled_from(("recording", "notes", "question")))
    parts = {
        "recording": lambda: {
            "medium": draw(st.sampled_from(("audio", "video"))),
            "explanation": draw(st.none() | free(2000)),
            "grounds": draw(GROUNDS),
            "support_person_possible": "unsure",
            "support_person_text": draw(st.none() | free(500)),
            "purpose": "private",
            "terms": {"text_version": "2026-12", "accepted_at": "2026-12-01T09:59:00+01:00"},
        },
        "notes": lambda: {"wanted": draw(st.none() | free(2000))},
        "question": lambda: {"text": draw(free(4000))},
    }
    return {
        "schema": "legal-request/2",
        "id": "01936f2e-7c00-7abc-8def-0123456789ab",
        "reference": display(new_reference()),
        "type": kind,
        "submitted_at": "2026-12-01T10:00:00+01:00",
        "applicant": {
            "name": draw(st.none() | NAME if kind == "question" else NAME),
            "email": "anne-marie@example.dk",
            "phone": None,
        },
        "behalf": draw(st.none() | BEHALF),
        "meetings": [] if kind == "question" else draw(st.lists(MEETING, min_size=1, max_size=5)),
        **{part: make() if part == kind else None for part, make in parts.items()},
        "remarks": draw(st.none() | free(2000)),
        "assistant": {"version": "0.1.0", "conversation": "c-7f3a"},
    }


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(requests())
def test_any_request_of_version_2_becomes_a_valid_one_of_version_1(content: Json) -> None:
    assert problems(content) == []
    before = copy.deepcopy(content)
    made, whole = (fitted := as_version_1(content, NAMES)).payload, fitted.whole
    assert content == before
    assert problems(made) == [] and made["schema"] == "legal-request/1"
    for key in ("id", "reference", "type", "submitted_at", "assistant"):
        assert made[key] == content[key]
    kind = content["type"]
    # The citizen's own words come first and are complete.
    own = content[kind][OWN[kind]] or ""
    assert (made[kind][OWN[kind]] or "").startswith(own)
    told = made[kind][OWN[kind]] or ""
    if content["meetings"]:
        first = content["meetings"][0]
        assert {key: made["meeting"][key] for key in ("department", "kind", "date", "time")}.items() <= first.items()
        assert (made["meeting"]["department_text"] or "").startswith(first["department_text"] or "")
        told += made["meeting"]["department_text"] or ""
    # Where there is room, the text says that something is left out.
    if whole:
        for words in quotes(content):
            assert f'"{" ".join(words.split())}"' in told
        assert "end der er plads til her" not in told.removeprefix(own)
    else:
        full = len(own) > MOST[kind] - 120
        assert "end der er plads til her" in told or full


def quotes(content: Json) -> list[str]:
    """The citizen's words for which version 1 has no field."""
    found = [meeting["recurrence"] for meeting in content["meetings"]]
    found += [meeting["department_text"] for meeting in content["meetings"][1:]]
    found += [content["behalf"]["words"]] if content["behalf"] else []
    found += [content["remarks"]]
    found += [content["recording"]["support_person_text"]] if content["recording"] else []
    return [words for words in found if words]


def told(content: Json) -> str:
    kind = content["type"]
    return str(as_version_1(content, NAMES).payload[kind][OWN[kind]])


def test_a_recording_adds_the_other_values_after_the_explanation(payload: Make) -> None:
    content = richer(payload())
    fitted = as_version_1(content, NAMES)
    assert fitted.whole and fitted.payload["recording"]["explanation"] == (
        "Jeg hører dårligt.\nEfter en blodprop glemmer jeg, hvad vi aftaler.\n\n"
        "Tilføjet af assistenten:\n"
        "Anmodningen er på vegne af Karen Æbelø Holm. Relation: Pårørende.\n"
        "Anmodningen gælder 2 møder. Felterne om mødet gælder det første.\n"
        "Møde 2: Ydelsesservice, telefonsamtale, tirsdag den 8. december 2026.\n"
        'Møde 2 er mere end én gang. Borgerens ord: "hver anden tirsdag"\n'
        "Borgeren vil kunne dokumentere, hvad der blev sagt.\n"
        'Borgerens ord om bisidderen: "Min datter Mette, men kun til det første møde."\n'
        'Borgerens ord om, hvem det er for: "Det er for min mor, Karen Æbelø Holm."\n'
        'Borgeren har også skrevet: "Ring helst efter kl. 15. Mødet er i lokale 214."\n'
        'Borgerens ord om afdelingen i møde 2: "ydelsen på rådhuset"'
    )
    assert fitted.payload["recording"]["grounds"] == ["memory", "other"]
    assert fitted.payload["meeting"]["department_text"] == "jobcentret på Finsensvej"


def test_notes_without_wanted_text_list_the_other_values(payload: Make) -> None:
    content = payload("notes") | {"meetings": [dict(SECOND_MEETING)]}
    content["notes"]["wanted"] = None
    assert told(content) == ('Tilføjet af assistenten:\nMødet er mere end én gang. Borgerens ord: "hver anden tirsdag"')


def test_a_question_says_for_whom_it_is_and_that_the_name_is_missing(payload: Make) -> None:
    content = nameless(richer(payload("question")))
    content["behalf"] |= {"name": None, "relation": "other", "words": "Jeg spørger for\nnaboen."}
    assert told(content) == (
        "Hvad gør jeg, hvis I siger nej?\n\nTilføjet af assistenten:\n"
        "Anmodningen er på vegne af en anden, hvis navn ikke er oplyst. Relation: Andet.\n"
        'Borgerens ord om, hvem det er for: "Jeg spørger for naboen."\n'
        'Borgeren har også skrevet: "Ring helst efter kl. 15. Mødet er i lokale 214."'
    )
    assert as_version_1(content, NAMES).payload["applicant"]["name"] == "Ikke oplyst"


@pytest.mark.parametrize("kind", ["recording", "notes", "question"])
def test_a_request_without_new_fields_survives_the_round_trip_to_version_1(payload: Make, kind: str) -> None:
    content = payload(kind)
    fitted = as_version_1(content, NAMES)
    assert fitted.whole and upgraded(fitted.payload) == content
    assert upgraded(content) == content and problems(upgraded(payload(kind, 1))) == []


def test_grounds_unknown_to_version_1_become_one_other(payload: Make) -> None:
    content = changed(payload(), "recording.grounds", ["documentation", "memory", "other"])
    assert as_version_1(content, NAMES).payload["recording"]["grounds"] == ["other", "memory"]


def test_where_space_is_short_added_sentences_are_cut_and_the_last_line_says_so(payload: Make) -> None:
    own = "æ" * 1700
    content = changed(richer(payload()), "recording.explanation", own)
    fitted = as_version_1(content, NAMES)
    text = fitted.payload["recording"]["explanation"]
    assert not fitted.whole and text.startswith(f"{own}\n\nTilføjet af assistenten:\n")
    # The most important sentence is complete.
    assert "Anmodningen er på vegne af Karen Æbelø Holm. Relation: Pårørende.\n" in text
    assert text.endswith("\nDer er mere i anmodningen, end der er plads til her. Spørg borgeren.")


def test_with_a_full_explanation_the_additions_go_to_the_department_text(payload: Make) -> None:
    content = changed(richer(payload()), "recording.explanation", "æ" * 2000)
    made = as_version_1(content, NAMES).payload
    assert made["recording"]["explanation"] == "æ" * 2000
    assert made["meeting"]["department_text"].startswith("jobcentret på Finsensvej\n\nTilføjet af assistenten:\n")
    assert "Anmodningen gælder 2 møder." in made["meeting"]["department_text"]


def test_the_outbox_keeps_version_2_and_jura_gets_version_1(inbox: Any, outbox: Outbox, draft: Make) -> None:
    box = inbox(LEGAL_SCHEMA="1")
    entry = outbox.store(richer(draft()), "o", "c")
    assert attempt(outbox, entry.id, 5, box.settings) == "delivered"
    (received,) = box.store.by_reference(entry.reference)
    assert received.content["schema"] == "legal-request/1" and received.content["id"] == entry.id
    assert "Møde 2: Ydelsesservice" in received.content["recording"]["explanation"]
    assert outbox.get(entry.id).payload == entry.payload and entry.payload["schema"] == "legal-request/2"
    # A request stored as version 1 is sent unchanged.
    older = outbox.store(draft("notes", 1), "o-2", "c")
    assert attempt(outbox, older.id, 5, box.settings) == "delivered"
    assert box.store.by_reference(older.reference)[0].content == older.payload


def test_a_request_whose_additions_do_not_fit_is_delivered_and_logged_by_its_id(
    inbox: Any, outbox: Outbox, draft: Make, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "levering")
    box = inbox(LEGAL_SCHEMA="1")
    entry = outbox.store(changed(richer(draft("question")), "question.text", "æ" * 4000), "o", "c")
    assert attempt(outbox, entry.id, 5, box.settings) == "delivered"
    (line,) = [record.getMessage() for record in caplog.records if record.name == "levering"]
    assert entry.id in line and "ikke alt er med" in line and "Karen" not in line


def test_the_schema_version_defaults_to_2(config: Callable[..., Settings]) -> None:
    assert config().legal_schema == config(LEGAL_SCHEMA="2").legal_schema == "2"
    assert config(LEGAL_SCHEMA=" 1 ").legal_schema == "1"
    for wrong in ("3", "legal-request/1", "én"):
        with pytest.raises(SettingsError) as error:
            config(LEGAL_SCHEMA=wrong)
        assert str(error.value) == f"LEGAL_SCHEMA={wrong!r}: skal være 1 eller 2"


def test_the_largest_valid_request_is_accepted(payload: Make) -> None:
    """The documented limit of the inbox is 64 KB."""
    content = richer(payload())
    content["behalf"] |= {"name": "😀" * 200, "words": "😀" * 500}
    content["recording"]["explanation"] = "😀" * 2000
    content["meetings"] = [SECOND_MEETING | {"department_text": "😀" * 500, "recurrence": "😀" * 200}] * 5
    assert problems(content) == [] and len(SCHEMA["properties"]["meetings"]["items"]["required"]) == 6
    assert len(json.dumps(content, ensure_ascii=False).encode()) < 64 * 1024
