"""How much is worked on at once, for one address and in all: what comes beyond that is refused at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.channel.refusals import busy

# Of one address. The others of it wait, and hold up nobody but each other.
_AT_ONCE = 2


@dataclass
class _Requests:
    """What one address has under way or waiting."""

    count: int = 0
    at_once: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))


class Work:
    """Counts the requests of a server that are under way or wait."""

    def __init__(self, per_address: int, in_all: int) -> None:
        """So many of one address and so many in all."""
        self._per_address = per_address
        self._in_all = in_all
        self._count = 0
        self._by_address: dict[str, _Requests] = {}

    @asynccontextmanager
    async def place(self, address: str) -> AsyncIterator[None]:
        """A place for one request, while it waits and is worked on; raises the 503 Refusal where there is none."""
        requests = self._by_address.get(address) or _Requests()
        if self._count >= self._in_all or requests.count >= self._per_address:
            raise busy()
        self._by_address[address] = requests
        self._count += 1
        requests.count += 1
        try:
            async with requests.at_once:
                yield
        finally:
            self._count -= 1
            requests.count -= 1
            if not requests.count:
                del self._by_address[address]
