"""What is said is from the latest responses, and within a turn from those with which it began."""

import asyncio
from typing import Any

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
