"""Rate limits for sessions and addresses, counted in memory or, shared by servers, in Redis."""

import math
import time

from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis import RedisError
from sanic.log import logger

from bot.channel.refusals import too_fast
from common.settings import Rate

# How long a request waits for Redis, and how long after a failure none asks it.
_TIMEOUT_SECONDS = 0.5
_AWAY_SECONDS = 10.0


class RateLimit:
    """A rate that applies to each key separately. While Redis is away, each server counts alone."""

    def __init__(self, name: str, rate: Rate, redis_url: str | None) -> None:
        """`name` separates the keys of different limits; without `redis_url` each server counts alone."""
        self._name = name
        self._item = RateLimitItemPerSecond(rate.count, rate.seconds) if rate.count else None
        self._alone = MovingWindowRateLimiter(MemoryStorage())
        self._shared = MovingWindowRateLimiter(_redis(redis_url)) if redis_url else None
        self._away_until = 0.0

    async def hit(self, key: str) -> None:
        """Counts one request; over the rate it counts none and raises the 429 Refusal."""
        if self._item is None:
            return
        if self._shared and time.monotonic() >= self._away_until:
            try:
                return await self._hit(self._shared, self._item, key)
            except (RedisError, OSError) as error:
                self._away_until = time.monotonic() + _AWAY_SECONDS
                logger.error("Redis does not answer, the rate %s is counted here: %s", self._name, type(error).__name__)
        return await self._hit(self._alone, self._item, key)

    async def _hit(self, limiter: MovingWindowRateLimiter, item: RateLimitItemPerSecond, key: str) -> None:
        if await limiter.hit(item, self._name, key):
            return
        window = await limiter.get_window_stats(item, self._name, key)
        raise too_fast(max(1, math.ceil(window.reset_time - time.time())))


def _redis(url: str) -> RedisStorage:
    limits = {"socket_timeout": _TIMEOUT_SECONDS, "socket_connect_timeout": _TIMEOUT_SECONDS}
    return RedisStorage(f"async+{url}", implementation="redispy", **limits)
