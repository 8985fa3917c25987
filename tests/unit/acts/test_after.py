"""What is unsure by itself is read in the light of the answer before it."""

from bot.nlu.acts.reader import Ranking, read
from bot.nlu.after import AfterAnswers
from bot.past import Past

LABELS = ["faq_contact", "faq_not_on_page", "follow_why"]
AFTER = AfterAnswers.fit(
    ["faq_notes"] * 100 + ["faq_timing"] * 100,
    ["faq_not_on_page"] * 90 + ["faq_contact"] * 10 + ["faq_contact"] * 100,
    LABELS,
)
UNSURE: Ranking = [("faq_contact", 0.48), ("faq_not_on_page", 0.48), ("follow_why", 0.04)]


def read_after(topic: str, ranking: Ranking, text: str = "må han så sige noget", in_form: bool = False) -> str:
    past = Past(topics=(topic,), topic=topic, in_form=in_form)
    return read(text, ranking, [], past, AFTER.of(topic)).acts[0].label


def test_the_answer_before_decides_between_labels() -> None:
    assert read_after("faq_notes", UNSURE) == "faq_not_on_page"
    assert read_after("faq_timing", UNSURE) == "faq_contact"


def test_what_is_sure_by_itself_stays_what_it_is() -> None:
    assert read_after("faq_notes", [("faq_contact", 0.81), ("faq_not_on_page", 0.19)]) == "faq_contact"


def test_a_long_message_and_one_in_a_form_speak_for_themselves() -> None:
    assert read_after("faq_notes", UNSURE, text="må han så sige noget " * 4) == "nlu_fallback"
    assert read_after("faq_notes", UNSURE, in_form=True) == "nlu_fallback"


def test_a_follow_up_without_words_of_its_own_is_never_less_likely_than_a_topic() -> None:
    weights = AFTER.of("faq_notes")
    assert weights["follow_why"] == max(weights.values())


def test_nothing_is_known_after_what_no_line_follows() -> None:
    assert AFTER.of("faq_video") == {}
    assert AFTER.of(None) == {}
