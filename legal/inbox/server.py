"""The inbox's HTTP server: waitress, with time-outs for idle, slow and stalled connections.

By itself waitress stops answering at 100 open connections, and a slow one stays open for ever.
"""

import resource
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from common.addresses import rate_key

# Logins take at most half of them (password.AT_ONCE and WAITING).
_THREADS = 12
_CONNECTIONS = 500
# Above the application's own limit, so that it can answer in Danish. Bodies are kept in memory (128 MB, if all
# connections send one), never in files: open files are limited like connections.
_LARGEST_BODY = 256 * 1024
_LARGEST_HEADERS = 16 * 1024


@dataclass(frozen=True)
class Patience:
    """Seconds after which a connection is closed."""

    first: float = 10.0  # without a request
    kept: float = 75.0  # idle after an answer; longer than proxies wait, so that they close first
    whole: float = 20.0  # with an incomplete request
    stalled: float = 30.0  # that does not read its answer


class _Channel(HTTPChannel):
    """A connection that keeps the times that its time-outs count from."""

    def __init__(self, *given: Any, **named: Any) -> None:
        self.began = self.moved = self.free_since = time.monotonic()
        self.answered = False
        super().__init__(*given, **named)
        self.whose = rate_key(str(self.addr[0]))

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.began = time.monotonic()
        return super().received(data)

    def service(self) -> None:
        self.moved = time.monotonic()
        super().service()
        self.free_since, self.answered = time.monotonic(), True

    def _flush_some(self, do_close: bool = True) -> bool:
        sent = super()._flush_some(do_close=do_close)
        if sent:
            self.moved = time.monotonic()
        return sent

    def handle_expt(self) -> None:
        # Urgent data, which no browser sends and would wake the loop again and again.
        self.handle_close()

    def overdue(self, patience: Patience, now: float) -> bool:
        """Whether it is to be closed; never while a thread works for it."""
        if self.total_outbufs_len:
            return now - self.moved > patience.stalled
        if self.requests:
            return False
        if self.request is not None:
            return now - self.began > patience.whole
        return now - self.free_since > (patience.kept if self.answered else patience.first)


class _Listener(TcpWSGIServer):
    channel_class = _Channel

    def maintenance(self, now: float) -> None:
        """Nothing: `InboxServer.run` closes overdue connections."""


class InboxServer:
    """Serves a WSGI application until closed. OSError or ValueError if it cannot listen there."""

    def __init__(
        self, application: Any, host: str, port: int, https: bool = False, patience: Patience | None = None
    ) -> None:
        """`port` 0: any free one. `https`: a proxy in front speaks https with browsers."""
        self._patience = patience or Patience()
        # Each connection needs an open file, and so do the databases.
        self._most = min(_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)
        settings = Adjustments(
            host=host,
            port=port,
            threads=_THREADS,
            # Only reached by connections that are being answered: `_make_room` ends others before.
            connection_limit=self._most + 64,
            max_request_header_size=_LARGEST_HEADERS,
            max_request_body_size=_LARGEST_BODY,
            inbuf_overflow=_LARGEST_BODY,
            asyncore_use_poll=True,
            # The application reads X-Forwarded-For itself, and knows which proxies to trust.
            clear_untrusted_proxy_headers=False,
            url_scheme="https" if https else "http",
            ident="",
        )
        self._map: dict[int, Any] = {}
        self._tasks = ThreadedTaskDispatcher()
        self._listeners = [
            _Listener(application, self._map, dispatcher=self._tasks, adj=settings, sockinfo=place)
            for place in settings.listen
        ]
        self._tasks.set_thread_count(_THREADS)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._listeners[0].effective_port)

    def run(self) -> None:
        """Serves; returns when closed."""
        cleaned = time.monotonic()
        while self._map:
            wasyncore.loop(timeout=1, use_poll=True, map=self._map, count=1)
            self._make_room()
            if (now := time.monotonic()) - cleaned >= 1:
                cleaned = now
                for channel in self._channels():
                    if channel.overdue(self._patience, now):
                        channel.handle_close()

    def close(self) -> None:
        """Closes the port; running answers get some seconds to end."""
        self._tasks.shutdown()
        wasyncore.close_all(self._map)

    def _channels(self) -> list[_Channel]:
        return [one for one in list(self._map.values()) if isinstance(one, _Channel)]

    def _make_room(self) -> None:
        """Closes idle connections above the limit: of the address with the most, the oldest first."""
        channels = self._channels() if len(self._map) > self._most else []
        excess = len(channels) - self._most
        if excess <= 0:
            return
        of = Counter(channel.whose for channel in channels)
        idle = [channel for channel in channels if not channel.requests]
        idle.sort(key=lambda channel: (-of[channel.whose], channel.free_since))
        for channel in idle[:excess]:
            channel.handle_close()
