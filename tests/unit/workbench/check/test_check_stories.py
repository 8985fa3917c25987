"""Mistakes in the stories of follow-ups are named with file, line and remedy."""

from broken_project import Project

NOTES = "data/stories/09_notes.yml"


def test_a_follow_up_without_a_story(project: Project) -> None:
    project.change(NOTES, "intent: follow_how_long", "intent: follow_where")
    found = project.one_of(NOTES, None, "mangler en historie for follow_how_long")
    assert "faq_notes" in found.what


def test_two_stories_that_disagree(project: Project) -> None:
    project.change(NOTES, "intent: follow_how_long", "intent: follow_where")
    project.one_of(NOTES, None, "giver hver sit svar på det samme", "Slet den ene")


def test_a_story_that_begins_with_another_answer_than_the_rules(project: Project) -> None:
    project.change(NOTES, "action: utter_faq_notes", "action: utter_faq_video")
    project.one_of(NOTES, None, "begynder med faq_notes og utter_faq_video", "reglen for faq_notes svarer noget andet")


def test_a_story_that_ends_with_a_question(project: Project) -> None:
    project.change(NOTES, "intent: follow_how_long", "intent: faq_video")
    project.one_of(NOTES, None, "slutter med mærket faq_video", "Kun follow_..., affirm og deny")


def test_a_word_that_no_list_has(project: Project) -> None:
    project.change(NOTES, "about: ", "about: telefonen #")
    project.one_of(NOTES, None, "nævner 'telefonen'", "following.yml")


def test_a_story_without_steps(project: Project) -> None:
    from pytest import raises

    from workbench.shared.problems import FormatError

    project.change(NOTES, "    steps:", "    trin:")
    with raises(FormatError, match=""):
        project.new()
