"""Limits the requests in progress, per address and in total; refuses those beyond at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.channel.refusals import busy

# Requests of one address that run at the same time; its others wait, so that they delay nobody else.
_PARALLEL_PER_ADDRESS = 2


@dataclass
class _AddressRequests:
    """Requests of one address: the count of running and waiting ones, and the lock for the running ones."""

    count: int = 0
    parallel: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_PARALLEL_PER_ADDRESS))


class ConcurrencyLimit:
    """Counts a server's running and waiting requests."""

    def __init__(self, per_address: int, total: int) -> None:
        """The most requests, running and waiting together, of one address and of all."""
        self._per_address = per_address
        self._total = total
        self._count = 0
        self._by_address: dict[str, _AddressRequests] = {}

    @asynccontextmanager
    async def acquire(self, address: str) -> AsyncIterator[None]:
        """Counts one request while it waits and runs; raises the 503 Refusal when a limit is reached."""
        requests = self._by_address.get(address) or _AddressRequests()
        if self._count >= self._total or requests.count >= self._per_address:
            raise busy()
        self._by_address[address] = requests
        self._count += 1
        requests.count += 1
        try:
            async with requests.parallel:
                yield
        finally:
            self._count -= 1
            requests.count -= 1
            if not requests.count:
                del self._by_address[address]
