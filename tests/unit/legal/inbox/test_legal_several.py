"""Version 2 in the inbox: several meetings, somebody else, no name; version 1 looks the same."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from legal import labels
from legal.inbox.forwarding import forwarding_text
from tests.unit.legal.browser import log_in, text
from tests.unit.legal.inbox.three_requests import NAMES, shown
from tests.unit.legal.samples import BEHALF, nameless, richer

Make = Callable[..., dict[str, Any]]
Start = Callable[..., Any]


@pytest.fixture
def several(box: Any, payload: Make) -> Any:
    """The same inbox, with a recording of two meetings for somebody else as well."""
    content = richer(payload()) | {"id": "01936f2e-7c00-7abc-8def-0000000000bb"}
    box.store.add(content)
    box.content["several"] = content
    return box


@pytest.mark.parametrize(
    "query, expected",
    [
        ("?afdeling=ydelse", {"several"}),
        ("?afdeling=jobcenter", {"recording", "notes", "several"}),
        # Keys match whole, and `_` is no wildcard.
        ("?afdeling=ydels", set()),
        ("?afdeling=yd_lse", set()),
        ("?ord=karen holm", {"several"}),
        ("?ord=ÆBELØ", {"notes", "several"}),
    ],
)
def test_a_request_is_found_by_any_of_its_departments_and_by_whom_it_is_for(
    several: Any, query: str, expected: set[str]
) -> None:
    session, listed = log_in(several)
    assert shown(several, session, query) == expected
    assert '<option value="ydelse"' in listed.text and '<option value="jobcenter"' in listed.text


def test_a_version_1_request_is_shown_forwarded_and_exported_like_version_2(box: Any, payload: Make) -> None:
    """Apart from its number and the time of receipt."""
    session, _ = log_in(box)
    for number, (kind, newer) in enumerate(list(box.content.items())):
        older = payload(kind, 1) | {"id": f"01936f2e-7c00-7abc-8def-00000000000{number + 3}"}
        older |= {"reference": newer["reference"], "applicant": newer["applicant"]}
        assert box.store.add(older) == "new"
        page = session.get(f"{box.url}/requests/{newer['reference']}", timeout=10).text
        articles = re.findall(r"<article>(.*?)</article>", page, re.S)
        first, second = (re.sub(r"8def-\w{12}|(status|ny|tekst|hjaelp)\d|modtaget [^<]*", "", one) for one in articles)
        same = re.compile(r"<dt>Modtaget i indbakken</dt>.*?</dd>")
        assert same.sub("", first) == same.sub("", second)
        assert forwarding_text(older, NAMES) == forwarding_text(newer, NAMES)
    rows = list(csv.reader(io.StringIO(session.get(f"{box.url}/anmodninger.csv", timeout=10).text[1:]), delimiter=";"))
    assert [row[6:] for row in rows[1:4]] == [row[6:] for row in rows[4:7]] != []
    listed = session.get(f"{box.url}/anmodninger.json", timeout=10).json()
    assert [one["request"]["schema"][-1] for one in listed] == ["1"] * 3 + ["2"] * 3


def test_several_meetings_are_numbered_in_one_csv_row(several: Any) -> None:
    session, _ = log_in(several)
    answer = session.get(f"{several.url}/anmodninger.csv?afdeling=ydelse", timeout=10)
    heads, values = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    row = dict(zip(heads, values, strict=True))
    assert row["Afdeling"] == "1: Jobcenter Frederiksberg\n2: Ydelsesservice"
    assert row["Slags møde"] == "1: Fysisk møde\n2: Telefonsamtale"
    assert row["Dato"] == "1: 2026-12-03\n2: 2026-12-08" and row["Tidspunkt"] == "1: 14:30"
    assert row["Gentagelse med borgerens ord"] == "2: hver anden tirsdag"
    assert row["På vegne af"] == "Karen Æbelø Holm" and row["Relation"] == "Pårørende"
    assert row["Borgerens ord om, hvem det er for"] == "Det er for min mor, Karen Æbelø Holm."
    assert row["Bisidderen med borgerens ord"] == "Min datter Mette, men kun til det første møde."
    assert row["Andet, borgeren har skrevet"] == "Ring helst efter kl. 15.\nMødet er i lokale 214."
    assert row["Grunde"].endswith("Vil kunne dokumentere, hvad der blev sagt")


def test_the_forwarding_text_has_each_meeting_and_the_person(several: Any) -> None:
    text = forwarding_text(several.content["several"], NAMES)
    for needed in (
        "Til Jobcenter Frederiksberg og Ydelsesservice\n\nEn borger har bedt om lov til at optage flere møder",
        "På vegne af\nNavn: Karen Æbelø Holm\nRelation: Pårørende\nBorgerens ord: Det er for min mor",
        "Møde 1 af 2\nAfdeling: Jobcenter Frederiksberg\n",
        "Møde 2 af 2\nAfdeling: Ydelsesservice\n",
        "Første gang: tirsdag den 8. december 2026\nGentagelse med borgerens ord: hver anden tirsdag\n\n",
        "Kan en bisidder komme med?: Ja\nBisidderen med borgerens ord: Min datter Mette, men kun til det første møde.",
        "Borgeren har også skrevet:\n> Ring helst efter kl. 15.\n> Mødet er i lokale 214.\n",
    ):
        assert needed in text
    # A department whose name is unknown becomes "rette afdeling".
    assert "Til Jobcenter Frederiksberg og rette afdeling\n" in forwarding_text(
        several.content["several"], {"jobcenter": "Jobcenter Frederiksberg"}
    )


def test_several_meetings_for_somebody_else_are_shown_with_every_value_in_words(
    inbox: Start, payload: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labels, "load_departments", lambda: {"jobcenter": "Jobcenter", "ydelse": "Ydelsesservice"})
    box, content = inbox(), richer(payload("recording"))
    box.store.add(content)
    session, listed = log_in(box)
    line = text(listed)
    assert "Jobcenter +1 3. december 2026 +1" in line and "Anne-Marie Ørsted Ng For en anden" in line
    assert '<abbr title="og 1 møde mere">+1</abbr>' in listed.text
    words = text(session.get(f"{box.url}/requests/{content['reference']}", timeout=10))
    for told in (
        "På vegne af Navn Karen Æbelø Holm Relation Pårørende Borgerens ord Det er for min mor, Karen Æbelø Holm.",
        "Møde 1 af 2 Afdeling Jobcenter Afdelingen med borgerens ord jobcentret på Finsensvej",
        "Møde 2 af 2 Afdeling Ydelsesservice Afdelingen med borgerens ord ydelsen på rådhuset",
        "Slags møde Telefonsamtale Første gang tirsdag den 8. december 2026",
        "Gentagelse med borgerens ord hver anden tirsdag",
        "Kan en bisidder komme med? Ja Bisidderen med borgerens ord Min datter Mette, men kun til det første møde.",
        "Andet Borgeren har også skrevet Ring helst efter kl. 15. Mødet er i lokale 214.",
        "Grunde Svært ved at huske samtalens indhold og aftaler Vil kunne dokumentere, hvad der blev sagt",
    ):
        assert told in words, told
    assert "None" not in words and "Mødet eller samtalen" not in words


def test_a_missing_name_is_shown_as_missing(inbox: Start, payload: Make) -> None:
    box, content = inbox(), nameless(payload("question"))
    content["behalf"] = BEHALF | {"name": None}
    content["meetings"] = []
    box.store.add(content)
    session, listed = log_in(box)
    assert "Ikke oplyst For en anden" in text(listed)
    words = text(session.get(f"{box.url}/requests/{content['reference']}", timeout=10))
    assert "Borgeren Navn Ikke oplyst E-mail" in words and "På vegne af Navn Ikke oplyst Relation" in words
    assert "None" not in words


def test_a_recurring_meeting_without_a_date_is_listed_by_its_recurrence(inbox: Start, payload: Make) -> None:
    box, content = inbox(), payload("notes")
    content["meetings"][0]["recurrence"] = "alle opkald fra jobcentret"
    box.store.add(content)
    session, listed = log_in(box)
    assert "Flere gange" in text(listed) and "For en anden" not in text(listed) and "<abbr" not in listed.text
    words = text(session.get(f"{box.url}/requests/{content['reference']}", timeout=10))
    assert "Tidspunkt Ingen dato oplyst Gentagelse med borgerens ord alle opkald fra jobcentret" in words
    assert "En borger har bedt om notater eller referat fra flere møder eller samtaler." in words
