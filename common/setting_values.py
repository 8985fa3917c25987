"""Reads the values of settings, and says in Danish what is wrong with one that is malformed."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from common import patterns
from common.clock import parse_now

WEB = ("http", "https")
# Their values are never repeated: they are secrets, or addresses that may hold a password or a key.
SECRET = frozenset(
    {
        "ACTION_SECRET",
        "CHAT_SECRET",
        "DATABASE_URL",
        "INBOX_PASSWORD",
        "LEGAL_API_TOKEN",
        "LEGAL_API_URL",
        "LEGAL_WEBHOOK_SECRET",
        "RASA_AUTH_TOKEN",
        "REDIS_URL",
    }
)
_TOKEN = patterns.compile(r"[A-Za-z0-9._~+/=-]+")
_RATE = patterns.compile(r"(\d{1,6})/(second|minute|hour|day)")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_MOST_DIGITS = 9
_BETWEEN = patterns.compile(r"[,\s]+")
_HOST = patterns.compile(r"[\w.-]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")


class SettingsError(ValueError):
    """A setting is missing or malformed; the message names it, its value and the remedy, in Danish."""


@dataclass(frozen=True)
class Rate:
    """So many times in so many seconds; a count of 0 means that there is no limit."""

    count: int
    seconds: int


class Reader:
    """Reads settings out of an environment, one kind of value a method; SettingsError where one is malformed."""

    def __init__(self, env: Mapping[str, str]) -> None:
        """`env`: what is set, by name. A setting that is empty is not set."""
        self._env = env

    def text(self, name: str) -> str | None:
        """What is set, without the space around it; None where nothing is."""
        return self._env.get(name, "").strip() or None

    def fail(self, name: str, why: str, value: str | None = None) -> SettingsError:
        """The error that names a setting, its value (that of a secret never) and the remedy."""
        shown = self._env.get(name, "") if value is None else value
        # Also elsewhere an address may hold a password (before @) or a key (after ?).
        secret = name in SECRET or "@" in shown or "?" in shown
        return SettingsError(f"{name}: {why}" if secret else f"{name}={shown!r}: {why}")

    def number(self, name: str, default: int, low: int, high: int) -> int:
        """A whole number."""
        value = self.text(name)
        if value is None:
            return default
        if not value.isdecimal() or len(value) > _MOST_DIGITS or not low <= int(value) <= high:
            raise self.fail(name, f"skal være et helt tal fra {low} til {high}")
        return int(value)

    def port(self, name: str, default: int) -> int:
        """A port."""
        return self.number(name, default, 1, 65535)

    def flag(self, name: str) -> bool:
        """Whether something is switched on; it is off where nothing is set."""
        return self.choice(name, ("0", "1"), "0") == "1"

    def choice(self, name: str, values: tuple[str, ...], default: str) -> str:
        """One of these values."""
        value = self.text(name) or default
        if value not in values:
            raise self.fail(name, f"skal være {' eller '.join(values)}")
        return value

    def url(self, name: str, schemes: tuple[str, ...]) -> str | None:
        """An address of one of these schemes."""
        value = self.text(name)
        if value is None:
            return None
        parts = _split(value)
        if parts is None or parts.scheme not in schemes:
            starts = " eller ".join(f"{scheme}://" for scheme in schemes)
            raise self.fail(name, f"skal være en adresse, der begynder med {starts}")
        return value

    def rate(self, name: str, default: str) -> Rate:
        """So many times in so much time."""
        value = self.text(name) or default
        if value == "0":
            return Rate(0, 1)
        found = _RATE.fullmatch(value)
        if not found or int(found[1]) == 0:
            raise self.fail(name, "skal være 0 (ingen grænse) eller for eksempel 60/minute")
        return Rate(int(found[1]), _SECONDS[found[2]])

    def origins(self, name: str) -> tuple[str, ...]:
        """Sites, with commas or space between them; the one that is malformed is named."""
        sites = tuple(site.rstrip("/") for site in self._several(name))
        for site in sites:
            parts = _split(site)
            if parts is None or site != f"{parts.scheme}://{parts.netloc}" or parts.scheme not in WEB or "@" in site:
                raise self.fail(name, "skal være et websted som https://www.frederiksberg.dk uden sti", site)
        return sites

    def networks(self, name: str) -> tuple[IPv4Network | IPv6Network, ...]:
        """Addresses and networks, with commas or space between them; never the network of all addresses."""
        found = []
        for text in self._several(name):
            try:
                network = ip_network(text)
            except ValueError:
                network = None
            if network is None or network.prefixlen == 0:
                why = "skal være proxyens adresse eller net, for eksempel 10.0.0.5 eller 10.0.0.0/24"
                raise self.fail(name, why, text)
            found.append(network)
        return tuple(found)

    def hosts(self, name: str) -> frozenset[str]:
        """Names and addresses of machines, in small letters, with commas or space between them."""
        found = self._several(name)
        for host in found:
            if not _HOST.fullmatch(host):
                why = "skal være en maskines navn eller adresse, for eksempel jura.intern, uden http:// og uden sti"
                raise self.fail(name, why, host)
        return frozenset(host.lower() for host in found)

    def _several(self, name: str) -> list[str]:
        return [part for part in _BETWEEN.split(self._env.get(name, "")) if part]

    def secret(self, name: str, shortest: int) -> str | None:
        """A password or key of at least so many characters."""
        value = self.text(name)
        if value is not None and len(value) < shortest:
            raise self.fail(name, f"skal have mindst {shortest} tegn")
        return value

    def header_secret(self, name: str, shortest: int) -> str | None:
        """A key that is sent in a header, where not every character may stand."""
        value = self.secret(name, shortest)
        if value is not None and not _TOKEN.fullmatch(value):
            raise self.fail(name, "må kun have bogstaverne a-z, tal og tegnene . _ ~ + / = -")
        return value

    def webhook_secret(self, name: str) -> str | None:
        """A key of Standard Webhooks."""
        value = self.text(name)
        if value is None:
            return None
        try:
            key = base64.b64decode(value.removeprefix("whsec_"), validate=True)
        except ValueError:
            key = b""
        if len(key) < 16:
            raise self.fail(name, "skal være whsec_ og mindst 16 byte i base64")
        return value

    def moment(self, name: str) -> None:
        """A time with its offset, which the clock reads by itself."""
        value = self.text(name)
        if value is None:
            return
        try:
            parse_now(value)
        except (ValueError, OverflowError) as error:
            why = "skal være et tidspunkt med tidszone, skrevet som 2026-12-01T10:00:00+01:00"
            raise self.fail(name, why) from error


def is_this_machine(host: str) -> bool:
    """Whether only this machine reaches what answers under that name or address."""
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None where it has no host or an impossible port."""
    try:
        parts = urlsplit(address)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None
