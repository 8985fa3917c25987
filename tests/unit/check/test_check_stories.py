"""Tests, check: mistakes in the stories of follow-ups are named with file, line and remedy."""

from broken_house import House

NOTES = "data/stories/09_notes.yml"


def test_a_follow_up_without_a_story(house: House) -> None:
    house.change(NOTES, "intent: follow_how_long", "intent: follow_where")
    found = house.one_of(NOTES, None, "mangler en historie for follow_how_long")
    assert "faq_notes" in found.what


def test_two_stories_that_disagree(house: House) -> None:
    house.change(NOTES, "intent: follow_how_long", "intent: follow_where")
    house.one_of(NOTES, None, "giver hver sit svar på det samme", "Slet den ene")


def test_a_story_that_begins_with_another_answer_than_the_rules(house: House) -> None:
    house.change(NOTES, "action: utter_faq_notes", "action: utter_faq_video")
    house.one_of(NOTES, None, "begynder med faq_notes og utter_faq_video", "reglen for faq_notes svarer noget andet")


def test_a_story_that_ends_with_a_question(house: House) -> None:
    house.change(NOTES, "intent: follow_how_long", "intent: faq_video")
    house.one_of(NOTES, None, "slutter med mærket faq_video", "Kun follow_..., affirm og deny")


def test_a_word_that_no_list_has(house: House) -> None:
    house.change(NOTES, "about: ", "about: telefonen #")
    house.one_of(NOTES, None, "nævner 'telefonen'", "following.yml")


def test_a_story_without_steps(house: House) -> None:
    from pytest import raises

    from bot.dialogues.problems import FormatError

    house.change(NOTES, "    steps:", "    trin:")
    with raises(FormatError, match=""):
        house.new()
