"""All settings, read once from the environment and `.env`; an error names the setting that is malformed."""

import base64
import errno
import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache, partial
from ipaddress import IPv4Network, IPv6Network
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from common import setting_values as parse
from common.env_file import read_env_file, unknown_names
from common.setting_values import Malformed, Rate, SettingsError, is_this_machine
from common.unencrypted import goes_unencrypted

__all__ = ["ROOT", "Rate", "Settings", "SettingsError", "read_settings", "setting_warnings", "settings"]

ROOT = Path(__file__).resolve().parent.parent
ENV_FILE = ROOT / ".env"
# In characters. The password's is the inbox's own rule; a secret of 32 cannot be guessed.
SHORTEST_PASSWORD = 12
SHORTEST_CHAT_SECRET = 32
SHORTEST_ACTION_SECRET = 32
SHORTEST_RASA_TOKEN = 32
_SECRET_WAIT_SECONDS = 2
_LOCAL = "127.0.0.1"
_T = TypeVar("_T")


def _setting(parser: Callable[..., _T], default: _T, *, hidden: bool = False, **limits: Any) -> _T:
    """A setting: its parser with the parser's limits, and its value when it is not set.

    `hidden` keeps its value out of error messages: a secret, or an address that may hold a password or a key.
    """
    value: _T = field(default=default, metadata={"parser": partial(parser, **limits), "hidden": hidden})
    return value


@dataclass(frozen=True)
class Settings:
    """All settings of all processes, made by `read_settings`; `.env.example` explains each."""

    data_dir: Path = _setting(Path, Path("var"))
    rasa_host: str = _setting(str, _LOCAL)
    rasa_port: int = _setting(parse.port, 5005)
    rasa_workers: int = _setting(parse.number, 1, low=1, high=64)
    action_host: str = _setting(str, _LOCAL)
    action_port: int = _setting(parse.port, 5055)
    action_url: str = _setting(parse.url, "")
    action_secret: str = _setting(parse.header_secret, "", shortest=SHORTEST_ACTION_SECRET, hidden=True)
    inbox_host: str = _setting(str, _LOCAL)
    inbox_port: int = _setting(parse.port, 5080)
    legal_api_url: str = _setting(parse.url, "", hidden=True)
    legal_api_token: str | None = _setting(str, None, hidden=True)
    legal_schema: str = _setting(parse.choice, "2", values=("1", "2"))
    legal_webhook_secret: str = _setting(parse.webhook_secret, "", hidden=True)
    database_url: str | None = _setting(parse.url, None, schemes=("postgresql", "postgresql+psycopg2"), hidden=True)
    redis_url: str | None = _setting(parse.url, None, schemes=("redis", "rediss"), hidden=True)
    chat_secret: str = _setting(parse.secret, "", shortest=SHORTEST_CHAT_SECRET, hidden=True)
    chat_origins: tuple[str, ...] = _setting(parse.origins, ())
    chat_session_hours: int = _setting(parse.number, 24, low=1, high=720)
    conversation_days: int = _setting(parse.number, 30, low=1, high=3650)
    unfinished_hours: int = _setting(parse.number, 24, low=1, high=8760)
    rate_per_session: Rate = _setting(parse.rate, Rate(60, 60))
    rate_per_address: Rate = _setting(parse.rate, Rate(600, 60))
    requests_per_address: int = _setting(parse.number, 16, low=1, high=10_000)
    requests_in_all: int = _setting(parse.number, 200, low=1, high=10_000)
    turns_per_conversation: int = _setting(parse.number, 300, low=1, high=10_000)
    characters_per_conversation: int = _setting(parse.number, 200_000, low=4_000, high=10_000_000)
    proxies: int = _setting(parse.number, 0, low=0, high=5)
    chat_https: bool = _setting(parse.flag, False)
    rasa_auth_token: str | None = _setting(parse.secret, None, shortest=SHORTEST_RASA_TOKEN, hidden=True)
    outbox_content_days: int = _setting(parse.number, 30, low=1, high=3650)
    inbox_retention_days: int = _setting(parse.number, 365, low=1, high=3650)
    inbox_https: bool = _setting(parse.flag, False)
    inbox_proxy: tuple[IPv4Network | IPv6Network, ...] = _setting(parse.networks, ())
    plain_http_hosts: frozenset[str] = _setting(parse.hosts, frozenset())
    privacy_url: str | None = _setting(parse.url, None)
    accessibility_url: str | None = _setting(parse.url, None)
    spacy_model: str | None = _setting(str, None)

    def database(self, name: str) -> str:
        """The SQLAlchemy address of a database: ``DATABASE_URL``, or an SQLite file of that name."""
        return self.database_url or f"sqlite:///{self.data_dir / name}.db"


_FIELDS = {field.name.upper(): field.metadata for field in fields(Settings)}
_PARSERS: dict[str, Callable[[str], Any]] = {
    **{name: metadata["parser"] for name, metadata in _FIELDS.items()},
    # Only checked here: the clock and the inbox's log-in read them from the environment.
    "NOW": parse.moment,
    "INBOX_PASSWORD": partial(parse.secret, shortest=SHORTEST_PASSWORD),
}
KNOWN = tuple(_PARSERS)
HIDDEN = frozenset({"INBOX_PASSWORD", *(name for name, metadata in _FIELDS.items() if metadata["hidden"])})


