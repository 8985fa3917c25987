"""Every setting, read once from the environment and `.env`, each named when it is wrong."""

import base64
import errno
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network
from itertools import combinations
from pathlib import Path
from urllib.parse import urlsplit

from common.env_file import read_env_file, unknown_names
from common.setting_values import WEB, Rate, Reader, SettingsError, is_this_machine
from common.unencrypted import goes_unencrypted

__all__ = ["ROOT", "Rate", "Settings", "SettingsError", "read_settings", "setting_warnings", "settings"]

ROOT = Path(__file__).resolve().parent.parent
ENV_FILE = ROOT / ".env"
# What the inbox's log-in asks for; and what nobody guesses who tries (a made secret has 50 characters).
SHORTEST_PASSWORD = 12
SHORTEST_CHAT_SECRET = 32
SHORTEST_ACTION_SECRET = 32
SHORTEST_RASA_TOKEN = 32
_SECRET_WAIT_SECONDS = 2


@dataclass(frozen=True)
class Settings:
    """All settings of all processes; `.env.example` explains each."""

    data_dir: Path
    rasa_host: str
    rasa_port: int
    action_host: str
    action_port: int
    action_url: str
    action_secret: str
    inbox_host: str
    inbox_port: int
    legal_api_url: str
    legal_api_token: str | None
    legal_schema: str
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
    requests_per_address: int
    requests_in_all: int
    turns_per_conversation: int
    characters_per_conversation: int
    proxies: int
    chat_https: bool
    rasa_auth_token: str | None
    outbox_content_days: int
    inbox_retention_days: int
    inbox_https: bool
    inbox_proxy: tuple[IPv4Network | IPv6Network, ...]
    plain_http_hosts: frozenset[str]
    privacy_url: str | None
    accessibility_url: str | None
    spacy_model: str | None

    def database(self, name: str) -> str:
        """The SQLAlchemy address of a database: ``DATABASE_URL``, or an SQLite file of that name."""
        return self.database_url or f"sqlite:///{self.data_dir / name}.db"


# Read where they are needed, and not kept: the clock's start and the inbox's password.
KNOWN = (*(field.name.upper() for field in fields(Settings)), "NOW", "INBOX_PASSWORD")


def _kept_secret(data_dir: Path, name: str) -> str:
    """A secret of this installation: made once, kept in the data folder, readable by its owner alone."""
    path = data_dir / "secrets" / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _made_before(path)
        try:
            with os.fdopen(handle, "w") as file:
                file.write("whsec_" + base64.b64encode(secrets.token_bytes(32)).decode())
        except OSError:
            # A disk that is full leaves an empty file, which would be everybody's secret from then on.
            path.unlink(missing_ok=True)
            raise
        return path.read_text().strip()
    except OSError as error:
        full = " (disken er fuld)" if error.errno == errno.ENOSPC else ""
        why = f"der kan ikke skrives i mappen{full}; giv adgang til den, eller vælg en anden"
        raise SettingsError(f"DATA_DIR={str(data_dir)!r}: {why}") from error


def _made_before(path: Path) -> str:
    """The secret in a file; another process may have made the file this moment, and is about to write."""
    deadline = time.monotonic() + _SECRET_WAIT_SECONDS
    while not (kept := path.read_text().strip()):
        if time.monotonic() > deadline:
            raise SettingsError(f"DATA_DIR: filen {path} er tom; slet den, så bliver der lavet en ny")
        time.sleep(0.05)
    return kept


def _check_ports(ports: Mapping[str, int]) -> None:
    for (one, port), (other, same) in combinations(ports.items(), 2):
        if port == same:
            why = f"må ikke være ens (begge er {port}); vælg en anden port til den ene"
            raise SettingsError(f"{one} og {other} {why}")


def _action_secret(reader: Reader, data_dir: Path, host: str, url: str) -> str:
    """What Rasa shows the action server; one that was made here is unknown on other machines, and so reaches none."""
    parts = urlsplit(url)
    if parts.username is not None or parts.query:
        raise reader.fail("ACTION_URL", "må ikke rumme et kodeord eller en nøgle; sæt ACTION_SECRET i stedet")
    if secret := reader.header_secret("ACTION_SECRET", SHORTEST_ACTION_SECRET):
        return secret
    remedy = f"sæt ACTION_SECRET (mindst {SHORTEST_ACTION_SECRET} tegn), den samme for Rasa og handlingsserveren"
    if not is_this_machine(host):
        raise reader.fail("ACTION_HOST", f"så kan andre maskiner nå handlingsserveren; {remedy}")
    if not is_this_machine(parts.hostname or ""):
        raise reader.fail("ACTION_URL", f"er på en anden maskine; {remedy}")
    return _kept_secret(data_dir, "action")


