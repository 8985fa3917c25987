"""`script/bot log` counts topics and requests, groups what was not understood, and hides who the citizens are."""

import io
import os
from pathlib import Path

import pytest
from rich.console import Console

from bot.stores import tracker_store
from common.settings import read_settings
from tests.unit.workbench.log.stored import ASKED, NOON, Talk, shown, store
from workbench.log.command import log
from workbench.log.conversation import LEFT, SENT, STOPPED, UNDER_WAY, take_apart
from workbench.log.counting import Missed, count
from workbench.log.grouping import group
from workbench.log.masking import Masker
from workbench.log.store import conversations


def row(text: str, name: str) -> list[str]:
    """The cells of the first printed table row with that name."""
    line = next(line for line in text.splitlines() if name in line)
    return [cell.strip() for cell in line.split("│")[1:-1]]


def requests(tmp_path: Path, talk: Talk) -> list[tuple[str | None, str | None, str]]:
    file = store(tmp_path, [talk])
    (events,) = conversations(f"sqlite:///{file}", 0)
    return [(one.kind, one.slot, one.outcome) for one in take_apart(events, NOON.timestamp()).requests]


def test_topics_and_understanding_are_counted(tmp_path: Path) -> None:
    talk = (
        Talk()
        .says("må jeg optage?", "faq_may_i_record", "utter_faq_may_i_record")
        .says("og i telefonen?", "faq_phone_calls", "utter_faq_phone_calls")
        .says("tak", "thank", "utter_thank")
        .says("hvad med papirerne", "nlu_fallback", ASKED)
        .presses("Få notater", "faq_notes", "utter_faq_notes")
        .says("blåbærgrød", "nlu_fallback", "utter_not_understood")
    )
    code, text, _ = shown(tmp_path, talk, Talk().says("må jeg optage", "faq_may_i_record", "utter_faq_may_i_record"))
    assert code == 0
    assert "2 samtaler de sidste 7 dage" in text
    assert row(text, "Må jeg optage et møde?")[1] == "2"
    assert row(text, "Få notater eller referat")[1] == "1", "a pressed topic is a topic too"
    assert "Tak" not in text, "manners are no topic"
    assert row(text, "Forstået") == ["Forstået", "4", "67 %"]
    assert row(text, "Spurgt tilbage") == ["Spurgt tilbage", "1", "17 %"]
    assert row(text, "valgte et forslag")[1:] == ["1", "100 %"]
    assert row(text, "Ikke forstået") == ["Ikke forstået", "1", "17 %"]
    assert row(text, "Tryk på knapper")[1] == "1"


def test_a_sent_request_counts_as_finished(tmp_path: Path) -> None:
    talk = Talk().begins("recording", "meeting_department").says("jobcentret", "inform").fills(requested_slot="review")
    talk.presses("Send", "affirm", "utter_receipt_delivered").ends()
    assert requests(tmp_path, talk) == [("recording", "review", SENT)]


def test_a_stopped_request_counts_at_its_last_slot(tmp_path: Path) -> None:
    talk = (
        Talk().begins("notes", "meeting_department").says("jobcentret", "inform").fills(requested_slot="meeting_date")
    )
    talk.says("stop", "cancel", "utter_request_stopped").ends()
    assert requests(tmp_path, talk) == [("notes", "meeting_date", STOPPED)]


@pytest.mark.parametrize(("hours_ago", "outcome"), [(2, LEFT), (0.2, UNDER_WAY)])
def test_a_request_counts_as_left_after_half_an_hour(tmp_path: Path, hours_ago: float, outcome: str) -> None:
    assert requests(tmp_path, Talk(hours_ago).begins("question", "question_text")) == [
        ("question", "question_text", outcome)
    ]


def test_a_second_request_is_counted_separately(tmp_path: Path) -> None:
    talk = Talk().begins("notes", "applicant_name").says("stop", "cancel", "utter_request_stopped").ends()
    talk.begins("question", "question_text").says("send", "affirm", "utter_receipt_stored").ends()
    assert [outcome for _, _, outcome in requests(tmp_path, talk)] == [STOPPED, SENT]


