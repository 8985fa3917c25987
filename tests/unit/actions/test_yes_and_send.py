"""Which words accept the terms, send the request or delete it, and which do not."""

import pytest
from deciding import decide
from request_states import RECORDING, message, says, state, until

from actions.turn.result import Kind


@pytest.mark.parametrize(
    "text",
    [
        "ja",
        "ja tak",
        "ja tak, send den gerne",
        "send",
        "ja send den",
        "det er rigtigt, send det",
    ],
)
def test_an_explicit_yes_sends(text: str) -> None:
    assert decide(message(text, "affirm"), state("review", dict(RECORDING))).kind is Kind.SEND


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("nej", "deny"),
        ("ja men datoen er forkert", "affirm"),
        ("ja, mødet er fredag", "affirm"),
        ("hvad sker der når jeg sender?", "faq_how_to_ask"),
        ("vent lidt", "nlu_fallback"),
        ("tak", "thank"),
        ("det ved jeg ikke", "skip"),
        ("send ikke noget", "cancel"),
        ("næ", "deny"),
        ("okay men vent", "affirm"),
        ("ja og nej", "affirm"),
        ("ja nej", "affirm"),
        ("ja, der er noget galt", "affirm"),
        ("ja jeg vil gerne lige læse det igen", "affirm"),
        ("det er i strid med reglerne", "affirm"),
        ("det må I selv om", "affirm"),
        ("det kan jeg ikke", "affirm"),
        # The label alone is no yes.
        ("jǫ*ơƙ", "affirm"),
    ],
)
def test_anything_but_an_explicit_yes_does_not_send(text: str, intent: str) -> None:
    assert decide(message(text, intent), state("review", dict(RECORDING))).kind is not Kind.SEND


@pytest.mark.parametrize("text", ["ja", "okay", "det er i orden"])
def test_a_yes_where_the_question_was_not_the_last_message_binds_nothing(text: str) -> None:
    at_review = decide(message(text, "affirm"), state("review", dict(RECORDING), prompted=False))
    assert at_review.kind is Kind.TALK and at_review.prompt, "it is shown again, and is no misunderstanding"
    for slot in ("terms_accepted", "support_person_possible"):
        assert not decide(message(text, "affirm"), state(slot, prompted=False)).values


@pytest.mark.parametrize("text", ["ja og nej", "jǫ*ơƙ", "det er jo det"])
def test_an_unclear_yes_neither_stops_nor_restarts(text: str) -> None:
    for kind, ended in (("stop", Kind.STOPPED), ("restart", Kind.RESTARTED)):
        pending = state("recording_medium", pending={"kind": kind})
        assert decide(message(text, "affirm"), pending).kind is not ended


@pytest.mark.parametrize("text", ["send", "ja tak, send den", "bare send anmodningen"])
def test_send_after_another_question_shows_the_review_again(text: str) -> None:
    again = decide(message(text, "affirm"), state("review", dict(RECORDING), prompted=False))
    assert again.kind is Kind.TALK and again.prompt
    assert decide(message(text, "affirm"), state("review", dict(RECORDING))).kind is Kind.SEND


def test_send_in_answer_to_restart_continues_the_request() -> None:
    asked = state("review", dict(RECORDING), prompted=False, pending={"kind": "restart"})
    decision = decide(message("send", "affirm"), asked)
    assert decision.kind is Kind.TALK and [say.response for say in decision.says] == ["utter_request_continues"]


def test_a_second_no_to_the_terms_asks_whether_to_stop() -> None:
    first = decide(message("nej", "deny"), state("terms_accepted"))
    assert says(first) == ["utter_terms_needed"]
    second = decide(message("nej", "deny"), state("terms_accepted", pending=first.pending))
    assert says(second) == ["utter_confirm_stop"]
    yes = decide(message("ja", "affirm"), state("terms_accepted", pending=second.pending))
    assert says(yes) == ["utter_request_stopped"]


@pytest.mark.parametrize(
    "text",
    ["Det siger både mormor og jeg ja til", "Vilkårene tiltrædes hermed", "Nå, men så siger jeg ja til betingelserne"],
)
def test_an_unlisted_yes_to_the_terms_is_asked_for_once_more(text: str) -> None:
    decision = decide(message(text, "nlu_fallback", 0.8), state("terms_accepted"))
    assert "terms_accepted" not in decision.values
    assert says(decision) == ["utter_terms_plainly"]


@pytest.mark.parametrize(
    "text", ["ja, det ser rigtigt ud", "ja det er korrekt", "så er den god, send", "nu passer det, send den bare"]
)
def test_an_unlisted_yes_to_sending_is_asked_for_once_more(text: str) -> None:
    decision = decide(message(text, "affirm"), state("review", dict(RECORDING)))
    assert decision.kind is not Kind.SEND
    assert says(decision) == ["utter_send_plainly"]


@pytest.mark.parametrize(
    "text",
    [
        "det kan jeg aldrig sige ja til",
        "jeg accepterer ikke vilkårene",
        "skal jeg sige ja?",
        "min nabo siger ja til alt",
        "jeg siger ja, hvis min advokat gør",
        "hvem accepterer sådan noget?",
    ],
)
def test_a_message_that_only_contains_ja_does_not_accept_the_terms(text: str) -> None:
    decision = decide(message(text, "nlu_fallback", 0.8), state("terms_accepted"))
    assert "terms_accepted" not in decision.values


@pytest.mark.parametrize("text", ["så er den rigtigt, send", "nu er det fint, send den bare", "fint, send"])
def test_a_plain_send_sends(text: str) -> None:
    assert decide(message(text, "nlu_fallback", 0.8), state("review")).kind is Kind.SEND


@pytest.mark.parametrize(
    "text",
    [
        *("den skal ikke send", "vent lidt, så send", "hvem får det, når I send?", "ret navnet, så send"),
        *("jeg fortryder at sende", "lad være med at sende", "jeg er bange for at sende", "jeg tør aldrig sende"),
    ],
)
def test_send_with_a_reservation_does_not_send(text: str) -> None:
    assert decide(message(text, "nlu_fallback", 0.8), state("review")).kind is not Kind.SEND


@pytest.mark.parametrize("text", ["okay. jeg vil hellere filme", "ja, og det er på video", "ok, mødet er den 11."])
def test_a_yes_beside_a_correction_does_not_accept_the_terms(text: str) -> None:
    known = {slot: value for slot, value in until("terms_accepted").items() if slot != "recording_medium"}
    assert "terms_accepted" not in decide(message(text, "affirm"), state("terms_accepted", known)).values


@pytest.mark.parametrize("pending", ["stop", "restart"])
def test_send_does_not_confirm_stopping(pending: str) -> None:
    asked = state("review", pending={"kind": pending}, prompted=False)
    decision = decide(message("ja, send", "affirm"), asked)
    assert says(decision) == ["utter_request_continues"]
    other = decide(message("ja, send den ikke", "affirm"), asked)
    assert decision.kind is Kind.TALK
    # Not a listed yes to 'begynd forfra?': asked once more (conversation.md).
    assert other.kind is (Kind.STOPPED if pending == "stop" else Kind.UNCLEAR)
