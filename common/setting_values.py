"""Parsers of settings: each turns the text of one setting into its value, or raises Malformed with a Danish remedy."""

import base64
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from common import patterns
from common.clock import parse_now

_WEB = ("http", "https")
_HEADER_TOKEN = patterns.compile(r"[A-Za-z0-9._~+/=-]+")
_RATE = patterns.compile(r"(\d{1,6})/(second|minute|hour|day)")
_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400}
_MOST_DIGITS = 9
_SEPARATOR = patterns.compile(r"[,\s]+")
_HOST = patterns.compile(r"[\w.-]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")


class SettingsError(ValueError):
    """A setting is missing or malformed; the message names it, its value and the remedy, in Danish."""


class Malformed(ValueError):
    """A text is no value of its setting: the remedy in Danish, and the malformed element where the text is a list."""

    def __init__(self, remedy: str, element: str | None = None) -> None:
        super().__init__(remedy)
        self.element = element


@dataclass(frozen=True)
class Rate:
    """At most `count` times in `seconds` seconds; a count of 0 means no limit."""

    count: int
    seconds: int


def number(text: str, low: int, high: int) -> int:
    """A whole number from `low` to `high`."""
    if not text.isdecimal() or len(text) > _MOST_DIGITS or not low <= int(text) <= high:
        raise Malformed(f"skal være et helt tal fra {low} til {high}")
    return int(text)


def port(text: str) -> int:
    """A TCP port."""
    return number(text, 1, 65535)


def choice(text: str, values: tuple[str, ...]) -> str:
    """One of `values`."""
    if text not in values:
        raise Malformed(f"skal være {' eller '.join(values)}")
    return text


def flag(text: str) -> bool:
    """``1`` is on, ``0`` is off."""
    return choice(text, ("0", "1")) == "1"


def url(text: str, schemes: tuple[str, ...] = _WEB) -> str:
    """A URL with a host and one of `schemes`."""
    parts = _split_url(text)
    if parts is None or parts.scheme not in schemes:
        starts = " eller ".join(f"{scheme}://" for scheme in schemes)
        raise Malformed(f"skal være en adresse, der begynder med {starts}")
    return text


def rate(text: str) -> Rate:
    """A rate such as ``60/minute``; ``0`` is no limit."""
    if text == "0":
        return Rate(0, 1)
    match = _RATE.fullmatch(text)
    if not match or int(match[1]) == 0:
        raise Malformed("skal være 0 (ingen grænse) eller for eksempel 60/minute")
    return Rate(int(match[1]), _SECONDS[match[2]])


def origins(text: str) -> tuple[str, ...]:
    """Web origins, separated by commas or white space."""
    sites = tuple(site.rstrip("/") for site in _elements(text))
    for site in sites:
        parts = _split_url(site)
        if parts is None or site != f"{parts.scheme}://{parts.netloc}" or parts.scheme not in _WEB or "@" in site:
            raise Malformed("skal være et websted som https://www.frederiksberg.dk uden sti", site)
    return sites


def networks(text: str) -> tuple[IPv4Network | IPv6Network, ...]:
    """IP addresses and networks, separated by commas or white space; the network of all addresses is refused."""
    parsed = []
    for element in _elements(text):
        try:
            network = ip_network(element)
        except ValueError:
            network = None
        if network is None or network.prefixlen == 0:
            remedy = "skal være proxyens adresse eller net, for eksempel 10.0.0.5 eller 10.0.0.0/24"
            raise Malformed(remedy, element)
        parsed.append(network)
    return tuple(parsed)


def hosts(text: str) -> frozenset[str]:
    """Host names and IP addresses in lower case, separated by commas or white space."""
    for host in _elements(text):
        if not _HOST.fullmatch(host):
            remedy = "skal være en maskines navn eller adresse, for eksempel jura.intern, uden http:// og uden sti"
            raise Malformed(remedy, host)
    return frozenset(host.lower() for host in _elements(text))


def secret(text: str, shortest: int) -> str:
    """A password or key of at least `shortest` characters."""
    if len(text) < shortest:
        raise Malformed(f"skal have mindst {shortest} tegn")
    return text


def header_secret(text: str, shortest: int) -> str:
    """A secret that is sent in an HTTP header, which limits its characters."""
    if not _HEADER_TOKEN.fullmatch(secret(text, shortest)):
        raise Malformed("må kun have bogstaverne a-z, tal og tegnene . _ ~ + / = -")
    return text


def webhook_secret(text: str) -> str:
    """A key of Standard Webhooks: ``whsec_`` and at least 16 bytes in base64."""
    try:
        key = base64.b64decode(text.removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    if len(key) < 16:
        raise Malformed("skal være whsec_ og mindst 16 byte i base64")
    return text


def moment(text: str) -> datetime:
    """A time with its UTC offset (RFC 3339)."""
    try:
        return parse_now(text)
    except (ValueError, OverflowError) as error:
        raise Malformed("skal være et tidspunkt med tidszone, skrevet som 2026-12-01T10:00:00+01:00") from error


def is_this_machine(host: str) -> bool:
    """Whether a host name or IP address is this machine's loopback."""
    try:
        return host.lower() == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _elements(text: str) -> list[str]:
    return [element for element in _SEPARATOR.split(text) if element]


def _split_url(address: str) -> SplitResult | None:
    """The parts of a URL; None where it has no host or an impossible port."""
    try:
        parts = urlsplit(address)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None
