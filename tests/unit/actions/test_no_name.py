"""A citizen who gives no name is told what that means."""

import pytest
from deciding import decide
from request_states import message, says, state

DECLINES = [
    "jeg vil ikke skrive mit navn",
    "jeg vil helst ikke oplyse navn",
    "kan jeg være anonym",
    "kan man være anonym her?",
    "Anonym",
    "hvad gør jeg så hvis jeg ikke vil skrive navn",
    "det siger jeg ikke",
    "nej",
    "uden navn tak",
    "må jeg slippe for at skrive mit navn?",
    "det kommer ikke jer ved",
]


@pytest.mark.parametrize("failures", [0, 1, 2, 4])
@pytest.mark.parametrize("text", DECLINES)
def test_declining_to_give_a_name_is_answered_with_what_that_means(text: str, failures: int) -> None:
    decision = decide(message(text, "nlu_fallback"), state("applicant_name", failures=failures))
    assert says(decision) == ["utter_name_declined"] and not decision.values


@pytest.mark.parametrize("text", ["mit navn er ikke Bo, jeg hedder Ib Holm", "Bo Holm", "Ikke Bo, men Ib Holm"])
def test_a_name_with_refusing_words_beside_it_is_stored(text: str) -> None:
    assert decide(message(text, "inform"), state("applicant_name")).values["applicant_name"]


def test_asking_whether_the_chat_is_anonymous_is_answered() -> None:
    decision = decide(message("er det anonymt at skrive her?", "faq_this_chat"), state("applicant_name"))
    assert says(decision) == ["utter_faq_this_chat"]
