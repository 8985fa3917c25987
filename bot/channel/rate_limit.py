"""Rate limits for sessions and addresses, counted in memory or, shared by servers, in Redis."""

import math
import time

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter

from bot.channel.refusals import too_fast
from common.settings import Rate


class RateLimit:
    """A rate that applies to each key separately."""

    def __init__(self, name: str, rate: Rate, redis_url: str | None) -> None:
        """`name` separates the keys of different limits; without `redis_url` each server counts alone."""
        self._name = name
        self._item = RateLimitItemPerSecond(rate.count, rate.seconds) if rate.count else None
        storage = RedisStorage(f"async+{redis_url}", implementation="redispy") if redis_url else MemoryStorage()
        self._limiter = MovingWindowRateLimiter(storage)

    async def hit(self, key: str) -> None:
        """Counts one request; over the rate it counts none and raises the 429 Refusal."""
        if self._item is None or await self._limiter.hit(self._item, self._name, key):
            return
        window = await self._limiter.get_window_stats(self._item, self._name, key)
        raise too_fast(max(1, math.ceil(window.reset_time - time.time())))