def test_requests_are_shown_with_their_last_slot(tmp_path: Path) -> None:
    left = Talk().begins("recording", "terms_accepted")
    stopped = Talk().begins("notes", "meeting_date").says("stop", "cancel", "utter_request_stopped").ends()
    _, text, _ = shown(tmp_path, left, stopped)
    assert row(text, "Lov til at optage")[1:] == ["1", "0", "0", "1", "0"]
    assert row(text, "I alt")[1:] == ["2", "0", "1", "1", "0"]
    assert row(text, "Vilkår")[1] == "1"
    assert row(text, "Dato")[1] == "1"
    assert "slettes efter 24 timer" in text, "staff must know what the figure cannot show"


def test_only_the_days_asked_for_are_counted(tmp_path: Path) -> None:
    old = Talk(24 * 3).says("må jeg filme", "faq_video", "utter_faq_video")
    code, text, _ = shown(tmp_path, old, Talk().says("hej", "greet", "utter_hello"), days=2)
    assert code == 0
    assert "1 samtale de sidste 2 dage" in text
    assert "filme" not in text


def test_nobody_can_be_told_by_what_is_shown(tmp_path: Path) -> None:
    talk = (
        Talk()
        .says("jeg hedder Gudrun Aagesen, og Gudrun mangler noget", "nlu_fallback", ASKED)
        .says("ring til 28 14 15 16 eller skriv til gudrun@post.dk", "nlu_fallback", ASKED)
        .says("min søn Viggo og Mikkel Boisen har talt om det", "nlu_fallback", ASKED)
        .says("gudruns sag er 2026123456, og cpr er 010270-1234", "nlu_fallback", ASKED)
        .begins("question", "question_text")
        .says("mit helt private spørgsmål om sygdom", "nlu_fallback", "utter_unclear")
        .fills(question_text="mit helt private spørgsmål om sygdom", requested_slot="applicant_name")
        .says("Kaja Brøndum 4", "nlu_fallback", "utter_unclear")
    )
    _, text, lines = shown(tmp_path, talk)
    everything = text + str(lines)
    for secret in ("Gudrun", "gudrun", "Aagesen", "28 14", "post.dk", "Viggo", "Mikkel", "Boisen", "2026123456",
                   "010270", "private", "Kaja", "secret-session", "11:0"):  # fmt: skip
        assert secret not in everything, secret
    assert "2 beskeder" in text, "what is not shown is counted"
    assert "har talt om det" in everything, "what is left can still be labelled"


@pytest.mark.parametrize(
    "text",
    [
        "kan jeg få noget fra Frederiksberg Kommune",
        "mødet er den 3. december 2026 på Jobcenter Frederiksberg",
        "Aktindsigt",
        "Må jeg medbringe min hund",
        "hvad koster 2000 kopier",
    ],
)
def test_words_that_identify_nobody_stay_readable(tmp_path: Path, text: str) -> None:
    (events,) = conversations(f"sqlite:///{store(tmp_path, [Talk().says(text, 'nlu_fallback', ASKED)])}", 0)
    assert Masker(take_apart(events, NOON.timestamp())).mask(text) == text


def test_similar_lines_are_grouped_with_an_empty_label(tmp_path: Path) -> None:
    talk = Talk()
    for text in (
        "hvem betaler for parkering ved mødet",
        "hvem betaler parkeringen",
        "betaler I for parkering",
        "Hvem betaler parkeringen?",
        "findes der tolk til tegnsprog",
        "kan jeg få en tolk i tegnsprog",
    ):
        talk.says(text, "nlu_fallback", ASKED)
    _, _, lines = shown(tmp_path, talk)
    groups = [one["examples"].splitlines() for one in lines["nlu"]]
    assert [one["intent"] for one in lines["nlu"]] == ["", ""]
    assert len(groups[0]) == 3, "said twice is one line"
    assert all("parkering" in line for line in groups[0])
    assert all("tegnsprog" in line for line in groups[1])
    assert os.stat(tmp_path / "out" / "not_understood.yml").st_mode & 0o077 == 0, "citizens' words are their reader's"


def test_the_suggestion_that_the_citizen_chose_is_counted() -> None:
    (one,) = group([Missed("hvad med papirerne", "faq_contact", "faq_notes")])
    assert one.chosen == [("faq_notes", 1)]
    assert one.guesses == [("faq_contact", 1)]


