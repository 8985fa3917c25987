"""Common room: every setting, read once from the environment and `.env`, each named when it is wrong."""

import base64
import binascii
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

from common.clock import parse_now

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """A setting is missing or malformed; the message names it, its value and the remedy."""


@dataclass(frozen=True)
class Rate:
    """So many times in so many seconds; a count of 0 means that there is no limit."""

    count: int
    seconds: int


@dataclass(frozen=True)
class Settings:
    """All settings of all processes; `.env.example` explains each."""

    data_dir: Path
    rasa_host: str
    rasa_port: int
    action_host: str
    action_port: int
    action_url: str
    inbox_host: str
    inbox_port: int
    legal_api_url: str
    legal_api_token: str | None
    legal_webhook_secret: str
    database_url: str | None
    redis_url: str | None
    chat_secret: str
    chat_origins: tuple[str, ...]
    chat_session_hours: int
    conversation_days: int
    unfinished_hours: int
    rate_per_session: Rate
    rate_per_address: Rate
    proxies: int
    rasa_auth_token: str | None
    outbox_content_days: int
    inbox_retention_days: int
    inbox_https: bool
    privacy_url: str | None
    accessibility_url: str | None
    spacy_model: str | None

    def database(self, name: str) -> str:
        """The SQLAlchemy address of a database: ``DATABASE_URL``, or an SQLite file of that name."""
        return self.database_url or f"sqlite:///{self.data_dir / name}.db"


_RATE = re.compile(r"(\d{1,6})/(second|minute|hour|day)")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}


class _Reader:
    def __init__(self, env: Mapping[str, str]) -> None:
        self.env = env

    def text(self, name: str) -> str | None:
        return self.env.get(name, "").strip() or None

    def fail(self, name: str, why: str) -> SettingsError:
        return SettingsError(f"{name}={self.env.get(name, '')!r}: {why}")

    def number(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name)
        if value is None:
            return default
        if not value.isdecimal() or not low <= int(value) <= high:
            raise self.fail(name, f"must be a whole number from {low} to {high}")
        return int(value)

    def port(self, name: str, default: int) -> int:
        return self.number(name, default, 1, 65535)

    def url(self, name: str, schemes: tuple[str, ...]) -> str | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            valid = bool(parts.scheme in schemes and parts.hostname and parts.port != 0)
        except ValueError:
            valid = False
        if not valid:
            # The value may hold a password: it is not repeated.
            starts = " or ".join(f"{scheme}://" for scheme in schemes)
            raise SettingsError(f"{name}: must be an address that begins with {starts}")
        return value

    def rate(self, name: str, default: str) -> Rate:
        value = self.text(name) or default
        if value == "0":
            return Rate(0, 1)
        found = _RATE.fullmatch(value)
        if not found or int(found[1]) == 0:
            raise self.fail(name, "must be 0 (no limit) or a rate such as 60/minute")
        return Rate(int(found[1]), _SECONDS[found[2]])

    def origins(self, name: str) -> tuple[str, ...]:
        sites = tuple(site.rstrip("/") for site in re.split(r"[,\s]+", self.env.get(name, "")) if site)
        for site in sites:
            parts = urlsplit(site)
            if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
                raise self.fail(name, f"{site!r} must be a site such as https://www.frederiksberg.dk, without a path")
        return sites


def _kept_secret(data_dir: Path, name: str) -> str:
    """A secret of this installation: made once, kept in the data folder, readable by its owner alone."""
    path = data_dir / "secrets" / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write("whsec_" + base64.b64encode(secrets.token_bytes(32)).decode())
        return path.read_text().strip()
    except OSError as error:
        raise SettingsError(f"DATA_DIR={str(data_dir)!r}: cannot be written ({error.strerror})") from error


def read_settings(env: Mapping[str, str]) -> Settings:
    """Settings out of an environment; SettingsError names the first that is malformed."""
    reader = _Reader(env)
    if start := reader.text("NOW"):
        try:
            parse_now(start)
        except ValueError as error:
            raise reader.fail("NOW", f"must be a time as in 2026-12-01T10:00:00+01:00 ({error})") from error
    data_dir = (ROOT / (reader.text("DATA_DIR") or "var")).resolve()
    secret = reader.text("LEGAL_WEBHOOK_SECRET")
    if secret:
        try:
            if len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) < 16:
                raise ValueError("too short")
        except (binascii.Error, ValueError) as error:
            raise SettingsError(
                "LEGAL_WEBHOOK_SECRET: must be whsec_ followed by at least 16 bytes in base64 (Standard Webhooks)"
            ) from error
    inbox_port = reader.port("INBOX_PORT", 5080)
    action_port = reader.port("ACTION_PORT", 5055)
    return Settings(
        data_dir=data_dir,
        rasa_host=reader.text("RASA_HOST") or "127.0.0.1",
        rasa_port=reader.port("RASA_PORT", 5005),
        action_host=reader.text("ACTION_HOST") or "127.0.0.1",
        action_port=action_port,
        action_url=reader.url("ACTION_URL", ("http", "https")) or f"http://127.0.0.1:{action_port}/webhook",
        inbox_host=reader.text("INBOX_HOST") or "127.0.0.1",
        inbox_port=inbox_port,
        legal_api_url=reader.url("LEGAL_API_URL", ("http", "https")) or f"http://127.0.0.1:{inbox_port}/requests",
        legal_api_token=reader.text("LEGAL_API_TOKEN"),
        legal_webhook_secret=secret or _kept_secret(data_dir, "webhook"),
        database_url=reader.url("DATABASE_URL", ("postgresql", "postgresql+psycopg2")),
        redis_url=reader.url("REDIS_URL", ("redis", "rediss")),
        chat_secret=reader.text("CHAT_SECRET") or _kept_secret(data_dir, "chat"),
        chat_origins=reader.origins("CHAT_ORIGINS"),
        chat_session_hours=reader.number("CHAT_SESSION_HOURS", 24, 1, 720),
        conversation_days=reader.number("CONVERSATION_DAYS", 30, 1, 3650),
        unfinished_hours=reader.number("UNFINISHED_HOURS", 24, 1, 8760),
        rate_per_session=reader.rate("RATE_PER_SESSION", "60/minute"),
        rate_per_address=reader.rate("RATE_PER_ADDRESS", "600/minute"),
        proxies=reader.number("PROXIES", 0, 0, 5),
        rasa_auth_token=reader.text("RASA_AUTH_TOKEN"),
        outbox_content_days=reader.number("OUTBOX_CONTENT_DAYS", 30, 1, 3650),
        inbox_retention_days=reader.number("INBOX_RETENTION_DAYS", 365, 1, 3650),
        inbox_https=reader.number("INBOX_HTTPS", 0, 0, 1) == 1,
        privacy_url=reader.url("PRIVACY_URL", ("http", "https")),
        accessibility_url=reader.url("ACCESSIBILITY_URL", ("http", "https")),
        spacy_model=reader.text("SPACY_MODEL"),
    )


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process: the environment first, then `.env` in the project's folder."""
    file = {name: value or "" for name, value in dotenv_values(ROOT / ".env").items()}
    os.environ.update({name: value for name, value in file.items() if name not in os.environ})
    return read_settings(os.environ)
