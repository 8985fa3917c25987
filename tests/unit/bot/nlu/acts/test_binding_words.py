"""What binds a citizen in words: the list of conversation.md, word by word."""

import pytest

from bot.nlu.acts.request.dialogue.binding import binds


@pytest.mark.parametrize(
    "text", ["ja", "Ja!", "ja tak", "jo", "jep", "yes", "ja da", "ja, det er i orden", '"ja"', "(ja)", "ja må I gerne"]
)
def test_a_yes_binds_to_both(text: str) -> None:
    assert binds(text, "terms") and binds(text, "review")


@pytest.mark.parametrize(
    "text", ["ok", "okay", "accepteret", "jeg accepterer vilkårene", "det gør jeg", "jeg siger ja"]
)
def test_these_accept_the_terms(text: str) -> None:
    assert binds(text, "terms")


@pytest.mark.parametrize("text", ["send", "Send den til Jura, tak", "du må gerne send anmodningen nu", "ja send"])
def test_these_send(text: str) -> None:
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
def test_nothing_else_binds(text: str) -> None:
    assert not binds(text, "terms") and not binds(text, "review")


@pytest.mark.parametrize("text", ["ok", "okay", "enig", "godkendt", "det gør jeg"])
def test_a_yes_to_the_terms_alone_sends_nothing(text: str) -> None:
    assert not binds(text, "review")


@pytest.mark.parametrize("text", ["send", "send den"])
def test_a_wish_to_send_accepts_no_terms(text: str) -> None:
    assert not binds(text, "terms")


def test_the_citizens_own_name_may_stand_beside() -> None:
    assert binds("Ja. Bo Li, bo@eksempel.dk", "terms", own=["Bo Li", "bo@eksempel.dk"])
    assert not binds("Ja. Bo Li og hans søster", "terms", own=["Bo Li"])
