"""Problems in the stories of follow-ups are reported with file, line and remedy."""

from broken_project import Project

NOTES = "data/stories/09_notes.yml"


def test_a_follow_up_without_a_story_is_reported(project: Project) -> None:
    project.change(NOTES, "intent: follow_how_long", "intent: follow_where")
    found = project.one_of(NOTES, None, "mangler en historie for follow_how_long")
    assert "faq_notes" in found.what


def test_contradicting_stories_are_reported(project: Project) -> None:
    project.change(NOTES, "intent: follow_how_long", "intent: follow_where")
    project.one_of(NOTES, None, "giver hver sit svar på det samme", "Slet den ene")


def test_a_story_beginning_with_another_answer_than_its_rule_is_reported(project: Project) -> None:
    project.change(NOTES, "action: utter_faq_notes", "action: utter_faq_video")
    project.one_of(NOTES, None, "begynder med faq_notes og utter_faq_video", "reglen for faq_notes svarer noget andet")


def test_a_story_ending_with_a_question_is_reported(project: Project) -> None:
    project.change(NOTES, "intent: follow_how_long", "intent: faq_video")
    project.one_of(NOTES, None, "slutter med mærket faq_video", "Kun follow_..., affirm og deny")


def test_an_unknown_list_item_in_a_story_is_reported(project: Project) -> None:
    project.change(NOTES, "about: ", "about: telefonen #")
    project.one_of(NOTES, None, "nævner 'telefonen'", "following.yml")


def test_a_story_without_steps_is_reported(project: Project) -> None:
    from pytest import raises

    from workbench.shared.problems import FormatError

    project.change(NOTES, "    steps:", "    trin:")
    with raises(FormatError, match=""):
        project.new()
