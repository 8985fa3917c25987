"""Whose address a request comes from, behind so many proxies of ours, and under which key its rate is counted."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# What one customer of an IPv6 provider has at the least; each of its addresses can write.
_ONE_NETWORK_BITS = 64


def client_address(peer: str, forwarded: Sequence[str], proxies: int) -> str:
    """The address that asks: the connection's own, or what the outermost of so many proxies of ours saw.

    `forwarded` holds every line of X-Forwarded-For, in order. Each proxy adds one address at the end; what stands
    before those of ours, anybody may have written. What is no address is not believed: then it is the connection's.
    """
    seen = [part for line in forwarded for part in line.split(",") if part.strip()]
    told = _address(seen[-proxies]) if 0 < proxies <= len(seen) else None
    return str(told or _address(peer) or peer)


def rate_key(address: str) -> str:
    """Under what an address is counted: an IPv6 address under its network, of which one person has all."""
    found = _address(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((int(found), _ONE_NETWORK_BITS), strict=False))
    return str(found or address)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """An address as proxies write it, with a port and brackets or without; None where it is none."""
    host = text.strip()
    if host.startswith("["):
        host, bracket, port = host[1:].partition("]")
        if not bracket or ":" not in host or (port and not _is_port(port)):
            return None
    elif host.count(":") == 1:
        host, colon, port = host.partition(":")
        if not _is_port(colon + port):
            return None
    try:
        # The zone of a link ('%eth0') is this machine's name for it, not a part of the address.
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    # IPv4 as a socket for both kinds writes it (::ffff:192.0.2.1).
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found


def _is_port(text: str) -> bool:
    number = text.removeprefix(":")
    digits = number.isascii() and number.isdecimal() and len(number) <= 5
    return text.startswith(":") and digits and 0 < int(number) < 65536
