"""Which words accept the terms and send a request (conversation.md)."""

import pytest

from bot.nlu.acts.request.dialogue.binding import binds


@pytest.mark.parametrize(
    "text", ["ja", "Ja!", "ja tak", "jo", "jep", "yes", "ja da", "ja, det er i orden", '"ja"', "(ja)", "ja må I gerne"]
)
def test_a_plain_yes_accepts_the_terms_and_sends(text: str) -> None:
    assert binds(text, "terms") and binds(text, "review")


@pytest.mark.parametrize(
    "text", ["ok", "okay", "accepteret", "jeg accepterer vilkårene", "det gør jeg", "jeg siger ja"]
)
def test_listed_words_accept_the_terms(text: str) -> None:
    assert binds(text, "terms")


@pytest.mark.parametrize("text", ["send", "Send den til Jura, tak", "du må gerne send anmodningen nu", "ja send"])
def test_listed_words_send(text: str) -> None:
    assert binds(text, "review")


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", ".", "tak", "det er fint", "fint", "gerne", "selvfølgelig", "rigtigt", "det er i orden", "perfekt"),
        *("ja ellers tak", "ja næ", "ja ej", "ja i k k e", "yes if", "yes maybe later", "yes but no", "ja men", "ja?"),
        *(
            "ja til punkt 1",
            "ja 1",
            "JA?!",
            "delvist ja",
            "ja Hansen",
            "/affirm ja",
            "okay den er fin",
            "ja øh",
            "ja nok",
        ),
        *("nej", "nej ja", "ja nej", "send ikke", "send i morgen", "send mig en kopi", "ja vent", "ја"),
    ],
)
def test_unlisted_words_bind_to_nothing(text: str) -> None:
    assert not binds(text, "terms") and not binds(text, "review")


@pytest.mark.parametrize("text", ["ok", "okay", "enig", "godkendt", "det gør jeg"])
def test_words_that_accept_the_terms_do_not_send(text: str) -> None:
    assert not binds(text, "review")


@pytest.mark.parametrize("text", ["send", "send den"])
def test_words_that_send_do_not_accept_the_terms(text: str) -> None:
    assert not binds(text, "terms")


def test_the_citizens_own_values_may_stand_beside_the_yes() -> None:
    assert binds("Ja. Bo Li, bo@eksempel.dk", "terms", own=["Bo Li", "bo@eksempel.dk"])
    assert not binds("Ja. Bo Li og hans søster", "terms", own=["Bo Li"])
