"""What a follow-up names: an item of a list, a denied topic, or an offered button."""

import pytest

from bot.nlu.intents.follow_ups import is_denied, is_merely, named, pressed
from bot.nlu.parts import asked_again


@pytest.mark.parametrize(
    ("how", "words", "name"),
    [
        ("which", "den første tak", "first"),
        ("which", "ikke det første, men det andet", "second"),
        ("which", "nr. 3", "third"),
        ("which", "den midterste", ""),
        ("also", "gælder det også hvis de ringer", "phone"),
        ("also", "også til et videomøde?", "online"),
        ("also", "gælder det også for min mor", "other_person"),
        ("why", "hvorfor det første", ""),
    ],
)
def test_a_follow_up_names_what_it_asks_about(how: str, words: str, name: str) -> None:
    assert named(how, words) == name


@pytest.mark.parametrize(
    ("words", "merely"), [("Okay.", True), ("det er fint", True), ("ja tak", False), ("ja", False)]
)
def test_an_acknowledgement_is_not_a_yes(words: str, merely: bool) -> None:
    assert is_merely(words) is merely


@pytest.mark.parametrize(
    ("words", "denied"),
    [
        ("nej ikke telefonsamtale. jeg mener optage med min mobil på mødet", True),
        ("det er ikke om opkald, det er et møde", True),
        # In a question, 'ikke' denies nothing.
        ("gælder det ikke telefonsamtaler med jobcentret?", False),
        ("må jeg optage et opkald", False),
    ],
)
def test_a_topic_that_a_message_denies_is_recognized(words: str, denied: bool) -> None:
    assert is_denied("faq_phone_calls", words) is denied


_OFFERED = (("Bed om lov til at optage", "/request_recording"), ("Bed om notater eller referat", "/request_notes"))


@pytest.mark.parametrize(
    ("words", "pressed_"),
    [
        ("ja lov", "request_recording"),
        ("notater eller referat tak", "request_notes"),
        # Words of both buttons, of none, or a single word select nothing.
        ("ja bed om", None),
        ("ja tak", None),
        ("optage", None),
        ("hvad med lov", None),
    ],
)
def test_the_words_of_an_offered_button_select_it(words: str, pressed_: str | None) -> None:
    assert pressed(words, _OFFERED) == pressed_


@pytest.mark.parametrize(
    ("complaint", "question"),
    [
        ("Du svarede ikke på det med bisidder", "bisidder"),
        ("men I har ikke svaret på, hvem der bestemmer", "hvem der bestemmer"),
        ("du svarede hurtigt", "du svarede hurtigt"),
    ],
)
def test_a_question_is_tried_again_on_its_words(complaint: str, question: str) -> None:
    assert asked_again(complaint) == question
