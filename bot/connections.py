"""Connections of the server: so many of one address, and none for who sends a request too slowly."""

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

# For a request to arrive, for its answer to be ready, and for the next request on the same connection.
_REQUEST_SECONDS = 10
_RESPONSE_SECONDS = 60
_IDLE_SECONDS = 30
# Of one address, where there is no proxy: thirty people whose browsers open six each.
_OF_ONE_ADDRESS = 200


def bound(app: "Sanic[Any, Any]", proxies: int) -> None:
    """Sets the limits of an application that is served with `Connection`. A proxy sees to its own connections."""
    app.config.REQUEST_TIMEOUT = _REQUEST_SECONDS
    app.config.RESPONSE_TIMEOUT = _RESPONSE_SECONDS
    app.config.KEEP_ALIVE_TIMEOUT = _IDLE_SECONDS
    app.ctx.connections = Counter()
    app.ctx.most_connections = None if proxies else _OF_ONE_ADDRESS


def allow_many() -> None:
    """Lets this process have as many connections as its user may; many systems begin with 1,024."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    except (ValueError, OSError):
        pass  # then it is as many as the system says


class Connection(HttpProtocol):
    """A connection whose requests arrive whole within their time, or not at all.

    Sanic counts the seconds since the last byte: who sends one a second would have a connection for ever.
    """

    __slots__ = ("_address",)

    def connection_made(self, transport: BaseTransport) -> None:
        """Counts it; ends it at once where its address has too many."""
        sanics: Any = super()
        sanics.connection_made(transport)
        peer = (transport.get_extra_info("peername") or ("",))[0]
        self._address = rate_key(client_address(str(peer), (), 0))
        self.app.ctx.connections[self._address] += 1
        most = self.app.ctx.most_connections
        if most and self.app.ctx.connections[self._address] > most:
            sanics.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Counts it no more."""
        sanics: Any = super()
        sanics.connection_lost(exc)
        self.app.ctx.connections[self._address] -= 1
        # An address that has none is forgotten.
        self.app.ctx.connections += Counter()

    def data_received(self, data: bytes) -> None:
        """Takes some bytes; the request's time runs on from its first."""
        began, arriving = self._time, self.http is not None and self.http.stage is not Stage.IDLE
        super().data_received(data)
        if arriving:
            self._time = began

    def check_timeouts(self) -> None:
        """Ends a request whose body has not arrived in its time; Sanic does so for one whose header has not."""
        http = self.http
        unfinished = http is not None and http.stage is Stage.HANDLER and http.request_body
        if unfinished and self._task and monotonic() - self._time > self.request_timeout:
            http.exception = RequestTimeout("Request Timeout")
            self._task.cancel()
            # Sanic answers 408, and would then take in the rest for as long as it comes.
            self.loop.call_later(1, self.close)
        else:
            sanics: Any = super()
            sanics.check_timeouts()
