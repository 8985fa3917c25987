"""Client addresses behind trusted proxies, and the keys under which their requests are rate-limited."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# Prefix length: providers give each customer at least a /64, so its addresses count as one.
_ONE_NETWORK_BITS = 64


def client_address(peer: str, forwarded: Sequence[str], proxies: int) -> str:
    """The client's address: `peer`, or the one that the outermost of our `proxies` proxies saw.

    `forwarded`: the lines of X-Forwarded-For, in order. Each proxy appends one address; entries before those of our
    proxies may be forged. Where the entry is no address, `peer` is returned.
    """
    seen = [part for line in forwarded for part in line.split(",") if part.strip()]
    forwarded_for = _address(seen[-proxies]) if 0 < proxies <= len(seen) else None
    return str(forwarded_for or _address(peer) or peer)


def rate_key(address: str) -> str:
    """The key for rate limits: an IPv4 address itself, of an IPv6 address its /64 network."""
    found = _address(address)
    if isinstance(found, IPv6Address):
        return str(IPv6Network((int(found), _ONE_NETWORK_BITS), strict=False))
    return str(found or address)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address in a proxy's entry, with or without port and brackets; None where it is invalid."""
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
        # The zone ('%eth0') is local to this machine and no part of the address.
        found = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    # A dual-stack socket writes IPv4 as ::ffff:192.0.2.1.
    return (isinstance(found, IPv6Address) and found.ipv4_mapped) or found


def _is_port(text: str) -> bool:
    number = text.removeprefix(":")
    digits = number.isascii() and number.isdecimal() and len(number) <= 5
    return text.startswith(":") and digits and 0 < int(number) < 65536
