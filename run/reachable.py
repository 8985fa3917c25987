"""Checks before a start that the Redis and the database of the settings answer."""

from urllib.parse import urlsplit

from common.settings import Settings

_TIMEOUT_SECONDS = 3


def unreachable(config: Settings) -> str | None:
    """A Danish message about the first server that does not answer, without its password; None when all do."""
    if config.redis_url and (why := _redis(config.redis_url)):
        place = _host_and_port(config.redis_url)
        return f"Serveren i REDIS_URL ({place}) svarer ikke: {why}. Ret den i .env, eller start Redis."
    if config.database_url and (why := _database(config.database_url)):
        place = _host_and_port(config.database_url)
        return f"Databasen i DATABASE_URL ({place}) svarer ikke: {why}. Ret den i .env, eller start databasen."
    return None


def _redis(url: str) -> str | None:
    import redis

    try:
        timeouts = {"socket_connect_timeout": _TIMEOUT_SECONDS, "socket_timeout": _TIMEOUT_SECONDS}
        with redis.Redis.from_url(url, **timeouts) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        return type(error).__name__
    return None


def _database(url: str) -> str | None:
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import SQLAlchemyError

    timeout = {"connect_timeout": _TIMEOUT_SECONDS} if url.startswith("postgresql") else {}
    try:
        engine = create_engine(url, connect_args=timeout)
        try:
            with engine.connect() as connection:
                connection.execute(text("select 1"))
        finally:
            engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        return type(error).__name__
    return None


def _host_and_port(url: str) -> str:
    """Host and port without the password of the URL."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or "uden værtsnavn"
