"""What is said is from the latest responses, and within a turn from those with which it began."""

import asyncio
from typing import Any

import pytest

from bot.generator import Generator


class Tracker:
    events = ()
    active_loop_name = None

    def current_slot_values(self) -> dict[str, Any]:
        return {}


def test_a_turn_ends_with_the_responses_it_began_with() -> None:
    generator = Generator()

    async def said() -> str:
        message = await generator.generate("utter_ja", Tracker(), "chat")
        return str((message or {}).get("text"))

    async def turn(publishes: str | None) -> list[str]:
        with generator.turn():
            first = await said()
            if publishes:
                generator.responses = {"utter_ja": [{"text": publishes}]}
            # The other turn begins or goes on.
            await asyncio.sleep(0.01)
            return [first, await said()]

    async def act() -> None:
        generator.responses = {"utter_ja": [{"text": "før"}]}
        assert await asyncio.gather(turn("nu"), turn(None)) == [["før", "før"], ["nu", "nu"]]
        assert await said() == "nu"

    asyncio.run(act())


@pytest.mark.parametrize(
    ("form", "slots", "offered"),
    [
        (None, {"request_type": "recording"}, 2),
        ("request_form", {"request_type": "recording"}, 1),
        (None, {"sent_type": "recording"}, 1),
        (None, {"sent_type": "notes"}, 2),
    ],
)
def test_a_request_under_way_or_just_sent_is_not_offered_again(
    form: str | None, slots: dict[str, str], offered: int
) -> None:
    class UnderWay(Tracker):
        active_loop_name = form

        def get_slot(self, name: str) -> str | None:
            return slots.get(name)

    generator = Generator()
    buttons = [{"title": one, "payload": one} for one in ("/request_recording", "/faq_criteria")]
    generator.responses = {"utter_faq_video": [{"text": "Ja.", "buttons": buttons}]}
    message = asyncio.run(generator.generate("utter_faq_video", UnderWay(), "chat"))
    assert len((message or {})["buttons"]) == offered
