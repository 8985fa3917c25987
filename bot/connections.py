"""Connection limits of the server: timeouts of requests, connections per address, open files."""

import resource
from asyncio import BaseTransport
from collections import Counter
from time import monotonic
from typing import Any

from sanic import Sanic
from sanic.exceptions import RequestTimeout
from sanic.http import Stage
from sanic.server.protocols.http_protocol import HttpProtocol

from common.addresses import client_address, rate_key

_REQUEST_SECONDS = 10
_RESPONSE_SECONDS = 60
_IDLE_SECONDS = 30
# Thirty people behind one address whose browsers open six connections each.
_CONNECTIONS_PER_ADDRESS = 200


def set_limits(app: "Sanic[Any, Any]", proxies: int) -> None:
    """Sets the limits of an application that is served with `Connection`.

    Behind a proxy (`proxies` > 0) connections per address are not limited: all come from the proxy's address.
    """
    app.config.REQUEST_TIMEOUT = _REQUEST_SECONDS
    app.config.RESPONSE_TIMEOUT = _RESPONSE_SECONDS
    app.config.KEEP_ALIVE_TIMEOUT = _IDLE_SECONDS
    app.ctx.connections = Counter()
    app.ctx.connections_per_address = None if proxies else _CONNECTIONS_PER_ADDRESS


def raise_open_file_limit() -> None:
    """Raises the soft limit of open files, often 1,024, to the hard limit, where the system allows it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    except (ValueError, OSError):
        pass


class Connection(HttpProtocol):
    """Sanic's HTTP protocol with a time limit for the whole request.

    Sanic restarts its timeout with every byte, so that a slow sender could keep a connection for ever.
    """

    __slots__ = ("_address",)

    def connection_made(self, transport: BaseTransport) -> None:
        """Counts the connection; ends it when its address has too many."""
        protocol: Any = super()
        protocol.connection_made(transport)
        peer = (transport.get_extra_info("peername") or ("",))[0]
        self._address = rate_key(client_address(str(peer), (), 0))
        self.app.ctx.connections[self._address] += 1
        limit = self.app.ctx.connections_per_address
        if limit and self.app.ctx.connections[self._address] > limit:
            protocol.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Uncounts the connection."""
        protocol: Any = super()
        protocol.connection_lost(exc)
        self.app.ctx.connections[self._address] -= 1
        # Adding an empty Counter removes the addresses at zero.
        self.app.ctx.connections += Counter()

    def data_received(self, data: bytes) -> None:
        """Receives bytes without restarting the timeout of a request that has begun."""
        began, arriving = self._time, self.http is not None and self.http.stage is not Stage.IDLE
        super().data_received(data)
        if arriving:
            self._time = began

    def check_timeouts(self) -> None:
        """Ends a request whose body is late, with a 408; Sanic itself checks only the header."""
        http = self.http
        unfinished = http is not None and http.stage is Stage.HANDLER and http.request_body
        if unfinished and self._task and monotonic() - self._time > self.request_timeout:
            http.exception = RequestTimeout("Request Timeout")
            self._task.cancel()
            # After the 408 Sanic would go on receiving the body.
            self.loop.call_later(1, self.close)
        else:
            protocol: Any = super()
            protocol.check_timeouts()
