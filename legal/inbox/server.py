"""The inbox's HTTP server: waitress, which ends connections that say nothing, say it slowly, or do not listen.

Waitress by itself stops answering at 100 open connections, and one that sends a byte now and then stays open for ever.
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

# Log-ins take at most half of them (password.AT_ONCE and WAITING).
_THREADS = 12
_CONNECTIONS = 500
# Above the application's own limit, so that it can answer in Danish; waitress cuts off the rest. A body lies in memory
# (128 MB, where all connections send one), never in a file: those are as few as connections.
_LARGEST_BODY = 256 * 1024
_LARGEST_HEADERS = 16 * 1024


@dataclass(frozen=True)
class Patience:
    """Seconds until a connection is ended."""

    first: float = 10.0  # that has not asked for anything
    kept: float = 75.0  # that has been answered: longer than proxies keep theirs, so that they close first
    whole: float = 20.0  # whose request is not whole
    stalled: float = 30.0  # that takes nothing of its answer


class _Channel(HTTPChannel):
    """A connection that knows since when it waits for what."""

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
        # Urgent data, which no browser sends; left unread, it would wake the loop again and again.
        self.handle_close()

    def overdue(self, patience: Patience, now: float) -> bool:
        """Whether it has had its time. One that a thread works for has time without end."""
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
        """Nothing: `InboxServer` sees to it, also for a connection whose other side does not read."""


class InboxServer:
    """Serves a WSGI application until it is closed. OSError or ValueError where it cannot listen there."""

    def __init__(
        self, application: Any, host: str, port: int, https: bool = False, patience: Patience | None = None
    ) -> None:
        """`port` 0: any that is free. `https`: a proxy before it speaks https with the browsers."""
        self._patience = patience or Patience()
        # Each connection takes one of the files that the process may open, and so do the databases.
        self._most = min(_CONNECTIONS, resource.getrlimit(resource.RLIMIT_NOFILE)[0] // 2)
        settings = Adjustments(
            host=host,
            port=port,
            threads=_THREADS,
            # Never reached but by connections that are being answered: `_make_room` ends the others before.
            connection_limit=self._most + 64,
            max_request_header_size=_LARGEST_HEADERS,
            max_request_body_size=_LARGEST_BODY,
            inbuf_overflow=_LARGEST_BODY,
            asyncore_use_poll=True,
            # The application reads X-Forwarded-For itself, and knows whom to believe.
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
        """Where it listens."""
        return int(self._listeners[0].effective_port)

    def run(self) -> None:
        """Serves; returns when it has been closed."""
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
        """Lets go of the port, and lets running answers end for some seconds."""
        self._tasks.shutdown()
        wasyncore.close_all(self._map)

    def _channels(self) -> list[_Channel]:
        return [one for one in list(self._map.values()) if isinstance(one, _Channel)]

    def _make_room(self) -> None:
        """Ends connections above the limit that nobody works for: of the address with most, and there the oldest."""
        channels = self._channels() if len(self._map) > self._most else []
        excess = len(channels) - self._most
        if excess <= 0:
            return
        of = Counter(channel.whose for channel in channels)
        idle = [channel for channel in channels if not channel.requests]
        idle.sort(key=lambda channel: (-of[channel.whose], channel.free_since))
        for channel in idle[:excess]:
            channel.handle_close()
