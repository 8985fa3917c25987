"""Mistakes in dialogue files are reported in Danish with file, line and remedy, all at once."""

from pathlib import Path

import pytest

from common.clock import parse_now
from workbench.dialogues.format import DEFAULT_NOW, find, read, read_all
from workbench.dialogues.script import Slot
from workbench.shared.problems import FormatError


def write(folder: Path, text: str, name: str = "prøve.yml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def problems(folder: Path, text: str) -> list[tuple[int, str]]:
    file = write(folder, text)
    with pytest.raises(FormatError) as caught:
        read(file)
    assert all(str(problem).startswith(f"{file}, linje {problem.line}: ") for problem in caught.value.problems)
    return [(problem.line, problem.what) for problem in caught.value.problems]


def one(steps: str) -> str:
    lines = "\n".join(f"      {line}" for line in steps.strip("\n").splitlines())
    return f"test_cases:\n  - test_case: prøve\n    steps:\n{lines}\n"


def test_the_whole_format_is_read(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        """
now: 2026-12-24T11:00:00+01:00
given:
  begyndt:
    - user: "jeg vil optage"
test_cases:
  - test_case: alt
    given: begyndt
    receiver: 503
    steps:
      - utter: utter_greet
      - bot: "Hej"
      - user: "i morgen"
        twice: true
        assertions:
          - slot_was_set: [{name: meeting_date, value: 2026-12-25}]
          - bot_uttered: {utter_name: utter_review, text_matches: "Se.*", buttons: [{title: "Ja, send"}]}
          - action_executed: request_form
          - asking: null
      - slot_was_set:
          - meeting_time: 14:30
          - applicant_phone: +4522334455
          - terms_accepted: true
          - meeting_kind
      - silence_minutes: 31
      - receiver: up
      - now: 2026-12-25T11:00:00Z
      - received: nothing
      - received: 2
      - received: {type: recording, meetings: [{date: null}]}
  - test_case: ny tid
    now: 2026-01-02T08:00:00+01:00
    steps:
      - button: "Ja"
""",
    )
    first, second = read(file)
    assert (first.name, first.line, first.receiver) == ("alt", 7, "503")
    assert first.now == parse_now("2026-12-24T11:00:00+01:00")
    assert second.now == parse_now("2026-01-02T08:00:00+01:00")
    assert [step.kind for step in first.steps][:4] == ["user", "utter", "bot", "user"]
    said = first.steps[3]
    assert said.twice and said.line == 13
    assert [step.kind for step in said.assertions] == ["slot_was_set", "bot_uttered", "action_executed", "asking"]
    assert said.assertions[0].value == [Slot("meeting_date", True, "2026-12-25")]
    # Numbers, times and dates stay strings, as in the slots and the payload.
    assert first.steps[4].value == [
        Slot("meeting_time", True, "14:30"),
        Slot("applicant_phone", True, "+4522334455"),
        Slot("terms_accepted", True, True),
        Slot("meeting_kind"),
    ]
    assert [step.value for step in first.steps[-3:]] == [0, 2, [{"type": "recording", "meetings": [{"date": None}]}]]


def test_without_a_time_dialogues_run_on_a_fixed_day(tmp_path: Path) -> None:
    assert read(write(tmp_path, one('- user: "hej"')))[0].now == parse_now(DEFAULT_NOW)


@pytest.mark.parametrize(
    ("steps", "line", "says"),
    [
        ('- usre: "hej"', 4, ["'usre'", "Mente du 'user'?"]),
        ("- hej", 4, ["navn og kolon", "hej"]),
        ('- user: "hej"\n- utter: utter_gret', 5, ["'utter_gret' findes ikke i domain/", "utter_greet"]),
        ("- slot_was_set:\n    - meeting_date: x\n    - meeting_dat: y", 6, ["'meeting_dat'", "'meeting_date'"]),
        ("- asking: meeting_day", 4, ["'meeting_day' findes ikke"]),
        ('- user: ""', 4, ["skal have en tekst"]),
        ("- user:", 4, ["skal have en tekst"]),
        ('- user: "a"\n  bot: "b"', 4, ["ét af navnene"]),
        ('- bot: "a"\n  assertions:\n    - asking: null', 4, ["'assertions'", "'user' eller 'button'"]),
        ('- user: "a"\n  assertions:\n    - bot_utered: {}', 6, ["'bot_utered'", "Mente du 'bot_uttered'?"]),
        ('- user: "a"\n  assertions:\n    asking: null', 5, ["liste"]),
        ('- user: "a"\n  assertions:\n    - bot_uttered: {utter: x}', 6, ["'utter'", "utter_name"]),
        ('- user: "a"\n  assertions:\n    - bot_uttered: {text_matches: "("}', 6, ["regulært udtryk"]),
        ('- user: "a"\n  assertions:\n    - action_executed: action_nope', 6, ["'action_nope' findes ikke"]),
        ("- received: {applicant: {nmae: Li}}", 4, ["'applicant.nmae'", "'name'", "request.schema.json"]),
        ("- received: {meetings: [{dato: null}]}", 4, ["'meetings.dato'", "'date'"]),
        ("- received: intet", 4, ["'nothing'"]),
        ("- receiver: sover", 4, ["'receiver: sover'", "503"]),
        ("- silence_minutes: længe", 4, ["helt tal", "længe"]),
        ("- now: i morgen", 4, ["2026-12-01T10:00:00+01:00"]),
        ('- user: "a"\n  twice: ja', 5, ["true eller false"]),
    ],
)
def test_a_mistake_in_a_step_is_named_with_its_line_and_remedy(
    tmp_path: Path, steps: str, line: int, says: list[str]
) -> None:
    found = problems(tmp_path, one(steps))
    assert [number for number, _ in found] == [line]
    assert all(part in found[0][1] for part in says), found[0][1]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "test_cases"),
        ("- user: hej", 1, "test_cases"),
        ("test_cases: []", 1, "ingen dialoger"),
        ("test_cases:\n  - steps:\n      - user: hej", 2, "mangler et navn"),
        ("test_cases:\n  - test_case: a", 2, "ingen trin"),
        ("test_cases:\n  - test_case: a\n    stpes: []\n    steps:\n      - user: hej", 3, "Mente du 'steps'?"),
        ("test_cases:\n  - test_case: a\n    given: x\n    steps:\n      - user: hej", 3, "'given: x' findes ikke"),
        ("test_cases:\n  - test_case: a\n    test_case: b", 3, "to gange"),
        ('test_cases:\n  - test_case: a\n    steps:\n      - user: "hej\n', 4, "YAML"),
        ("test_cases:\n  - test_case: a\n    steps:\n\t- user: hej", 4, "mellemrum"),
    ],
)
def test_a_mistake_in_a_file_is_named_with_its_line_and_remedy(tmp_path: Path, text: str, line: int, says: str) -> None:
    number, what = problems(tmp_path, text)[0]
    assert says in what
    # YAML may report an open quote on the next line.
    assert line <= number <= line + 1