def test_an_ambiguous_day_counts_as_asked_back_without_a_line(tmp_path: Path) -> None:
    talk = Talk().begins("recording", "meeting_date").says("næste torsdag", "inform", "utter_which_date")
    _, text, lines = shown(tmp_path, talk)
    assert row(text, "Spurgt tilbage")[1] == "1"
    assert lines["nlu"] == []


def test_a_line_of_which_all_is_hidden_teaches_nothing() -> None:
    assert group([Missed("(telefon skjult)", "inform", None), Missed("(CPR-nummer skjult).", "inform", None)]) == []


def test_lines_cannot_break_the_training_format(tmp_path: Path) -> None:
    _, _, lines = shown(tmp_path, Talk().says('[hund](dyr) {"a": 1} \n- intent: x', "nlu_fallback", ASKED))
    assert lines["nlu"][0]["examples"] == '- (hund)(dyr) ("a": 1) - intent: x\n'


def test_the_overview_picture_is_written_even_for_one_message(tmp_path: Path) -> None:
    shown(tmp_path, Talk().says("hej", "greet", "utter_hello"))
    assert (tmp_path / "out" / "overview.png").read_bytes().startswith(b"\x89PNG")


def test_the_store_is_not_written_to(tmp_path: Path) -> None:
    file = store(tmp_path, [Talk().says("hej", "greet", "utter_hello")])
    before = file.read_bytes()
    file.chmod(0o400)
    assert len(list(conversations(f"sqlite:///{file}", 0))) == 1
    assert file.read_bytes() == before


def test_without_conversations_it_says_so(tmp_path: Path) -> None:
    console = Console(file=io.StringIO(), width=120)
    assert log(7, None, read_settings({"DATA_DIR": str(tmp_path)}), NOON, console) == 1
    assert "ikke gemt nogen samtaler" in console.file.getvalue()  # type: ignore[attr-defined]
    assert not (tmp_path / "conversations.db").exists(), "looking makes no store"
    code, text, _ = shown(tmp_path, Talk(24 * 20).says("hej", "greet", "utter_hello"))
    assert code == 1
    assert "--days" in text


def test_counting_no_conversations_works() -> None:
    found = count([], 0, NOON.date())
    assert (found.conversations, found.typed, found.missed) == (0, 0, [])


def test_lines_of_a_request_that_was_not_sent_are_counted_and_not_shown(tmp_path: Path) -> None:
    """Retention erases these lines after 24 hours, sooner than the file of lines."""
    left = Talk().begins("notes", "meeting_kind").says("det der med skærmen hos lægen", "nlu_fallback", "utter_unclear")
    sent = Talk().begins("notes", "meeting_kind").says("sådan på afstand", "nlu_fallback", "utter_unclear")
    sent.fills(requested_slot="review").presses("Send", "affirm", "utter_receipt_delivered").ends()
    before = Talk().says("hvem betaler for parkering", "nlu_fallback", ASKED).begins("notes", "meeting_kind")
    _, text, lines = shown(tmp_path, left, sent, before)
    assert "skærmen" not in text + str(lines)
    assert "på afstand" in str(lines) and "parkering" in str(lines)
    assert "1 besked," in text and "ikke er sendt" in text


def test_what_helped_is_counted_by_answer_since_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tracker_store(read_settings({"DATA_DIR": str(tmp_path)}))
    for days_ago, conversation, helped in ((1, "a", True), (2, "b", False), (3, "c", False), (20, "d", True)):
        monkeypatch.setattr("bot.conversations.feedback.time.time", lambda ago=days_ago: NOON.timestamp() - ago * 86400)
        kept.note_feedback(conversation, "1.0", "utter_faq_notes", helped)
        kept.note_feedback(conversation, "1.1", "utter_simple_notes", True)
    monkeypatch.undo()
    kept.engine.dispose()
    code, text, _ = shown(tmp_path, Talk().says("må jeg optage?", "faq_may_i_record", "utter_faq_may_i_record"))
    assert code == 0 and "Hjalp svarene?" in text
    assert row(text, "Få notater eller referat fra mødet  ")[1:] == ["1", "2", "33 %"]
    assert row(text, "(enklere ord)")[1:] == ["3", "0", "100 %"]


def test_without_feedback_nothing_is_said_of_it(tmp_path: Path) -> None:
    text = shown(tmp_path, Talk().says("må jeg optage?", "faq_may_i_record", "utter_faq_may_i_record"))[1]
    assert "Hjalp" not in text
