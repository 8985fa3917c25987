"""CPR numbers in the chat are masked before they are stored, also over two messages, or refused."""

import pytest

from bot.channel.masking import masked
from bot.channel.refusals import Refusal
from bot.channel.transcript import Turn
from common import patterns
from common.cpr import MASK
from tests.channel.server import Page, Server


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("mit cpr er 1.1.70-1234", "1.70-1234"),
        ("0l0l70-l234, må jeg optage?", "70-l234"),
        ("født den første januar 1970 og de sidste fire er 1234", "fire er 1234"),
    ],
)
def test_a_cpr_number_in_any_spelling_is_masked_before_it_is_stored(
    server: Server, page: Page, text: str, number: str
) -> None:
    assert page.says(text)[0]["name"] == "utter_cpr_masked"
    # The digits alone may stand in a message's id or in a time.
    assert "234" not in str([message["text"] for message in page.history()])
    assert MASK in page.said()[0] and number not in server.log()


def test_the_second_part_of_a_split_cpr_number_is_masked_before_it_is_stored(server: Server, page: Page) -> None:
    page.says("jeg er født 010170")
    assert page.says("7351")[0]["name"] == "utter_cpr_masked"
    # As a word: the digits may stand inside an identifier in the log.
    assert page.said() == ["jeg er født 010170", MASK] and not patterns.search(r"(?<![\w-])7351(?![\w-])", server.log())
    page.says("7352")
    assert page.said()[-1] == "7352", "a number that is masked is completed by nothing more"


def test_an_hour_after_a_meetings_date_is_not_masked(page: Page) -> None:
    page.says("mødet er den 1.2.2027")
    page.says("1430")
    assert page.said() == ["mødet er den 1.2.2027", "1430"]


def test_a_text_that_cannot_be_masked_in_time_is_refused_and_not_repeated(caplog: pytest.LogCaptureFixture) -> None:
    conversation = [Turn("1", "jeg er født 010170", "")]
    with patterns.budget(0), pytest.raises(Refusal) as refused:
        masked("mit cpr er 010170-1234, må jeg optage?", conversation)
    assert (refused.value.status, refused.value.field) == (422, "text")
    assert "3821 4236" in refused.value.message and "010170" not in refused.value.message + caplog.text