def settings_error(env: Mapping[str, str], name: str, remedy: str, element: str | None = None) -> SettingsError:
    """The error that names a setting, its value (or the malformed element of it) unless hidden, and the remedy."""
    value = env.get(name, "") if element is None else element
    # In any address a password may stand before @, a key after ?.
    hidden = name in HIDDEN or "@" in value or "?" in value
    return SettingsError(f"{name}: {remedy}" if hidden else f"{name}={value!r}: {remedy}")


def _kept_secret(data_dir: Path, name: str) -> str:
    """A secret of this installation: made once, kept in the data folder, readable by its owner alone."""
    path = data_dir / "secrets" / name
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return _existing_secret(path)
        try:
            with os.fdopen(handle, "w") as file:
                file.write("whsec_" + base64.b64encode(secrets.token_bytes(32)).decode())
        except OSError:
            # On a full disk the file is empty, and every process would take the empty text for the secret.
            path.unlink(missing_ok=True)
            raise
        return path.read_text().strip()
    except OSError as error:
        full = " (disken er fuld)" if error.errno == errno.ENOSPC else ""
        why = f"der kan ikke skrives i mappen{full}; giv adgang til den, eller vælg en anden"
        raise SettingsError(f"DATA_DIR={str(data_dir)!r}: {why}") from error


def _existing_secret(path: Path) -> str:
    """The secret in a file; waits for another process that has made the file and not yet written it."""
    deadline = time.monotonic() + _SECRET_WAIT_SECONDS
    while not (kept := path.read_text().strip()):
        if time.monotonic() > deadline:
            raise SettingsError(f"DATA_DIR: filen {path} er tom; slet den, så bliver der lavet en ny")
        time.sleep(0.05)
    return kept


def _check_ports(ports: Mapping[str, int]) -> None:
    for (name, port), (other_name, other_port) in combinations(ports.items(), 2):
        if port == other_port:
            why = f"må ikke være ens (begge er {port}); vælg en anden port til den ene"
            raise SettingsError(f"{name} og {other_name} {why}")


def _action_secret(config: Settings, env: Mapping[str, str]) -> str:
    """What Rasa shows the action server; a generated one is unknown on other machines, where it has to be set."""
    parts = urlsplit(config.action_url)
    if parts.username is not None or parts.query:
        raise settings_error(env, "ACTION_URL", "må ikke rumme et kodeord eller en nøgle; sæt ACTION_SECRET i stedet")
    if config.action_secret:
        return config.action_secret
    remedy = f"sæt ACTION_SECRET (mindst {SHORTEST_ACTION_SECRET} tegn), den samme for Rasa og handlingsserveren"
    if not is_this_machine(config.action_host):
        raise settings_error(env, "ACTION_HOST", f"så kan andre maskiner nå handlingsserveren; {remedy}")
    if not is_this_machine(parts.hostname or ""):
        raise settings_error(env, "ACTION_URL", f"er på en anden maskine; {remedy}")
    return _kept_secret(config.data_dir, "action")


def _check_encrypted(config: Settings, env: Mapping[str, str]) -> None:
    """Citizens' words and secrets go to these addresses: to another machine only encrypted."""
    for name, url, remedy in (
        ("LEGAL_API_URL", config.legal_api_url, "https:// (eller skriv maskinens navn i PLAIN_HTTP_HOSTS)"),
        ("ACTION_URL", config.action_url, "https:// (eller skriv maskinens navn i PLAIN_HTTP_HOSTS)"),
        ("REDIS_URL", config.redis_url, "rediss:// (eller skriv maskinens navn i PLAIN_HTTP_HOSTS)"),
        ("DATABASE_URL", config.database_url, "?sslmode=verify-full (eller ?sslmode=disable på et lukket net)"),
    ):
        if url and goes_unencrypted(url, config.plain_http_hosts):
            raise settings_error(env, name, f"går ukrypteret til en anden maskine; brug {remedy}")


def read_settings(env: Mapping[str, str]) -> Settings:
    """The settings in an environment, where an empty one is not set; SettingsError names the first malformed one."""
    values = {}
    for name, parser in _PARSERS.items():
        if text := env.get(name, "").strip():
            try:
                values[name] = parser(text)
            except Malformed as error:
                raise settings_error(env, name, str(error), error.element) from error
    config = Settings(**{name.lower(): value for name, value in values.items() if name in _FIELDS})
    ports = {"RASA_PORT": config.rasa_port, "ACTION_PORT": config.action_port}
    # With LEGAL_API_URL no inbox starts, so that its default port is free for others.
    if "INBOX_PORT" in values or not config.legal_api_url:
        ports["INBOX_PORT"] = config.inbox_port
    _check_ports(ports)
    config = replace(
        config,
        data_dir=(ROOT / config.data_dir).resolve(),
        action_url=config.action_url or f"http://127.0.0.1:{config.action_port}/webhook",
        legal_api_url=config.legal_api_url or f"http://127.0.0.1:{config.inbox_port}/requests",
    )
    config = replace(
        config,
        action_secret=_action_secret(config, env),
        legal_webhook_secret=config.legal_webhook_secret or _kept_secret(config.data_dir, "webhook"),
        chat_secret=config.chat_secret or _kept_secret(config.data_dir, "chat"),
    )
    _check_encrypted(config, env)
    return config


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process: the environment first, then `.env` in the project's folder."""
    file = read_env_file(ENV_FILE)
    os.environ.update({name: value for name, value in file.items() if name not in os.environ})
    return read_settings(os.environ)


def setting_warnings() -> list[str]:
    """A Danish warning for each name in `.env` that is no setting."""
    return unknown_names(ENV_FILE, KNOWN)
