"""A running server says what was published last, from the next turn on."""

import asyncio
from collections.abc import Awaitable, Callable

from sanic.log import logger

from bot.channel.published import Published
from bot.responses import Responses, digest_of, names_of

_SECONDS = 1.0


class Following:
    """A server's use of what was published."""

    def __init__(self, published: Published, responses: Responses, use: Callable[[Responses], Awaitable[None]]) -> None:
        """`responses`: those that the server has at its start; `use` puts others in their place."""
        self._published = published
        self._names, self._digest = names_of(responses), digest_of(responses)
        self._responses = responses
        self._use = use
        self._number = 0

    async def begin(self) -> None:
        """Uses what stands; raises SQLAlchemy's errors where it cannot be read."""
        await asyncio.to_thread(self._published.begin, self._responses)
        await self.look()

    async def keep(self) -> None:
        """Looks every second, for as long as the server runs."""
        failing = False
        while True:
            await asyncio.sleep(_SECONDS)
            try:
                await self.look()
                failing = False
            except Exception as error:
                # Said once: the server goes on with what it has, and the database may come back.
                if not failing:
                    logger.error("What was published could not be read: %s", type(error).__name__)
                failing = True

    async def look(self) -> None:
        """Uses what stands, where it is not in use."""
        standing = await asyncio.to_thread(self._published.standing, self._names)
        if standing is None or standing.number == self._number:
            return
        if standing.digest != self._digest:
            responses = await asyncio.to_thread(self._published.responses, standing.number)
            if names_of(responses) != self._names:
                raise ValueError("a row holds other responses than it says")
            await self._use(responses)
        self._number, self._digest = standing.number, standing.digest
        await asyncio.to_thread(self._published.note_use, standing.number)
