"""The previous answer decides between uncertain labels."""

import numpy as np

from bot.nlu.intents.after_answer import AfterAnswers
from bot.nlu.intents.labels import Factors, Labels, Ranking, meant
from bot.nlu.learning.embedding import embed
from bot.past import Past

LABELS = ["faq_contact", "faq_not_on_page", "follow_why"]
LINES = [
    ("faq_support_person", "hvem må det være", "faq_not_on_page"),
    ("faq_support_person", "hvor mange må jeg tage med", "faq_not_on_page"),
    ("faq_how_to_ask", "hvem er det jeg skal ringe til", "faq_contact"),
    ("faq_how_to_ask", "hvem må det være jeg skriver til", "faq_contact"),
]
TARGETS = np.eye(3, dtype=np.float32)[[LABELS.index(label) for _, _, label in LINES]]
AFTER = AfterAnswers.fit([topic for topic, _, _ in LINES], embed([text for _, text, _ in LINES]), TARGETS)
UNSURE: Ranking = [("faq_contact", 0.48), ("faq_not_on_page", 0.48), ("follow_why", 0.04)]


def read_after(topic: str, text: str, ranking: Ranking = UNSURE) -> tuple[str, bool]:
    factors = AFTER.factors(embed([text]), topic)[0]
    labels = Labels(ranking, dict(zip(LABELS, factors.tolist(), strict=True)))
    found, sure = meant(text, labels, Past(topics=(topic,), topic=topic), followed=True)
    return found[0][0], sure


def test_the_previous_answer_decides_an_uncertain_label() -> None:
    assert read_after("faq_support_person", "hvem må det så være") == ("faq_not_on_page", True)
    assert read_after("faq_how_to_ask", "hvem må det så være") == ("faq_contact", True)


def test_a_certain_label_ignores_the_previous_answer() -> None:
    sure: Ranking = [("faq_contact", 0.98), ("faq_not_on_page", 0.02)]
    assert read_after("faq_support_person", "hvem må det så være", sure) == ("faq_contact", True)


def test_a_long_understood_message_ignores_the_previous_answer() -> None:
    understood: Ranking = [("faq_contact", 0.81), ("faq_not_on_page", 0.19)]
    text = "hvem må det så være"
    assert read_after("faq_support_person", text, understood) == ("faq_not_on_page", True)
    assert read_after(
        "faq_support_person", f"{text}, når jeg nu gerne vil tale med en af jer i morgen", understood
    ) == (
        "faq_contact",
        True,
    )


def test_a_topic_without_training_lines_is_unknown() -> None:
    assert AFTER.knows("faq_how_to_ask")
    assert not AFTER.knows("faq_video")
    assert not AFTER.knows(None)
    assert not AfterAnswers.fit([], embed([]), TARGETS[:0]).knows("faq_video")


def test_a_message_that_is_not_weighed_by_the_previous_answer_is_not_embedded() -> None:
    asked = []

    def factors() -> list[float]:
        asked.append(True)
        return [1.0, 9.0, 1.0]

    past = Past(topics=("faq_contact",), topic="faq_contact")
    labels = Labels(UNSURE, Factors(LABELS, factors))
    sure = Labels([("faq_contact", 0.98), ("faq_not_on_page", 0.02)], Factors(LABELS, factors))
    assert meant("hvem må det være", labels, past, followed=True, weighed=False) == (UNSURE, False)
    assert meant("hvem må det være", sure, past, followed=True) == (sure.ranking, True)
    assert not asked
    assert meant("hvem må det være", labels, past, followed=True)[0][0][0] == "faq_not_on_page"
    assert len(asked) == 1
