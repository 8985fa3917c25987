"""Detects addresses that would carry secrets or citizens' words unencrypted to another machine."""

from collections.abc import Collection
from urllib.parse import parse_qs, urlsplit

from common.setting_values import is_this_machine


def goes_unencrypted(url: str, named: Collection[str] = ()) -> bool:
    """Whether a URL reaches another machine without TLS. `named`: allowed hosts, in lower case.

    A PostgreSQL URL with an `sslmode` is accepted, even `disable`, as a deliberate choice. Without it the driver could
    silently fall back to an unencrypted connection.
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if parts.scheme.startswith("postgresql"):
        # The driver prefers the host in the query; a path is a local socket.
        hosts = query.get("host") or [parts.hostname or ""]
        return "sslmode" not in query and not all(host.startswith("/") or is_this_machine(host) for host in hosts)
    host = parts.hostname or ""
    return parts.scheme in ("http", "redis") and host not in named and not is_this_machine(host)
