"""Whether the servers that the settings name answer, looked at before anything starts."""

from urllib.parse import urlsplit

from common.settings import Settings

_SECONDS = 3


def unreachable(config: Settings) -> str | None:
    """What does not answer and what to do, in Danish; None where all does. Names no password."""
    if config.redis_url and (why := _redis(config.redis_url)):
        return (
            f"Serveren i REDIS_URL ({_place(config.redis_url)}) svarer ikke: {why}. Ret den i .env, eller start Redis."
        )
    if config.database_url and (why := _database(config.database_url)):
        place = _place(config.database_url)
        return f"Databasen i DATABASE_URL ({place}) svarer ikke: {why}. Ret den i .env, eller start databasen."
    return None


def _redis(url: str) -> str | None:
    import redis

    try:
        with redis.Redis.from_url(url, socket_connect_timeout=_SECONDS, socket_timeout=_SECONDS) as client:
            client.ping()
    except (redis.RedisError, ValueError) as error:
        return type(error).__name__
    return None


def _database(url: str) -> str | None:
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import SQLAlchemyError

    waits = {"connect_timeout": _SECONDS} if url.startswith("postgresql") else {}
    try:
        engine = create_engine(url, connect_args=waits)
        try:
            with engine.connect() as connection:
                connection.execute(text("select 1"))
        finally:
            engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        return type(error).__name__
    return None


def _place(url: str) -> str:
    """Host and port alone: an address may hold a password."""
    parts = urlsplit(url)
    return f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or "uden værtsnavn"
