"""Problems in data/choices are reported with file, line and remedy."""

from broken_project import Project

KIND = "data/choices/meeting_kind.yml"


def test_an_unknown_value_of_a_choice_is_reported(project: Project) -> None:
    line = project.change(KIND, "  phone_call: |", "  phone: |")
    project.only(KIND, line, "'phone' er ingen værdi for meeting_kind", "Ret værdien")


def test_an_unknown_slot_of_a_choice_is_reported(project: Project) -> None:
    line = project.change(KIND, "slot: meeting_kind", "slot: meeting_kinds")
    project.only(KIND, line, "Feltet 'meeting_kinds' findes ikke", "Mente du 'meeting_kind'?")


def test_a_malformed_line_of_answers_is_reported(project: Project) -> None:
    line = project.change(KIND, "  phone_call: |\n    - ", "  phone_call: |\n    hun ringer til mig\n    - ") + 1
    project.only(KIND, line, "begynder ikke med '- '", "hun ringer til mig")


def test_an_answer_with_two_values_is_reported(project: Project) -> None:
    project.change(KIND, "  phone_call: |\n", "  phone_call: |\n    - vi ses hos jer på mandag\n")
    project.change(KIND, "  video_call: |\n", "  video_call: |\n    - Vi ses hos jer på mandag\n")
    project.only(KIND, None, "'vi ses hos jer på mandag' står også under", "Slet det ene")


def test_a_choice_file_without_answers_is_reported(project: Project) -> None:
    project.change(KIND, "answers:", "svar:")
    project.only(KIND, 1, "mangler 'slot' eller 'answers'")
