"""How often a session and an address may speak, counted in memory or, between servers, in Redis."""

import math
import time

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from bot.channel.refusals import too_fast
from common.settings import Rate


class Rates:
    """One rate under one name, for any number of keys."""

    def __init__(self, name: str, rate: Rate, redis_url: str | None) -> None:
        """`redis_url` None: each server counts for itself."""
        self._name = name
        self._item = RateLimitItemPerSecond(rate.count, rate.seconds) if rate.count else None
        storage = RedisStorage(f"async+{redis_url}", implementation="redispy") if redis_url else MemoryStorage()
        self._limiter = MovingWindowRateLimiter(storage)

    async def hit(self, key: str) -> None:
        """Counts one; raises the 429 Refusal when there were too many, and then does not count."""
        if self._item is None or await self._limiter.hit(self._item, self._name, key):
            return
        window = await self._limiter.get_window_stats(self._item, self._name, key)
        raise too_fast(max(1, math.ceil(window.reset_time - time.time())))