def _check_encrypted(found: Settings, reader: Reader) -> None:
    """What these addresses are sent is citizens' words and secrets: unencrypted, it stays on this machine."""
    for name, url, remedy in (
        ("LEGAL_API_URL", found.legal_api_url, "https:// (eller skriv maskinens navn i PLAIN_HTTP_HOSTS)"),
        ("ACTION_URL", found.action_url, "https:// (eller skriv maskinens navn i PLAIN_HTTP_HOSTS)"),
        ("REDIS_URL", found.redis_url, "rediss:// (eller skriv maskinens navn i PLAIN_HTTP_HOSTS)"),
        ("DATABASE_URL", found.database_url, "?sslmode=verify-full (eller ?sslmode=disable på et lukket net)"),
    ):
        if url and goes_unencrypted(url, found.plain_http_hosts):
            raise reader.fail(name, f"går ukrypteret til en anden maskine; brug {remedy}")


def read_settings(env: Mapping[str, str]) -> Settings:
    """Settings out of an environment; SettingsError names the first that is malformed."""
    reader = Reader(env)
    reader.moment("NOW")
    reader.secret("INBOX_PASSWORD", SHORTEST_PASSWORD)
    rasa_port = reader.port("RASA_PORT", 5005)
    action_port = reader.port("ACTION_PORT", 5055)
    inbox_port = reader.port("INBOX_PORT", 5080)
    ports = {"RASA_PORT": rasa_port, "ACTION_PORT": action_port}
    # Where Jura has a system of its own, no inbox starts, and a port that nobody chose for it is in nobody's way.
    if reader.text("INBOX_PORT") or not reader.text("LEGAL_API_URL"):
        ports["INBOX_PORT"] = inbox_port
    _check_ports(ports)
    data_dir = (ROOT / (reader.text("DATA_DIR") or "var")).resolve()
    action_host = reader.text("ACTION_HOST") or "127.0.0.1"
    action_url = reader.url("ACTION_URL", WEB) or f"http://127.0.0.1:{action_port}/webhook"
    found = Settings(
        data_dir=data_dir,
        rasa_host=reader.text("RASA_HOST") or "127.0.0.1",
        rasa_port=rasa_port,
        action_host=action_host,
        action_port=action_port,
        action_url=action_url,
        action_secret=_action_secret(reader, data_dir, action_host, action_url),
        inbox_host=reader.text("INBOX_HOST") or "127.0.0.1",
        inbox_port=inbox_port,
        legal_api_url=reader.url("LEGAL_API_URL", WEB) or f"http://127.0.0.1:{inbox_port}/requests",
        legal_api_token=reader.text("LEGAL_API_TOKEN"),
        legal_schema=reader.choice("LEGAL_SCHEMA", ("1", "2"), "2"),
        legal_webhook_secret=reader.webhook_secret("LEGAL_WEBHOOK_SECRET") or _kept_secret(data_dir, "webhook"),
        database_url=reader.url("DATABASE_URL", ("postgresql", "postgresql+psycopg2")),
        redis_url=reader.url("REDIS_URL", ("redis", "rediss")),
        chat_secret=reader.secret("CHAT_SECRET", SHORTEST_CHAT_SECRET) or _kept_secret(data_dir, "chat"),
        chat_origins=reader.origins("CHAT_ORIGINS"),
        chat_session_hours=reader.number("CHAT_SESSION_HOURS", 24, 1, 720),
        conversation_days=reader.number("CONVERSATION_DAYS", 30, 1, 3650),
        unfinished_hours=reader.number("UNFINISHED_HOURS", 24, 1, 8760),
        rate_per_session=reader.rate("RATE_PER_SESSION", "60/minute"),
        rate_per_address=reader.rate("RATE_PER_ADDRESS", "600/minute"),
        requests_per_address=reader.number("REQUESTS_PER_ADDRESS", 16, 1, 10_000),
        requests_in_all=reader.number("REQUESTS_IN_ALL", 200, 1, 10_000),
        turns_per_conversation=reader.number("TURNS_PER_CONVERSATION", 300, 1, 10_000),
        characters_per_conversation=reader.number("CHARACTERS_PER_CONVERSATION", 200_000, 4_000, 10_000_000),
        proxies=reader.number("PROXIES", 0, 0, 5),
        chat_https=reader.flag("CHAT_HTTPS"),
        rasa_auth_token=reader.secret("RASA_AUTH_TOKEN", SHORTEST_RASA_TOKEN),
        outbox_content_days=reader.number("OUTBOX_CONTENT_DAYS", 30, 1, 3650),
        inbox_retention_days=reader.number("INBOX_RETENTION_DAYS", 365, 1, 3650),
        inbox_https=reader.flag("INBOX_HTTPS"),
        inbox_proxy=reader.networks("INBOX_PROXY"),
        plain_http_hosts=reader.hosts("PLAIN_HTTP_HOSTS"),
        privacy_url=reader.url("PRIVACY_URL", WEB),
        accessibility_url=reader.url("ACCESSIBILITY_URL", WEB),
        spacy_model=reader.text("SPACY_MODEL"),
    )
    _check_encrypted(found, reader)
    return found


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process: the environment first, then `.env` in the project's folder."""
    file = read_env_file(ENV_FILE)
    os.environ.update({name: value for name, value in file.items() if name not in os.environ})
    return read_settings(os.environ)


def setting_warnings() -> list[str]:
    """What in `.env` has no effect because no setting has that name: a line each, in Danish, for the terminal."""
    return unknown_names(ENV_FILE, KNOWN)
