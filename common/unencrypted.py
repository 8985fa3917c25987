"""Tells which addresses would carry what citizens wrote, or a secret, unencrypted to another machine."""

from collections.abc import Collection
from urllib.parse import parse_qs, urlsplit

from common.setting_values import is_this_machine


def goes_unencrypted(url: str, named: Collection[str] = ()) -> bool:
    """Whether this address is another machine's and is reached without TLS. `named`: hosts that may be, lower-case.

    A PostgreSQL address that says its `sslmode` is taken as it is, `disable` included: whoever wrote it there has
    decided. Without it the driver would fall back to an open connection and tell nobody.
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    if parts.scheme.startswith("postgresql"):
        # The driver prefers the host in the query; one that is a path is a socket of this machine.
        hosts = query.get("host") or [parts.hostname or ""]
        return "sslmode" not in query and not all(host.startswith("/") or is_this_machine(host) for host in hosts)
    host = parts.hostname or ""
    return parts.scheme in ("http", "redis") and host not in named and not is_this_machine(host)