def test_two_dialogues_of_one_name_are_refused(tmp_path: Path) -> None:
    case = '  - test_case: a\n    steps:\n      - user: "hej"\n'
    assert "To dialoger hedder 'a'" in problems(tmp_path, f"test_cases:\n{case}{case}")[0][1]


def test_all_mistakes_of_all_files_are_reported_at_once(tmp_path: Path) -> None:
    files = [write(tmp_path, one('- usre: "a"\n- utter: utter_x'), name) for name in ("a.yml", "b.yml")]
    with pytest.raises(FormatError) as caught:
        read_all(files)
    assert [(problem.file.name, problem.line) for problem in caught.value.problems] == [
        ("a.yml", 4),
        ("a.yml", 5),
        ("b.yml", 4),
        ("b.yml", 5),
    ]


def test_a_folder_stands_for_all_its_dialogues(tmp_path: Path) -> None:
    (tmp_path / "under").mkdir()
    files = {write(tmp_path, "", "a.yml"), write(tmp_path / "under", "", "b.yml")}
    write(tmp_path, "", "noter.txt")
    assert set(find([tmp_path])) == files


@pytest.mark.parametrize("name", ["findes-ikke.yml", "."])
def test_a_path_without_dialogues_is_reported(tmp_path: Path, name: str) -> None:
    with pytest.raises(FormatError, match="ingen dialoger"):
        find([tmp_path / name])
