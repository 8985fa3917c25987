"""`script/bot inspect`: saving a conversation as a dialogue file."""

from pathlib import Path

import pytest
from inspected import a_request, answered, said, tracker
from rasa.shared.core.events import ActionExecuted

from workbench.dialogues import format
from workbench.inspect.saving import SavingError, Wanted, save, steps
from workbench.inspect.turns import take_apart

WANTED = Wanted("dates", "Min samtale", "Et møde på torsdag")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "dates").mkdir()
    (tmp_path / "dates" / "en_anden.yml").write_text("test_cases: []", encoding="utf-8")
    return tmp_path


def test_a_saved_conversation_is_a_valid_dialogue(root: Path) -> None:
    file = save(take_apart(a_request()), WANTED, {}, root)
    (case,) = format.read(file)
    assert file == root / "dates" / "min_samtale.yml" and case.name == "Et møde på torsdag"
    assert [(step.kind, step.value) for step in case.steps] == [
        ("user", "må jeg optage?"),
        ("utter", "utter_faq_may_i_record"),
        ("user", "jeg vil gerne optage på torsdag, 010190-1234"),
        ("utter", "utter_cpr_masked"),
        ("utter", "utter_prompt_meeting_department"),
        ("asking", "meeting_department"),
        ("button", "Ja, send"),
        ("utter", "utter_receipt_delivered"),
        ("asking", None),
        ("received", [{"type": "recording"}]),
    ]
    assert case.now.isoformat() == "2026-12-01T10:01:00+01:00", "days are counted from when it was said"


def test_a_marked_turn_is_saved_with_the_right_answer() -> None:
    turns = take_apart(
        tracker(
            said("1", "er dagen før nok?", "faq_opening_hours"),
            ActionExecuted("utter_faq_opening_hours", "RulePolicy", 1.0),
            answered("utter_faq_opening_hours"),
            said("2", "er den nået frem?", "repeat"),
            answered("utter_repeat_nothing"),
        )
    )
    assert steps(turns, {"1": "faq_timing", "2": "check_status"}) == [
        {"user": "er dagen før nok?"},
        {"utter": "utter_faq_timing"},
        {"user": "er den nået frem?", "assertions": [{"action_executed": "action_check_status"}]},
    ]


def test_a_pause_is_saved() -> None:
    turns = take_apart(tracker(said("1", "hej", "greet"), answered("utter_hello"), said("46", "hej", "greet")))
    assert {"silence_minutes": 45} in steps(turns, {})


def test_a_cpr_number_in_the_dialogues_name_is_masked(root: Path) -> None:
    file = save(take_apart(a_request()), Wanted("dates", "a", "Om 020280-4321"), {}, root)
    assert "4321" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["", "../ud", "a/b", ".skjult", "x" * 61, "en;to"])
def test_a_dialogues_name_cannot_be_a_path(root: Path, name: str) -> None:
    with pytest.raises(SavingError, match="Navnet"):
        save(take_apart(a_request()), Wanted("dates", name, "x"), {}, root)


@pytest.mark.parametrize("folder", ["", "..", "findes_ikke"])
def test_a_dialogue_is_saved_into_a_known_folder(root: Path, folder: str) -> None:
    with pytest.raises(SavingError, match="mapperne"):
        save(take_apart(a_request()), Wanted(folder, "a", "x"), {}, root)


def test_saving_overwrites_no_file(root: Path) -> None:
    with pytest.raises(SavingError, match="allerede"):
        save(take_apart(a_request()), Wanted("dates", "en_anden", "x"), {}, root)
    assert (root / "dates" / "en_anden.yml").read_text(encoding="utf-8") == "test_cases: []"


def test_a_conversation_without_words_is_not_saved(root: Path) -> None:
    with pytest.raises(SavingError, match="Skriv i chatten først"):
        save([], WANTED, {}, root)
